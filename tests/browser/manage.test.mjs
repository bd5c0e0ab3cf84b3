// Who looks after Duly, in a real browser: an administrator adds, changes and stops somebody; a manager
// restricts a child and hides another on a phone; a custodian brings in a file that holds nothing, and a
// people file with rows that cannot be taken.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
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

// The people file of the same made-up authority, with two rows spoilt: chosen, read, and told of.
for (const javaScriptEnabled of [true, false])
  test(`a custodian imports a file, follows it to its end and reads what was not taken and why${javaScriptEnabled ? '' : ', without JavaScript'}`, async () => {
    const folder = path.join(rig.store, javaScriptEnabled ? 'script' : 'bare');
    execFileSync(process.env.DULY ?? 'build/duly', ['demo', '--children', '60', '--seed', '7', '--now', '2026-11-20', '--out', folder],
      { stdio: 'ignore' });
    const file = path.join(folder, 'people.csv');
    const lines = fs.readFileSync(file, 'utf8').split(/\r?\n/);
    const born = lines[0].split(',').indexOf('dob');
    assert.ok(born >= 0, lines[0]);
    for (const n of [3, 5])
      lines[n] = lines[n].split(',').map((value, i) => (i === born ? '2015-02-31' : value)).join(',');
    fs.writeFileSync(file, lines.join('\r\n'));
    await within(rig, '/manage/imports', { as: 'custodian', javaScriptEnabled }, async (tab) => {
      await tab.check('[name=kind][value=people]');
      await tab.setInputFiles('[name=files]', file);
      await press(tab, 'main form button[type=submit]', /\/manage\/imports\/\d+/);
      const page = tab.url();
      for (let tries = 0; !/Ended at/.test(await tab.textContent('main')) && tries < 600; tries++) {
        await tab.waitForTimeout(200);
        if (!javaScriptEnabled)
          await tab.goto(page);
      }
      const words = await tab.textContent('main');
      assert.match(words, /Ended at/);
      assert.match(words, /people\.csv/);
      await press(tab, 'main a[href$="/rejects"]', /rejects$/);
      const rejects = await tab.$$eval('main table tbody tr', (all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim()).join('|')));
      for (const line of [4, 6])
        assert.ok(rejects.some((row) => row.startsWith(`people.csv|${line}|dob|2015-02-31|`) && /no day/.test(row)),
          `line ${line} is not among ${rejects.join(' | ')}`);
      // And it stands in the list, with how it went.
      await tab.goto(rig.base + '/manage/imports');
      assert.match(await tab.textContent('main table'), /rejected|not taken/i);
    });
  });
