// The Ministry of Justice's components that ours are drawn like: what each takes, in the words of its
// template. They ship neither fixtures nor lists of options.
import { createRequire } from 'node:module';
import path from 'node:path';

export const dist = path.dirname(createRequire(import.meta.url).resolve('@ministryofjustice/frontend/package.json'));

const text = { name: 'text', type: 'string', required: true };
const href = { name: 'href', type: 'string', required: true };
const common = [{ name: 'classes', type: 'string' }, { name: 'attributes', type: 'object' }];
const item = [text, { name: 'html', type: 'string' }, href, { name: 'active', type: 'boolean' }, common[1]];
const heading = [text, { name: 'html', type: 'string' }, { name: 'headingLevel', type: 'integer' }, ...common];
const action = { type: 'object', required: true, params: [href, text] };

export const options = {
  'moj-badge': [text, common[0]],
  'moj-interruption-card': [{ name: 'heading', type: 'string', required: true },
    { name: 'body', type: 'array', required: true, params: [text] },
    { ...action, name: 'primaryAction' }, { ...action, name: 'secondaryAction', required: false }],
  'moj-side-navigation': [{ name: 'label', type: 'string' }, { name: 'items', type: 'array', required: true, params: item },
    { name: 'sections', type: 'array', params: [{ name: 'heading', type: 'object', required: true, params: heading },
      { name: 'items', type: 'array', required: true, params: item }] }, ...common],
  'moj-sub-navigation': [{ name: 'label', type: 'string', required: true, some: true },
    { name: 'items', type: 'array', required: true, params: [text, href, { name: 'active', type: 'boolean' }] }],
};

// Paragraphs are words, in C.
export const given = {
  'moj-interruption-card': (all) => ({ ...all, body: all.body.map((each) => each.text) }),
};

// Their macros of all but one are named alike.
const macros = { 'moj-interruption-card': 'interruptionCard' };

export function template(component) {
  const name = component.slice('moj-'.length);
  const macro = macros[component] ?? 'moj' + name.replace(/(^|-)(.)/g, (all, dash, letter) => letter.toUpperCase());
  const drawn = component === 'moj-interruption-card'
    ? `{% call ${macro}(options) %}{% for each in options.body %}<p>{{ each.text }}</p>{% endfor %}{% endcall %}`
    : `{{ ${macro}(options) }}`;
  return `{% from "moj/components/${name}/macro.njk" import ${macro} %}${drawn}`;
}
