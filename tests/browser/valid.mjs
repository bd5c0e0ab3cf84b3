// valid.mjs - what the HTML validator is asked. Off where GOV.UK's own markup is meant otherwise: see
// the documentation of the design system.
export const RULES = {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    'no-trailing-whitespace': 'off', 'prefer-native-element': 'off', 'long-title': 'off',
    'attribute-boolean-style': 'off', 'tel-non-breaking': 'off',
    // Boxes of one question share a name: each that is ticked is sent.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
    'doctype-style': 'off', 'no-redundant-role': 'off', 'no-inline-style': 'error', 'require-csp-nonce': 'off',
  },
};
