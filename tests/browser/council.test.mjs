// Signing in with the council's own account, with a real identity provider (npm oidc-provider) and a real
// browser: Duly at localhost, the provider at 127.0.0.1, so that each is another site to the other.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { root, violations } from './rig.mjs';

const duly = process.env.DULY ?? path.join(root, 'build/duly');
const PASSWORD = 'lantern otter gable';
const SECRET = 'a secret for tests';
const shots = process.env.DULY_SHOTS; // a folder for pictures to look at
let place;

const freePort = () => new Promise((resolve) => {
  const server = net.createServer();
  server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

async function provider(address) {
  const { Provider } = await import('oidc-provider');
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const idp = new Provider(issuer, {
    clients: [{ client_id: 'duly', client_secret: SECRET, redirect_uris: [`${address}/sign-in/council/back`],
      token_endpoint_auth_method: 'client_secret_basic' }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key for tests'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: `${id}@council.example` }) }),
    ttl: { AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 3600, Grant: 3600, AccessToken: 300 },
  });
  const server = await new Promise((resolve) => { const s = idp.listen(port, '127.0.0.1', () => resolve(s)); });
  return { issuer, stop: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }) };
}

before(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'duly-council-'));
  const data = path.join(folder, 'data');
  const users = [['a.dmin', 'A Dmin', 'administrator'], ['b.dmin', 'B Dmin', 'administrator'], ['c.hair', 'C Hair', 'chair'],
    ['m.ode', 'M Ode', 'manager']];
  for (const [login, name, role] of users)
    execFileSync(duly, ['user', 'add', '--data', data, '--authority', '330', '--login', login, '--name', name, '--role', role,
      '--password-stdin'], { input: PASSWORD + '\n', stdio: ['pipe', 'ignore', 'inherit'] });
  execFileSync(duly, ['user', 'factor-optional', '--data', data], { stdio: ['ignore', 'ignore', 'inherit'] });
  // As if everybody had chosen a password of their own, which whoever was given one must at first.
  execFileSync('python3', ['-c', 'import sqlite3, sys; s = sqlite3.connect(sys.argv[1]); s.execute("UPDATE helped SET password_by = -1"); ' +
    's.commit()', path.join(data, 'duly.db')]);
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const server = spawn(duly, ['serve', '--data', data, '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => server.stdout.once('data', resolve));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
  place = { base, browser, idp: await provider(base) };
  place.stop = async () => {
    await browser.close();
    await place.idp.stop();
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    fs.rmSync(folder, { recursive: true, force: true });
  };
});
after(async () => { await place?.stop(); });

async function within(options, work) {
  const context = await place.browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(15000);
  tab.bad = [];
  tab.on('console', (m) => {
    if (m.type() === 'error' && new URL(tab.url()).origin === place.base && !/status of 422/.test(m.text()))
      tab.bad.push(m.text());
  });
  try {
    await work(tab);
    assert.deepEqual(tab.bad, []);
  } finally {
    await context.close();
  }
}

async function look(tab, name) {
  assert.deepEqual(await violations(tab), [], name);
  await tab.setViewportSize({ width: 320, height: 640 });
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false, `${name} scrolls two ways at 320 CSS pixels`);
  await tab.setViewportSize({ width: 1280, height: 720 });
  if (shots) {
    for (const width of [1280, 360]) {
      await tab.setViewportSize({ width, height: 800 });
      await tab.screenshot({ path: path.join(shots, `${name}-${width}.png`), fullPage: true });
    }
    await tab.setViewportSize({ width: 1280, height: 720 });
  }
}

async function password(tab, login) {
  await tab.goto(place.base + '/sign-in');
  await tab.fill('[name=login]', login);
  await tab.fill('[name=password]', PASSWORD);
  await Promise.all([tab.waitForURL((url) => url.pathname !== '/sign-in'), tab.click('main form button[type=submit]')]);
}

// At the provider: who it is, and yes to all that is asked, until the browser is back.
async function atProvider(tab, who) {
  for (let steps = 0; steps < 6 && new URL(tab.url()).origin === place.idp.issuer; steps++) {
    if (await tab.$('input[name=login]')) {
      await tab.fill('input[name=login]', who);
      await tab.fill('input[name=password]', 'anything');
    }
    await Promise.all([tab.waitForNavigation({ waitUntil: 'load' }), tab.click('button[type=submit]')]);
  }
}

const button = 'main a.govuk-button[href^="/sign-in/council"]';
async function throughCouncil(tab, who, to = '/sign-in') {
  await tab.goto(place.base + to);
  await Promise.all([tab.waitForURL((url) => url.pathname !== '/sign-in'), tab.click(button)]);
  await atProvider(tab, who);
}

const arrived = (tab, pathname) => tab.waitForURL((url) => url.origin === place.base && url.pathname === pathname);

test('an administrator sets it up, and the sign-in page shows the button', async () => {
  await within({}, async (tab) => {
    await password(tab, 'a.dmin');
    await tab.goto(place.base + '/manage/council');
    await tab.fill('#issuer', place.idp.issuer);
    await tab.fill('#client', 'duly');
    await tab.click('main form button.govuk-button[data-prevent-double-click]');
    await tab.waitForSelector('.govuk-error-summary');
    await look(tab, 'council-settings-mistake');
    assert.equal(await tab.inputValue('#issuer'), place.idp.issuer);
    await tab.fill('#secret', SECRET);
    await tab.click('main form button.govuk-button[data-prevent-double-click]');
    await tab.waitForURL(/done=set/);
    assert.equal(await tab.inputValue('#secret'), '');
    await look(tab, 'council-settings');
  });
  await within({}, async (tab) => {
    await tab.goto(place.base + '/sign-in');
    assert.equal((await tab.textContent(button)).trim(), 'Sign in with your council account');
    await look(tab, 'sign-in');
  });
});

test('whom nobody has connected is told what to do', async () => {
  await within({}, async (tab) => {
    await throughCouncil(tab, 'c.hair');
    assert.match(await tab.textContent('h1'), /not connected to Duly/);
    assert.equal((await tab.context().cookies(place.base)).some((cookie) => cookie.name === 'duly'), false);
    await look(tab, 'unknown');
    await tab.fill('#code', 'wrong');
    await tab.click('main form button[type=submit]');
    await tab.waitForSelector('.govuk-error-summary');
    assert.match(await tab.title(), /^Error: /);
    await look(tab, 'unknown-mistake');
  });
});

test('somebody connects theirs, signs out, and signs in with it, to the page that they asked for', async () => {
  await within({}, async (tab) => {
    await password(tab, 'c.hair');
    await tab.goto(place.base + '/account');
    await tab.click('a[href="/account/council"]');
    await arrived(tab, '/account/council');
    await look(tab, 'connect');
    await Promise.all([tab.waitForURL((url) => url.origin === place.idp.issuer), tab.click('a[href="/account/council/go"]')]);
    await atProvider(tab, 'person-17');
    await arrived(tab, '/account/council');
    assert.match(await tab.textContent('main'), /person-17@council\.example/);
    await look(tab, 'connect-this');
    await Promise.all([tab.waitForNavigation(), tab.click('main form[action="/account/council"] button')]);
    assert.match(await tab.textContent('main'), /You can sign in to Duly with it/);
    await look(tab, 'connected');
    await tab.click('form[action="/sign-out"] button');
    await arrived(tab, '/sign-in');
    // The provider remembers them: nothing is typed any more.
    await tab.goto(place.base + '/account');
    await arrived(tab, '/sign-in');
    await tab.click(button);
    await arrived(tab, '/account');
    assert.match(await tab.textContent('main'), /council account/);
    const cookies = await tab.context().cookies(place.base);
    const session = cookies.find((cookie) => cookie.name === 'duly');
    assert.deepEqual([session.httpOnly, session.sameSite, session.expires], [true, 'Strict', -1]);
    assert.equal(cookies.some((cookie) => cookie.name === 'duly-council'), false);
    await tab.reload();
    assert.equal(new URL(tab.url()).pathname, '/account');
  });
});

test('without JavaScript too; and after signing out, Back and the used answer show nothing', async () => {
  await within({ javaScriptEnabled: false }, async (tab) => {
    let answer = '';
    tab.on('request', (request) => { if (request.url().includes('/council/back?')) answer = request.url(); });
    await throughCouncil(tab, 'person-17', '/sign-in?next=%2Faccount');
    await arrived(tab, '/account');
    assert.match(await tab.textContent('main'), /Signed in/);
    await tab.click('form[action="/sign-out"] button');
    await arrived(tab, '/sign-in');
    await tab.goto(answer);
    assert.match(await tab.textContent('h1'), /You were not signed in/);
    await tab.goto(place.base + '/account');
    assert.equal(new URL(tab.url()).pathname, '/sign-in');
  });
});

test('who it is is proved anew at the council, who asks again', async () => {
  await within({}, async (tab) => {
    await throughCouncil(tab, 'person-17');
    await arrived(tab, '/caseload');
    await tab.goto(place.base + '/account/confirm?next=%2Faccount%2Frecovery-codes');
    await look(tab, 'confirm');
    await Promise.all([tab.waitForURL((url) => url.origin === place.idp.issuer), tab.click('a[href^="/account/confirm/council"]')]);
    assert.ok(await tab.$('input[name=login]'), 'the provider did not ask who it is');
    await atProvider(tab, 'person-17');
    await arrived(tab, '/account/recovery-codes');
  });
});

test('an invitation connects whom the administrator meant', async () => {
  let code = '';
  await within({}, async (tab) => {
    await password(tab, 'a.dmin');
    await tab.goto(place.base + '/manage/users');
    await tab.click('text=M Ode');
    await tab.click('a[href^="/manage/users/"][href$="/council"]');
    await look(tab, 'user');
    await Promise.all([tab.waitForURL(/code$/), tab.click('form[action$="/invite"] button')]);
    code = (await tab.textContent('.app-made')).trim();
    await look(tab, 'invitation');
  });
  await within({ javaScriptEnabled: false }, async (tab) => {
    await throughCouncil(tab, 'person-18');
    await tab.fill('#code', code);
    await Promise.all([tab.waitForNavigation(), tab.click('main form button[type=submit]')]);
    await tab.goto(place.base + '/account');
    assert.match(await tab.textContent('main'), /m\.ode/);
  });
});

test('who is stopped is out at the next page, and does not come in again', async () => {
  await within({}, async (tab) => {
    await throughCouncil(tab, 'person-17');
    await arrived(tab, '/caseload');
    await within({}, async (admin) => {
      await password(admin, 'a.dmin');
      await admin.goto(place.base + '/manage/users');
      await admin.click('text=C Hair');
      await admin.click('a[href$="/disable"]');
      await Promise.all([admin.waitForURL(/done=stopped/), admin.click('form[action$="/disable"] button')]);
    });
    await tab.goto(place.base + '/account');
    assert.equal(new URL(tab.url()).pathname, '/sign-in');
    await tab.click(button);
    await tab.waitForSelector('h1:has-text("not connected to Duly")');
  });
});
