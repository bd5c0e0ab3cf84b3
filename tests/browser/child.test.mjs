// A colleague's leave is covered: proposed by keyboard alone and without JavaScript, accepted, and seen.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { start, open, within, violations } from './rig.mjs';

const OFFICER = 'reviewing-officer';
let rig;
before(async () => { rig = await start({ children: 120, seed: 7 }); });
after(async () => { await rig.stop(); });

// Tab until the element with that selector has the focus.
async function tabTo(page, selector, most = 200) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector))
      return;
  }
  throw new Error(`${selector} is not reached by Tab`);
}

async function follow(page, selector, to) {
  await tabTo(page, selector);
  await Promise.all([page.waitForURL(to), page.keyboard.press('Enter')]);
}

async function date(page, id, day, month, year) {
  await tabTo(page, `#${id}-day`);
  await page.keyboard.type(day);
  await tabTo(page, `#${id}-month`);
  await page.keyboard.type(month);
  await tabTo(page, `#${id}-year`);
  await page.keyboard.type(year);
}

test('a leave is covered, by keyboard alone and without JavaScript', async () => {
  const options = { javaScriptEnabled: false };
  let cover;
  await within(rig, '/inbox', { as: OFFICER, ...options }, async (page) => {
    await follow(page, 'main a[href="/cover"]', '**/cover');
    await follow(page, 'main a[href="/cover/new"]', '**/cover/new');
    await date(page, 'first', '20', '11', '2026');
    await date(page, 'last', '27', '11', '2026');
    await tabTo(page, '#receiver');
    const names = await page.$$eval('#receiver option', (all) => all.map((o) => o.textContent));
    for (let i = names.findIndex((name) => /\(Manager/.test(name)); i > 0; i--)
      await page.keyboard.press('ArrowDown');
    const manager = await page.$eval('#receiver', (select) => select.selectedOptions[0].textContent);
    assert.match(manager, /Manager.*would be \d+/);
    await tabTo(page, '[name=which]');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.isChecked('[name=which][value=some]'), true);
    await tabTo(page, '[name=child]');
    await page.keyboard.press('Space');
    await follow(page, 'main button[type=submit]', /\/cover\/\d+/);
    assert.match(await page.textContent('main'), /Proposed\. Nothing moves until it is accepted/);
    assert.match(await page.textContent('main tbody'), /Waiting/);
    cover = new URL(page.url()).pathname;
  });
  await within(rig, '/inbox', { as: 'manager', ...options }, async (page) => {
    await follow(page, `main a[href="${cover}"]`, '**' + cover);
    await follow(page, 'main button[value=accept]', /done=accepted/);
    assert.match(await page.textContent('main tbody'), /Accepted/);
  });
  await within(rig, '/cover', { as: OFFICER, ...options }, async (page) => {
    assert.match(await page.textContent('main'), /1 accepted/);
  });
});

test('what is wrong in a proposal is a link to its box, and nothing typed is lost', async () => {
  await within(rig, '/cover/new', { as: OFFICER }, async (page) => {
    await page.fill('#first-day', '30');
    await page.fill('#first-month', '2');
    await page.fill('#first-year', '2026');
    await page.fill('#note', 'Kept');
    await page.click('main form button[type=submit]');
    await page.waitForSelector('.govuk-error-summary');
    assert.match(await page.title(), /^Error: /);
    for (const link of await page.$$eval('.govuk-error-summary a', (all) => all.map((a) => a.getAttribute('href'))))
      assert.ok(await page.$(link), link);
    assert.equal(await page.inputValue('#first-day'), '30');
    assert.equal(await page.inputValue('#note'), 'Kept');
    assert.deepEqual(await violations(page), []);
  });
});

test('a child is read in order: words, clocks, what happened; each page a link', async () => {
  await within(rig, '/caseload', { as: OFFICER, javaScriptEnabled: false }, async (page) => {
    await Promise.all([page.waitForURL('**/children/**'), page.click('main tbody a[href^="/children/"]')]);
    const headings = await page.$$eval('main h2', (all) => all.map((h) => h.textContent.trim()));
    assert.equal(headings[0], 'What the child says');
    assert.ok(headings.indexOf('Clocks') > 0 && headings.indexOf('Clocks') < headings.indexOf('What happened last'));
    for (const tab of ['Views', 'Clocks', 'Timeline', 'People', 'Overview']) {
      await page.click(`.moj-sub-navigation a:text-is("${tab}")`);
      assert.equal(await page.textContent('.moj-sub-navigation [aria-current=page]'), tab);
      assert.equal(await page.$$eval('h1', (all) => all.length), 1);
    }
  });
});
