// Passkeys (WebAuthn): the button asks the device, and what it answers is sent as a form. The
// challenge is fetched when the button is pressed, so that a page may stand open as long as it likes.
for (const ceremony of document.querySelectorAll('[data-passkey]')) {
  const asked = ceremony.dataset;
  const form = ceremony.querySelector('form');
  const button = ceremony.querySelector('[data-passkey-go]');
  const said = ceremony.querySelector('[data-passkey-say]');
  const without = ceremony.querySelector('[data-passkey-without]');
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (c) => String.fromCharCode(c)).join(''))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const keys = (asked.keys ?? '').split(' ').filter(Boolean).map((key) => {
    const [id, reached] = key.split(':');
    return { type: 'public-key', id: bytes(id), ...(reached && { transports: reached.split(',') }) };
  });
  const put = (name, value) => { form.elements[name].value = value; };
  const say = (words) => { said.textContent = words; };

  const challenge = async () => {
    const answer = await fetch(asked.challenge, { method: 'POST',
      body: new URLSearchParams({ csrf: form.elements.csrf?.value ?? '', for: asked.passkey }) });
    const words = await answer.text();
    if (answer.ok && /^[\w-]{43}$/.test(words)) return bytes(words);
    if (answer.status === 429) say('There have been too many attempts. Wait 5 minutes and try again.');
    else window.location.assign(asked.again);
    return null;
  };
  const make = async (given) => {
    const { response } = await navigator.credentials.create({ publicKey: {
      challenge: given, attestation: 'none', timeout: 300000, excludeCredentials: keys,
      rp: { id: asked.site, name: 'Duly' },
      user: { id: bytes(asked.user), name: asked.login, displayName: asked.name },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' } } });
    put('client', text(response.clientDataJSON));
    put('object', text(response.attestationObject));
    put('reached', (response.getTransports?.() ?? []).join(','));
  };
  const show = async (given) => {
    const { rawId, response } = await navigator.credentials.get({ publicKey: {
      challenge: given, rpId: asked.site, timeout: 300000, allowCredentials: keys, userVerification: 'required' } });
    put('handle', text(rawId));
    put('client', text(response.clientDataJSON));
    put('authenticator', text(response.authenticatorData));
    put('signature', text(response.signature));
    put('user', response.userHandle ? text(response.userHandle) : '');
  };
  const why = (error) => ({
    InvalidStateError: 'This device has a passkey of yours for Duly already.',
    NotAllowedError: 'That was cancelled, or took too long. Try again.',
    SecurityError: 'Passkeys do not work at this address.',
  })[error.name] ?? 'Your browser could not do that. Try again, or use another way.';

  if (!window.PublicKeyCredential || !navigator.credentials)
    continue;
  if (without) without.hidden = true;
  ceremony.hidden = false;
  button.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say('');
    try {
      const given = await challenge();
      if (given) {
        await (asked.passkey === 'add' ? make : show)(given);
        form.submit();
        return;
      }
    } catch (error) {
      say(why(error));
    }
    button.disabled = false;
  });
  // Back to this page: it may be tried again.
  window.addEventListener('pageshow', () => { button.disabled = false; });
}
