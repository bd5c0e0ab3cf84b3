// Passkeys with a real browser and a made authenticator: added, named, used in both ways, removed; and
// what is said where there is no script, or where the person does not show themselves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open, signIn, start, violations, within } from './rig.mjs';

const WHO = 'chair', OTHER = 'lado';
let rig, tab, device;

// A browser binds passkeys to a name, never to a number: the same server, by its name.
before(async () => {
  rig = await start({ children: 60 });
  rig = { ...rig, base: rig.base.replace('127.0.0.1', 'localhost') };
  tab = await open(rig, '/sign-in');
  device = await authenticator(tab);
});
after(async () => {
  await tab?.context().close();
  await rig?.stop();
});

async function authenticator(page, options = {}) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
    isUserVerified: true, automaticPresenceSimulation: true, ...options } });
  return {
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    verifies: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    put: (credential) => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
    forget: (credentialId) => cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId }),
  };
}

const path = (page) => new URL(page.url()).pathname;
const go = (page, button, to) => Promise.all([page.waitForURL(to), page.click(button)]);

async function password(page, role) {
  await page.goto(rig.base + '/sign-in');
  await page.fill('[name=login]', rig.users[role].user);
  await page.fill('[name=password]', rig.users[role].password);
  await page.click('form[action="/sign-in"] button[type=submit]');
}

async function signOut(page) {
  await go(page, 'form[action="/sign-out"] button', '**/sign-in');
}

test('a passkey is added under a name, with recovery codes the first time', async () => {
  await signIn(tab, rig, WHO);
  await tab.goto(rig.base + '/account/passkeys');
  assert.match(await tab.textContent('main'), /You have none yet/);
  await go(tab, 'main a.govuk-button', '**/account/passkeys/add');
  assert.deepEqual(await violations(tab), []);
  assert.ok(await tab.isHidden('[data-passkey-without]'));
  await tab.fill('[name=name]', 'Work laptop');
  await go(tab, '[data-passkey-go]', '**/account/recovery-codes');
  assert.equal((await tab.$$('code.app-secret')).length, 10);
  await go(tab, 'form[action$="/done"] button', '**/account');
  assert.match(await tab.textContent('main'), /1 passkey/);
  const [credential] = await device.credentials();
  assert.ok(credential.isResidentCredential);
  assert.equal(credential.rpId, 'localhost');
  assert.equal(Buffer.from(credential.userHandle, 'base64').length, 32);
  assert.deepEqual(tab.bad, []);
});

test('the same device is not added twice', async () => {
  await tab.goto(rig.base + '/account/passkeys/add');
  await tab.click('[data-passkey-go]');
  await tab.waitForFunction(() => /already/.test(document.querySelector('[data-passkey-say]').textContent));
  assert.equal(path(tab), '/account/passkeys/add');
  assert.deepEqual(await violations(tab), []);
});

test('after the password the passkey is offered first, the other ways beside it', async () => {
  await signOut(tab);
  await password(tab, WHO);
  await tab.waitForURL('**/sign-in/passkey');
  assert.match(await tab.textContent('main'), /fingerprint, face or security key/);
  assert.ok(await tab.isVisible('a[href^="/sign-in/recovery"]'));
  assert.deepEqual(await violations(tab), []);
  await go(tab, '[data-passkey-go]', (to) => !to.pathname.startsWith('/sign-in'));
  await tab.goto(rig.base + '/account');
  assert.match(await tab.textContent('main'), /password and passkey/);
  assert.deepEqual(tab.bad, []);
});

test('a passkey signs in without a password, to the page that was asked for', async () => {
  await signOut(tab);
  await tab.goto(rig.base + '/week');
  await tab.waitForURL('**/sign-in?next=*');
  await go(tab, '[data-passkey=alone] [data-passkey-go]', '**/week');
  await tab.goto(rig.base + '/account/passkeys');
  assert.doesNotMatch(await tab.textContent('main'), /Not used yet/);
});

test('who does not verify themselves is told, and may try again', async () => {
  await signOut(tab);
  await device.verifies(false);
  await tab.click('[data-passkey=alone] [data-passkey-go]');
  await tab.waitForFunction(() => /cancelled/.test(document.querySelector('[data-passkey-say]').textContent));
  assert.equal(path(tab), '/sign-in');
  await device.verifies(true);
  await go(tab, '[data-passkey=alone] [data-passkey-go]', (to) => to.pathname !== '/sign-in');
});

test('a copied passkey is found out by its count, and stays refused', async () => {
  const [credential] = await device.credentials();
  await signOut(tab);
  await device.forget(credential.credentialId);
  await device.put({ ...credential, signCount: 1 });
  await password(tab, WHO);
  await tab.waitForURL('**/sign-in/passkey');
  await tab.click('[data-passkey-go]');
  await tab.waitForSelector('.govuk-error-summary');
  assert.match(await tab.textContent('.govuk-error-summary'), /may have been copied/);
  assert.match(await tab.title(), /^Error: /);
  await tab.goto(rig.base + '/sign-in/passkey');
  assert.equal(await tab.$('[data-passkey-go]'), null, 'it is not offered any more');
});

test('a passkey is renamed and removed by its owner alone', async () => {
  const mine = await open(rig, '/sign-in');
  await authenticator(mine);
  await signIn(mine, rig, OTHER);
  await mine.goto(rig.base + '/account/passkeys/add');
  await mine.fill('[name=name]', '');
  await go(mine, '[data-passkey-go]', '**/account/passkeys/add');
  await mine.waitForSelector('.govuk-error-summary a[href="#name"]');
  await mine.fill('[name=name]', 'Blue key');
  await go(mine, '[data-passkey-go]', '**/account/recovery-codes');
  await mine.goto(rig.base + '/account/passkeys');
  await go(mine, 'a:has-text("Change")', /passkeys\/\d+$/);
  const address = path(mine);
  await mine.fill('[name=name]', 'Green key');
  await go(mine, 'main form button', '**/account/passkeys');
  assert.match(await mine.textContent('main'), /Green key/);
  await within(rig, address, { as: 'manager' }, (page) => assert.equal(page.answer.status(), 404));
  await go(mine, 'a:has-text("Remove Green key")', '**/remove');
  assert.deepEqual(await violations(mine), []);
  await go(mine, 'main form button', '**/account/passkeys');
  assert.match(await mine.textContent('main'), /You have none yet/);
  await mine.context().close();
});

test('without JavaScript a page with a passkey says so, and what else there is', async () => {
  const plain = { javaScriptEnabled: false };
  await within(rig, '/sign-in', plain, async (page) => {
    assert.ok(await page.isHidden('[data-passkey=alone]'));
    await password(page, WHO);
    await page.waitForURL('**/sign-in/recovery'); // the only one was copied
  });
  await within(rig, '/account/passkeys/add', { ...plain, as: 'manager' }, async (page) => {
    assert.match(await page.textContent('[data-passkey-without]'), /needs JavaScript/);
    assert.ok(await page.isHidden('[data-passkey-go]'));
    assert.ok(await page.isVisible('a[href="/account/second-factor"] >> nth=0'));
  });
});
