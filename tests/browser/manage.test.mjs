// Who looks after Duly, in a real browser: an administrator adds, changes and stops somebody; a manager
// restricts a child and hides another on a phone; a custodian brings in a file that holds nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFFICER } from './pages.mjs';
import { start, within } from './rig.mjs';

let rig;
before(async () => { rig = await start({ children: 60 }); });
after(async () => { await rig?.stop(); });

const press = (tab, selector, to) => Promise.all([tab.waitForURL(to), tab.click(selector)]);

test('an administrator adds somebody, whose first password is shown once, gives another role, and stops them', async () => {
  await within(rig, '/manage/users', { as: 'administrator', javaScriptEnabled: false }, async (tab) => {
    await press(tab, 'main a[href="/manage/users/add"]', '**/manage/users/add');
    await tab.click('main form button');
    await tab.waitForSelector('.govuk-error-summary');
    await tab.fill('[name=name]', 'Nia New');
    await tab.fill('[name=login]', 'n.new');
    if (await tab.$('select[name=role]'))
      await tab.selectOption('[name=role]', 'chair');
    else
      await tab.check('[name=role][value=chair]');
    await press(tab, 'main form button', /\/manage\/users\/\d+/);
    const page = /\/manage\/users\/\d+/.exec(tab.url())[0];
    const password = (await tab.textContent('.app-made')).trim();
    assert.match(password, /^[a-z2-9]{4}(-[a-z2-9]{4}){4}$/);
    await tab.reload();
    assert.equal(await tab.$('.app-made'), null);
    await tab.goto(rig.base + page);
    if (await tab.$('select[name=role]'))
      await tab.selectOption('[name=role]', 'auditor');
    else
      await tab.check('[name=role][value=auditor]');
    await press(tab, 'main form button', /done=/);
    assert.match(await tab.textContent('.govuk-notification-banner'), /\S/);
    // Who was given it signs in with it in a demonstration, and is out when they are stopped.
    const context = await rig.browser.newContext({ javaScriptEnabled: false });
    const nia = await context.newPage();
    await nia.goto(rig.base + '/sign-in');
    await nia.fill('[name=login]', 'n.new');
    await nia.fill('[name=password]', password);
    await press(nia, 'main form button[type=submit]', (url) => !url.pathname.startsWith('/sign-in'));
    await tab.goto(rig.base + page + '/disable');
    await press(tab, 'main form button', /done=/);
    await nia.goto(rig.base + '/account');
    assert.match(nia.url(), /\/sign-in/);
    await context.close();
  });
});

test('roles are a page that says what each may do, and an administrator sees no child', async () => {
  await within(rig, '/manage/roles', { as: 'administrator' }, async (tab) => {
    assert.match(await tab.textContent('main'), /Independent Reviewing Officer/);
    const child = await within(rig, '/caseload', { as: OFFICER }, (other) => other.getAttribute('main tbody a[href^="/children/"]', 'href'));
    const answer = await tab.request.get(rig.base + child);
    assert.ok([403, 404].includes(answer.status()));
  });
});

test('a manager restricts and ends it on a phone, where nothing scrolls sideways', async () => {
  const number = await within(rig, '/caseload?rows=100', { as: OFFICER }, (tab) =>
    tab.$$eval('main tbody tr', (all) => all.at(-1).textContent.match(/\d{6}/)[0]));
  await within(rig, '/manage/restrictions/add', { as: 'manager', viewport: { width: 360, height: 800 } }, async (tab) => {
    await tab.fill('[name=number]', number);
    await tab.check('[name=what][value=restricted]');
    await tab.fill('[name=reason]', 'A relative may look for the child and knows the school');
    await press(tab, 'main form button', /done=/);
    const [page, inside, room] = await tab.$eval('.app-table-wrap', (wrap) =>
      [document.documentElement.scrollWidth, wrap.scrollWidth, wrap.clientWidth]);
    assert.equal(page, 360);
    assert.ok(inside <= room, `the table is ${inside} wide, and there is room for ${room}`);
    await press(tab, 'main tbody a[href$="/end"]', /\/end$/);
    assert.match(await tab.textContent('main'), /restrict/i);
  });
});

test('a custodian is told what is wrong with a file that holds nothing, beside the field', async () => {
  await within(rig, '/manage/imports', { as: 'custodian', javaScriptEnabled: false }, async (tab) => {
    await tab.click('main form button');
    await tab.waitForSelector('.govuk-error-summary');
    assert.match(await tab.textContent('.govuk-error-summary'), /Choose/);
    assert.match(await tab.title(), /^Error: /);
  });
});
