// Every page of pages.mjs, under every check of any page. The numbers are those of the interface's
// thirty-six checks (docs/interface-checks.md says where each is). With DULY_EVERY=1 there is besides
// them one address of each route for every role that comes to it, found by following links; with 2, two.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import * as faults from './faults.mjs';
import { addressOf, everyPage, OFFICER, PAGES } from './pages.mjs';
import { open, start, violations } from './rig.mjs';
import { RULES } from './valid.mjs';
import { wordFaults } from './words.mjs';

let rig;
const titles = new Map();
const validator = new HtmlValidate(RULES);
before(async () => { rig = await start(); });
after(async () => { await rig?.stop(); });

const list = process.env.DULY_EVERY ? [...PAGES, ...await everyPage(Number(process.env.DULY_EVERY))] : PAGES;
const checks = [];
const check = (claim, run) => checks.push({ claim, run });

// ---- as it is opened

check('1: no violation of WCAG 2.2 AA', async (tab) => {
  assert.equal(tab.answer.status(), tab.expected);
  assert.deepEqual(await violations(tab), []);
});
check('14: one h1, one main, headings in order, a language', async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.outlineFaults), []);
});
check('3: every reference to an id finds it', async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.danglingReferences), []);
});
check('15: tables have captions, scopes and row headers; numbers stand to the right', async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.tableFaults), []);
});
check('19: no state is a colour alone', async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.wordlessMarks), []);
});
check('30: plain words, short sentences, dates in full', async (tab) => {
  assert.deepEqual(await tab.evaluate(wordFaults), []);
});
check('33: a date that is due says why', async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.datesWithoutWhy), []);
});
check('31: valid HTML', async (tab) => {
  const { results } = await validator.validateString(await tab.answer.text());
  assert.deepEqual(results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`)), []);
});
check('25: strict headers, no inline style or script, no other host, nothing on the console', async (tab, page) => {
  const headers = tab.answer.headers();
  const policy = headers['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(headers['referrer-policy'], /no-referrer|same-origin/);
  if (page.children)
    assert.match(headers['cache-control'], /no-store/);
  const html = await tab.answer.text();
  assert.doesNotMatch(html, /\sstyle="|\son[a-z]+="|<script(?![^>]*\ssrc=)[^>]*>/);
  assert.deepEqual(tab.asked.filter((url) => !url.startsWith(rig.base) && !url.startsWith('data:')), []);
  // That the page itself is refused is what some of them are there for.
  assert.deepEqual(tab.bad.filter((line) => tab.expected === 200 || !/the server responded with a status/.test(line)), []);
});
check('26: few requests, and a small page', async (tab) => {
  // From the page itself on: what led to it was asked for, too.
  const asked = tab.asked.slice(tab.asked.lastIndexOf(tab.url()));
  assert.ok(asked.length <= 6, `${asked.length} requests: ${asked.join(' ')}`);
  const bytes = zlib.gzipSync(await tab.answer.body()).length;
  assert.ok(bytes < 25e3, `${bytes} bytes, compressed`);
});
check('27: nothing is kept in the browser, and no name stands in an address or a title', async (tab, page) => {
  const kept = await tab.evaluate(async () => [localStorage.length, sessionStorage.length,
    (await indexedDB.databases()).length, (await caches.keys().catch(() => [])).length]);
  assert.deepEqual(kept, [0, 0, 0, 0]);
  const hrefs = await tab.$$eval('a[href], form[action]', (all) => all.map((e) => e.getAttribute('href') ?? e.getAttribute('action')));
  for (const text of [...hrefs, tab.url(), await tab.title()])
    for (const word of await rig.names)
      assert.ok(!text.includes(word), `"${word}" in ${text}`);
  titles.set(page.name, await tab.title());
  assert.match(await tab.title(), / - Duly - \S/);
});
check('2, 3: by keyboard, focus is seen at every stop, in order, and never trapped', async (tab) => {
  await tab.keyboard.press('Tab');
  // A page that answers a form with mistakes puts the focus on their list; the skip link is before it.
  if (await tab.evaluate(() => document.activeElement.closest('.govuk-error-summary')))
    return;
  assert.match(await tab.evaluate(() => document.activeElement.className), /govuk-skip-link/);
  let last = -1, stops = 0;
  for (let stop = await tab.evaluate(faults.focused); stop && stops < 400; stops++) {
    assert.ok(stop.seen, `no focus style: ${stop.what}`);
    assert.ok(stop.inView, `out of view: ${stop.what}`);
    if (stop.at <= last)
      break;
    last = stop.at;
    await tab.keyboard.press('Tab');
    stop = await tab.evaluate(faults.focused);
  }
  assert.ok(stops < 400, 'focus never leaves the page');
});

// ---- the same page, seen in another way

check('13: targets are 24 by 24 CSS pixels', async (tab) => {
  await tab.setViewportSize({ width: 360, height: 740 });
  assert.deepEqual(await tab.evaluate(faults.smallTargets), []);
});
check('11: nothing scrolls two ways at 320 CSS pixels; wide tables scroll in a region with a name', async (tab) => {
  await tab.setViewportSize({ width: 320, height: 256 });
  assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0);
  assert.deepEqual(await tab.evaluate(faults.namelessScrolling), []);
});
check('20, 22: forced colours leave every word and edge; nothing moves for who asked for no motion', async (tab) => {
  await tab.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  assert.deepEqual(await tab.evaluate(faults.wordlessMarks), []);
  assert.deepEqual(await tab.evaluate(faults.edgeless), []);
  assert.deepEqual(await tab.evaluate(faults.moving), []);
});
check('21: a browser that wants dark pages changes nothing', async (tab) => {
  await tab.emulateMedia({ forcedColors: 'none', colorScheme: 'dark' });
  assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'normal');
});
check('24: on paper there is no navigation, heads of tables repeat, and it says who printed it when', async (tab, page) => {
  await tab.emulateMedia({ media: 'print', colorScheme: 'light' });
  for (const part of await tab.$$('.govuk-service-navigation, .govuk-pagination, .govuk-skip-link'))
    assert.equal(await part.isVisible(), false);
  assert.deepEqual(await tab.$$eval('main thead', (all) =>
    all.filter((e) => getComputedStyle(e).display !== 'table-header-group').map((e) => e.textContent)), []);
  if (page.as)
    assert.match(await tab.innerText('body'), /Printed by .+, \d/);
  assert.ok((await tab.pdf({ format: 'A4' })).length > 3000);
});
check('12: wide text spacing clips nothing', async (tab) => {
  await tab.emulateMedia({ media: 'screen' });
  await tab.setViewportSize({ width: 400, height: 800 });
  await tab.addStyleTag({ content: '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-bottom:2em!important}' });
  assert.deepEqual(await tab.evaluate(faults.clipped), []);
});

async function checkPage(t, page) {
  const address = await addressOf(page, rig);
  rig.names ??= rig.wordsOfNames(OFFICER);
  const tab = await open(rig, address, { as: page.as });
  tab.expected = page.status ?? 200;
  try {
    for (const { claim, run } of checks.slice(0, -1))
      await t.test(claim, () => run(tab, page));
  } finally {
    await tab.context().close();
  }
  // Styles of the test's own are let in only where nothing else is looked at.
  const free = await open(rig, address, { as: page.as, bypassCSP: true });
  await t.test(checks.at(-1).claim, () => checks.at(-1).run(free, page)).finally(() => free.context().close());
  const bare = await open(rig, address, { as: page.as, javaScriptEnabled: false });
  await t.test('5: the same without JavaScript', async () => {
    assert.equal(bare.answer.status(), page.status ?? 200);
    assert.ok((await bare.textContent('main')).trim().length > 20);
  }).finally(() => bare.context().close());
}

// Two at a time: the first half of the list beside the second. What is not said of the inner ones they
// would take from the outer: all pages at once.
describe('every page', { concurrency: true }, () => {
  const half = Math.ceil(list.length / 2);
  for (const [name, some] of [['the first half', list.slice(0, half)], ['the second half', list.slice(half)]])
    describe(name, { concurrency: 1 }, () => {
      for (const page of some)
        test(page.name, (t) => checkPage(t, page));
    });
});

// Types it, or chooses it where there is a list.
async function enter(tab, name, value) {
  const box = tab.locator(`main [name="${name}"]`).first();
  if (await box.evaluate((element) => element.tagName === 'SELECT'))
    await box.selectOption(value);
  else
    await box.fill(value);
}

// What is sent back with mistakes says so in the title, in a list that has the focus and leads to
// each field, and keeps what was typed.
for (const page of list.filter((each) => each.form))
  test(`4: ${page.name}, sent with mistakes`, async () => {
    const tab = await open(rig, await addressOf(page, rig), { as: page.as });
    try {
      for (const [name, value] of Object.entries(page.form.typed ?? {}))
        await enter(tab, name, value);
      const [answer] = await Promise.all([tab.waitForNavigation(),
        tab.click(`main form${page.form.within ?? ''} button[type=submit]${page.form.button ?? ''}`)]);
      assert.equal(answer.status(), 422);
      assert.match(await tab.title(), /^Error: /);
      assert.ok(await tab.evaluate(() => document.activeElement.classList.contains('govuk-error-summary')), 'the list has the focus');
      assert.deepEqual(await violations(tab), []);
      assert.deepEqual(await tab.evaluate(faults.errorFaults), []);
      for (const [name, value] of Object.entries(page.form.typed ?? {}))
        if (!page.form.forgotten?.includes(name))
          assert.equal(await tab.inputValue(`main [name="${name}"]`), value);
    } finally {
      await tab.context().close();
    }
  });

test('14: every page has a title of its own', () => {
  const named = PAGES.filter((page) => titles.has(page.name) && !/nothing|other|,/.test(page.name));
  assert.equal(new Set(named.map((page) => titles.get(page.name))).size, named.length,
    JSON.stringify(named.map((page) => [page.name, titles.get(page.name)])));
});

// What several roles see under one title is one route.
test('14: two routes never have one title', () => {
  const routes = new Map();
  for (const page of list.filter((each) => each.route && each.status === 200))
    routes.set(titles.get(page.name), (routes.get(titles.get(page.name)) ?? new Set()).add(page.route));
  assert.deepEqual([...routes].filter(([, some]) => some.size > 1).map(([title, some]) => [title, ...some]), []);
});

test('no link of a page leads nowhere', async () => {
  const seen = new Set();
  for (const page of list) {
    const tab = await open(rig, await addressOf(page, rig), { as: page.as });
    try {
      for (const href of await tab.$$eval('a[href]', (all) => all.map((a) => a.href))) {
        const bare = href.split('#')[0];
        if (!bare.startsWith(rig.base) || seen.has(bare + page.as) || seen.size > 400)
          continue;
        seen.add(bare + page.as);
        const answer = await tab.request.get(bare, { maxRedirects: 3 });
        assert.ok(answer.status() < 400, `${answer.status()} at ${bare}, from ${page.name}`);
      }
    } finally {
      await tab.context().close();
    }
  }
});

test('35: styles hold no font of gov.uk, no crest, no crown', async () => {
  const tab = await open(rig, '/sign-in');
  const sheets = await tab.$$eval('link[rel=stylesheet]', (all) => all.map((l) => l.href));
  assert.ok(sheets.length > 0);
  for (const sheet of sheets)
    assert.doesNotMatch(await (await tab.request.get(sheet)).text(), /GDS Transport|@font-face|govuk-crest|color-scheme/);
  assert.ok(await tab.evaluate(() => document.body.classList.contains('govuk-frontend-supported')));
  await tab.context().close();
});

test('26: a first visit is under 100 KB', async () => {
  const page = await open(rig, '/sign-in', { as: OFFICER });
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  wire.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; });
  await page.goto(rig.base + '/caseload', { waitUntil: 'load' });
  await page.waitForTimeout(200);
  await page.context().close();
  assert.ok(bytes > 1000 && bytes < 100e3, `${bytes} bytes`);
});
