// Signing in and out, by keyboard, with mistakes, and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFFICER } from './pages.mjs';
import { open, signIn, start, violations, within } from './rig.mjs';

let rig;
before(async () => { rig = await start({ children: 60 }); });
after(async () => { await rig?.stop(); });

test('a page about children asks who is there, and leads back to itself', async () => {
  await within(rig, '/caseload', {}, async (tab) => {
    assert.match(new URL(tab.url()).pathname, /^\/sign-in/);
    const { user, password } = rig.users[OFFICER];
    await tab.fill('[name=login]', user);
    await tab.fill('[name=password]', password);
    await Promise.all([tab.waitForURL('**/caseload'), tab.click('main form button[type=submit]')]);
  });
});

test('by keyboard alone, without JavaScript', async () => {
  await within(rig, '/sign-in', { javaScriptEnabled: false }, async (tab) => {
    const { user, password } = rig.users[OFFICER];
    await tab.focus('[name=login]');
    await tab.keyboard.type(user);
    await tab.keyboard.press('Tab');
    await tab.keyboard.type(password);
    await Promise.all([tab.waitForURL('**/caseload'), tab.keyboard.press('Enter')]);
    const cookie = (await tab.context().cookies()).find((c) => c.name === 'duly');
    assert.ok(cookie.httpOnly);
    assert.equal(cookie.sameSite, 'Lax' === cookie.sameSite ? 'Lax' : 'Strict');
    assert.equal(cookie.expires, -1, 'the cookie ends with the browser');
    await tab.goBack();
  });
});

test('a wrong password is told without saying which part was wrong', async () => {
  await within(rig, '/sign-in', {}, async (tab) => {
    await tab.fill('[name=login]', rig.users[OFFICER].user);
    await tab.fill('[name=password]', 'not the password');
    await tab.click('main form button[type=submit]');
    await tab.waitForSelector('.govuk-error-summary');
    assert.match(await tab.title(), /^Error: /);
    assert.equal(await tab.inputValue('[name=login]'), rig.users[OFFICER].user);
    assert.equal(await tab.inputValue('[name=password]'), '');
    const told = await tab.textContent('.govuk-error-summary__body');
    await tab.fill('[name=login]', 'nobody');
    await tab.fill('[name=password]', 'not the password');
    await tab.click('main form button[type=submit]');
    await tab.waitForSelector('.govuk-error-summary');
    assert.equal(await tab.textContent('.govuk-error-summary__body'), told);
    assert.deepEqual(await violations(tab), []);
    await tab.click('.govuk-error-summary a');
    assert.match(await tab.evaluate(() => document.activeElement.name), /login|password/);
  });
});

test('after signing out, Back shows no child', async () => {
  const tab = await open(rig, '/sign-in');
  await signIn(tab, rig, OFFICER);
  await tab.goto(rig.base + '/caseload');
  await tab.click('form[action="/sign-out"] button');
  await tab.waitForURL((url) => !url.pathname.startsWith('/caseload'));
  await tab.goBack();
  assert.equal(await tab.$$eval('a[href^="/children/"]', (all) => all.length), 0);
  await tab.context().close();
});

test('a sign-out that this page did not send is refused', async () => {
  const tab = await open(rig, '/caseload', { as: OFFICER });
  const answer = await tab.request.post(rig.base + '/sign-out', { form: { csrf: 'x' }, maxRedirects: 0 });
  assert.ok(answer.status() >= 400, String(answer.status()));
  assert.equal((await tab.goto(rig.base + '/caseload')).status(), 200);
  await tab.context().close();
});

test('many wrong passwords make that name wait', async () => {
  const name = rig.users.auditor ?? rig.users[Object.keys(rig.users).find((role) => role !== OFFICER)];
  await within(rig, '/sign-in', {}, async (tab) => {
    let waited = false;
    for (let n = 0; n < 25 && !waited; n++) {
      await tab.fill('[name=login]', name.user);
      await tab.fill('[name=password]', 'wrong ' + n);
      await Promise.all([tab.waitForResponse((r) => r.request().method() === 'POST'), tab.click('main form button[type=submit]')]);
      waited = /minute|later|too many/i.test(await tab.textContent('main'));
    }
    assert.ok(waited, 'no limit on attempts was met in 25');
  });
});

// The page's own clock is moved; what the server says is left of the session is said in its place.
const told = { seconds: null };
async function nearItsEnd(work) {
  await within(rig, '/caseload', { as: OFFICER }, async (tab) => {
    const address = await tab.getAttribute('main tbody a[href^="/children/"]', 'href');
    await tab.clock.install();
    await tab.route('**/account/left', (route) => told.seconds === null ? route.continue()
      : route.fulfill({ contentType: 'text/plain', body: String(told.seconds) }));
    await tab.goto(rig.base + address + '/record/child_view');
    await tab.fill('#words', 'Half a thought');
    try {
      await work(tab);
    } finally {
      told.seconds = null;
    }
  });
}

test('two minutes before a session ends it warns, with the focus in the warning, and one key goes on', async () => {
  await nearItsEnd(async (tab) => {
    const isOpen = () => tab.evaluate(() => document.getElementById('app-ends').open);
    // Another tab may have kept it alive: nothing is said of what is not so.
    await tab.clock.runFor('28:30');
    assert.equal(await isOpen(), false);
    told.seconds = 110;
    await Promise.all([tab.waitForResponse('**/account/left'), tab.clock.runFor('29:30')]);
    await tab.waitForFunction(() => document.getElementById('app-ends').open);
    assert.match(await tab.textContent('#app-ends'), /signed out soon/);
    assert.equal(await tab.getAttribute('#app-ends-words', 'role'), 'status');
    assert.ok(await tab.evaluate(() => document.getElementById('app-ends').contains(document.activeElement)));
    assert.deepEqual(await violations(tab), []);
    told.seconds = null; // it is made longer at the server itself
    await tab.keyboard.press('Enter');
    await tab.waitForFunction(() => !document.getElementById('app-ends').open);
    assert.equal(await tab.evaluate(() => document.activeElement.id), 'words');
    assert.equal(await tab.inputValue('#words'), 'Half a thought');
  });
});

test('when it has ended the page says so, and what was typed is still there', async () => {
  await nearItsEnd(async (tab) => {
    told.seconds = 0;
    await Promise.all([tab.waitForResponse('**/account/left'), tab.clock.runFor('31:00')]);
    await tab.waitForFunction(() => /have been signed out/.test(document.getElementById('app-ends-words').textContent));
    assert.match(await tab.textContent('#app-ends-words'), /not lost/);
    await tab.keyboard.press('Enter');
    await tab.waitForFunction(() => !document.getElementById('app-ends').open);
    assert.equal(await tab.inputValue('#words'), 'Half a thought');
  });
});
