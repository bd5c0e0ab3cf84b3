// Records by hand: by keyboard alone, without JavaScript, kept as they are typed, and never twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open, start, violations, within } from './rig.mjs';

let rig, child;
const AS = 'manager';
before(async () => {
  rig = await start({ children: 60 });
  child = await within(rig, '/caseload', { as: AS }, (page) =>
    page.getAttribute('main tbody a[href^="/children/"]', 'href'));
});
after(async () => { await rig?.stop(); });

const status = (page) => page.textContent('[data-draft]');
const said = (page, words) => page.waitForFunction((part) =>
  document.querySelector('[data-draft]').textContent.includes(part), words);
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.name);
// Tabs until the focus is where it should be: what cannot be come to by keyboard fails.
async function tabTo(page, name, most = 60) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await focused(page) === name || await page.evaluate((wanted) =>
      document.activeElement.textContent.trim() === wanted, name))
      return;
  }
  assert.fail(`nothing leads to ${name}`);
}

test("by keyboard alone, without JavaScript: what the child said, with a mistake mended", async () => {
  await within(rig, child, { as: AS, javaScriptEnabled: false }, async (page) => {
    await tabTo(page, 'Record something');
    await Promise.all([page.waitForURL('**/record'), page.keyboard.press('Enter')]);
    await tabTo(page, 'type');
    await page.keyboard.press('Space');
    await tabTo(page, 'Continue');
    await Promise.all([page.waitForURL(/child_view\?key=\d+/), page.keyboard.press('Enter')]);
    const form = page.url();
    await tabTo(page, 'words');
    await page.keyboard.type('I want to see my sister.');
    await tabTo(page, 'said-day');
    await page.keyboard.type('31');
    await page.keyboard.press('Tab');
    await page.keyboard.type('nov');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2026');
    await tabTo(page, 'method');
    await page.keyboard.press('Space');
    await tabTo(page, 'Save record');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.match(await page.title(), /^Error: /);
    assert.match(await page.textContent('.govuk-error-summary'), /November 2026 has 30 days/);
    assert.equal(await page.inputValue('#words'), 'I want to see my sister.');
    assert.deepEqual(await page.$$eval('.govuk-input--error', (all) => all.map((e) => e.id)), ['said-day']);
    await page.click('.govuk-error-summary a');
    await page.fill('#said-day', '1');
    await tabTo(page, 'Save record');
    await Promise.all([page.waitForURL('**/history?saved=1'), page.keyboard.press('Enter')]);
    assert.match(await page.textContent('main'), /I want to see my sister\./);
    const record = page.url();
    await page.goto(form);  // the form has made its record: it leads there, and is not shown again
    assert.match(page.url(), /\/history\?saved=/);
    assert.equal(page.url().split('?')[0], record.split('?')[0]);
  });
});

test('a draft is kept without JavaScript by its button', async () => {
  await within(rig, child + '/record/handover_note', { as: AS, javaScriptEnabled: false }, async (page) => {
    await page.fill('#note', 'Ring her aunt first');
    await Promise.all([page.waitForURL('**&kept=1'), page.click('text=Save draft')]);
    assert.equal(await page.inputValue('#note'), 'Ring her aunt first');
    assert.match(await page.textContent('main'), /Draft saved/);
    await page.goto(rig.base + '/drafts');
    assert.match(await page.textContent('main'), /Note for handover/);
  });
});

// The page's own clock is moved: how busy the machine is counts for nothing.
const keeps = (page) => Promise.all([page.waitForResponse('**/drafts'), page.clock.runFor(2000)]);

test('what is typed is kept within two seconds, said politely, and is there again', async () => {
  await within(rig, child + '/record/child_view', { as: AS }, async (page) => {
    assert.equal(await page.getAttribute('[data-draft]', 'role'), 'status');
    const address = page.url();
    await page.clock.install();
    await page.reload();
    await page.fill('#words', 'first');
    await keeps(page);
    await said(page, 'Draft saved');
    await page.fill('#words', 'first and second');
    await keeps(page);
    await within(rig, address, { as: AS }, async (again) =>
      assert.equal(await again.inputValue('#words'), 'first and second'));
  });
});

test('offline and a server in trouble are said, and what is typed stays', async () => {
  await within(rig, child + '/record/contact', { as: AS }, async (page) => {
    await page.context().setOffline(true);
    await page.fill('#note', 'kept');
    await said(page, 'offline');
    assert.equal(await page.inputValue('#note'), 'kept');
    await page.context().setOffline(false);
    await page.route('**/drafts', (route) => route.fulfill({ status: 503, body: 'busy' }));
    await page.fill('#note', 'kept too');
    await said(page, 'Duly has a problem');
    await page.unroute('**/drafts');
    await page.fill('#note', 'kept at last');
    await said(page, 'Draft saved');
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  });
});

test('a draft that comes after the form that it was of makes no second record', async () => {
  await within(rig, child + '/record/child_view', { as: AS }, async (page) => {
    const begun = new Promise((begin) => page.route('**/drafts', begin));
    await page.fill('#words', 'once and no more');
    await page.fill('#said-day', '2');
    await page.fill('#said-month', '11');
    await page.fill('#said-year', '2026');
    await page.check('[name=method][value=text]');
    const late = (await begun).request();  // the draft is on its way, and stays there
    await Promise.all([page.waitForURL('**/history?saved=1'), page.click('text=Save record')]);
    const record = page.url().split('?')[0];
    await page.goBack();
    assert.equal(page.url().split('?')[0], record);
    assert.equal((await page.request.fetch(late)).status(), 409);
    await page.unroute('**/drafts');
    await page.goto(rig.base + child + '/records');
    const links = await page.$$eval('main tbody a', (all) => all.map((a) => a.href));
    assert.equal(links.filter((href) => href === record).length, 1);
    await page.goto(rig.base + '/drafts');
    assert.ok(!(await page.textContent('main')).includes('once and no more'));
  });
});

test('two who correct one record choose field by field', async () => {
  const record = await within(rig, child + '/record/child_view', { as: AS }, async (page) => {
    await page.fill('#words', 'as it was');
    for (const [part, value] of [['day', '3'], ['month', '11'], ['year', '2026']])
      await page.fill(`#said-${part}`, value);
    await page.check('[name=method][value=phone]');
    await Promise.all([page.waitForURL('**/history?saved=1'), page.click('text=Save record')]);
    return new URL(page.url()).pathname.replace('/history', '');
  });
  const mine = await open(rig, record, { as: AS }), theirs = await open(rig, record, { as: AS });
  for (const [page, words] of [[theirs, 'what they heard'], [mine, 'what I heard']]) {
    await page.fill('#words', words);
    await page.fill('#reason', 'heard again');
    await Promise.all([page.waitForNavigation(), page.click('text=Save correction')]);
  }
  assert.match(await mine.textContent('main'), /what I heard[\s\S]*what they heard/);
  assert.deepEqual(await violations(mine), []);
  await mine.check('[name=choose-words][value=theirs]');
  await mine.click('text=Continue with what is chosen');
  await mine.waitForSelector('#words');
  assert.equal(await mine.inputValue('#words'), 'what they heard');
  await mine.fill('#words', 'what both of us heard');
  await Promise.all([mine.waitForURL('**/history?saved=1'), mine.click('text=Save correction')]);
  assert.match(await mine.textContent('main'), /what both of us heard[\s\S]*what they heard/);
  await mine.context().close();
  await theirs.context().close();
});
