// My caseload and the child: sorting, filtering and pages are links; every date says why.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFFICER } from './pages.mjs';
import { start, within } from './rig.mjs';

let rig;
before(async () => { rig = await start({ children: 2000 }); });
after(async () => { await rig?.stop(); });

const rows = (tab) => tab.$$eval('main table tbody tr', (all) => all.map((row) => row.innerText));

test('25 children a page, the rest behind links', async () => {
  await within(rig, '/caseload', { as: OFFICER, javaScriptEnabled: false }, async (tab) => {
    const first = await rows(tab);
    assert.equal(first.length, 25);
    await Promise.all([tab.waitForURL(/page=2/), tab.click('.govuk-pagination__next a')]);
    const second = await rows(tab);
    assert.ok(second.length > 0);
    assert.equal(first.filter((row) => second.includes(row)).length, 0);
  });
});

test('sorting is a link that says its direction', async () => {
  await within(rig, '/caseload', { as: OFFICER, javaScriptEnabled: false }, async (tab) => {
    assert.equal(await tab.$$eval('th[aria-sort="ascending"], th[aria-sort="descending"]', (all) => all.length), 1);
    const before = await rows(tab);
    const link = await tab.$('th[aria-sort="none"] a, th[scope=col]:not([aria-sort="ascending"]):not([aria-sort="descending"]) a');
    assert.ok(link, 'no column to sort by');
    await Promise.all([tab.waitForURL(/sort=/), link.click()]);
    assert.notDeepEqual(await rows(tab), before);
  });
});

test('the overdue come first, and say so in words', async () => {
  await within(rig, '/caseload', { as: OFFICER }, async (tab) => {
    const words = await tab.$$eval('main tbody .govuk-tag', (all) => all.map((tag) => tag.textContent.trim()));
    assert.ok(words.length > 0);
    assert.ok(words.every((word) => word.length > 2));
    assert.match(words[0], /overdue/i);
  });
});

test('CSV holds the rows that are listed, and opens in no other program\'s formulas', async () => {
  await within(rig, '/caseload', { as: OFFICER }, async (tab) => {
    const href = await tab.getAttribute('a[href*=csv]', 'href');
    const answer = await tab.request.get(new URL(href, tab.url()).href);
    assert.match(answer.headers()['content-type'], /text\/csv/);
    assert.match(answer.headers()['content-disposition'], /attachment/);
    const text = await answer.text();
    assert.ok(text.trim().split('\n').length > 25);
    assert.doesNotMatch(text, /(^|,)"?[=+@]/m);
  });
});

test('the page says to which day the records are known', async () => {
  await within(rig, '/caseload', { as: OFFICER }, async (tab) => {
    assert.match(await tab.textContent('body'), /known to/i);
  });
});

test('each date on a child\'s page says why it is that date, without JavaScript', async () => {
  await within(rig, '/caseload', { as: OFFICER, javaScriptEnabled: false }, async (tab) => {
    await Promise.all([tab.waitForURL('**/children/**'), tab.click('main tbody a[href^="/children/"]')]);
    const why = await tab.$$('main details summary');
    assert.ok(why.length > 0);
    assert.match(await why[0].textContent(), /why this date/i);
    await why[0].click();
    assert.ok((await tab.textContent('main details')).length > 60);
  });
});

test('a child that is not theirs is not there', async () => {
  await within(rig, '/caseload', { as: OFFICER }, async (tab) => {
    const answer = await tab.request.get(rig.base + '/children/999999999');
    assert.ok([403, 404].includes(answer.status()));
    assert.doesNotMatch(await answer.text(), /Born|Clocks/);
  });
});

test('what is selected can be taken away, and keeps the rest, without JavaScript', async () => {
  await within(rig, '/caseload?state=overdue&kind=plan', { as: OFFICER, javaScriptEnabled: false }, async (tab) => {
    assert.deepEqual(await tab.$$eval('.moj-filter__tag', (all) => all.map((tag) => tag.textContent.trim())),
      ['Remove this filter: Overdue', 'Remove this filter: Child protection plan']);
    await Promise.all([tab.waitForURL((url) => !url.search.includes('state=')), tab.click('.moj-filter__tag')]);
    assert.equal(new URL(tab.url()).search, '?kind=plan');
    assert.equal(await tab.$$eval('.moj-filter__tag', (all) => all.length), 1);
  });
});

test('the filter is a form that folds open, and late reviews are one of its choices, without JavaScript', async () => {
  await within(rig, '/caseload?sort=-due', { as: OFFICER, javaScriptEnabled: false, viewport: { width: 360, height: 800 } }, async (tab) => {
    const fields = '.app-filter__fields';
    assert.equal(await tab.isVisible(fields), false);
    await tab.click('.app-filter summary');
    assert.equal(await tab.isVisible(fields), true);
    await tab.check('[name=state][value=late-reviews]');
    await tab.check('[name=kind][value=looked-after]');
    await Promise.all([tab.waitForURL(/state=late-reviews/), tab.click('.app-filter button')]);
    assert.equal(new URL(tab.url()).searchParams.get('sort'), '-due');
    assert.deepEqual(await tab.$$eval('.moj-filter__tag', (all) => all.map((tag) => tag.textContent.trim())),
      ['Remove this filter: Late reviews', 'Remove this filter: Looked after']);
    const clocks = await tab.$$eval('main tbody tr', (all) => all.map((row) => `${row.cells[2].textContent} ${row.cells[3].textContent}`));
    assert.ok(clocks.length > 0 && clocks.every((words) => /review/i.test(words) && /overdue/i.test(words)), clocks.join('; '));
    assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), 360);
    await Promise.all([tab.waitForURL((url) => url.pathname + url.search === '/caseload'), tab.click('.moj-filter__selected p a')]);
  });
});

test('a manager\'s navigation stands on one line of a wide page', async () => {
  for (const as of ['manager', 'head'])
    await within(rig, '/caseload', { as, viewport: { width: 1280, height: 900 } }, async (tab) => {
      const tops = await tab.$$eval('.govuk-service-navigation__item', (all) => all.map((item) => item.getBoundingClientRect().top));
      assert.ok(tops.length >= 8);
      assert.ok(Math.max(...tops) - Math.min(...tops) < 20, tops.join(' '));
    });
});

test('the views of a caseload are links: table, weeks, what changed', async () => {
  await within(rig, '/caseload', { as: OFFICER, javaScriptEnabled: false }, async (tab) => {
    await Promise.all([tab.waitForURL('**/week'), tab.click('main a[href="/week"]')]);
    await Promise.all([tab.waitForURL('**/changes'), tab.click('main a[href="/changes"]')]);
    assert.ok(await tab.$$eval('main h2', (all) => all.length) >= 6);
  });
});
