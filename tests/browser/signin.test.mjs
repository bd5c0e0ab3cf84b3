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
