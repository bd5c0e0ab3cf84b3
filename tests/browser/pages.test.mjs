// Every page of pages.mjs, under every check that holds for any page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as faults from './faults.mjs';
import { addressOf, OFFICER, PAGES } from './pages.mjs';
import { open, start, violations, within } from './rig.mjs';

let rig;
before(async () => { rig = await start(); });
after(async () => { await rig?.stop(); });

function each(claim, options, check) {
  for (const page of PAGES)
    test(`${page.name}: ${claim}`, async () => {
      const address = await addressOf(page, rig);
      await within(rig, address, { as: page.as, ...options }, (tab) => check(tab, page));
    });
}

each('no violation of WCAG 2.2 AA, and nothing on the console', {}, async (tab) => {
  assert.equal(tab.answer.status(), 200);
  assert.deepEqual(await violations(tab), []);
  assert.deepEqual(tab.bad, []);
});

each('one h1, one main, headings in order, a language', {}, async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.outlineFaults), []);
});

each('every reference to an id finds it', {}, async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.danglingReferences), []);
});

each('tables have captions, scopes and row headers', {}, async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.tableFaults), []);
});

each('nothing scrolls two ways at 320 CSS pixels', { viewport: { width: 320, height: 256 } }, async (tab) => {
  assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0);
});

each('wide text spacing clips nothing', { viewport: { width: 400, height: 800 }, bypassCSP: true }, async (tab) => {
  await tab.addStyleTag({ content: '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-bottom:2em!important}' });
  assert.deepEqual(await tab.evaluate(faults.clipped), []);
});

each('targets are 24 by 24 CSS pixels', { viewport: { width: 360, height: 740 } }, async (tab) => {
  assert.deepEqual(await tab.evaluate(faults.smallTargets), []);
});

each('by keyboard: focus is seen at every stop, in order, and never trapped', {}, async (tab) => {
  await tab.keyboard.press('Tab');
  assert.match(await tab.evaluate(() => document.activeElement.className), /govuk-skip-link/);
  let last = -1, stops = 0;
  for (let stop = await tab.evaluate(faults.focused); stop && stops < 300; stops++) {
    assert.ok(stop.seen, `no focus style: ${stop.what}`);
    assert.ok(stop.inView, `out of view: ${stop.what}`);
    if (stop.at <= last)
      break;
    last = stop.at;
    await tab.keyboard.press('Tab');
    stop = await tab.evaluate(faults.focused);
  }
  assert.ok(stops < 300, 'focus never leaves the page');
});

each('the skip link leads to the main part', {}, async (tab) => {
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => document.activeElement?.id === 'main-content');
});

each('strict headers, no inline style or script, no other host', {}, async (tab, page) => {
  const headers = tab.answer.headers();
  const policy = headers['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(headers['referrer-policy'], /no-referrer|same-origin/);
  if (page.children)
    assert.match(headers['cache-control'], /no-store/);
  const html = await tab.content();
  assert.doesNotMatch(html, /\sstyle="|\son[a-z]+="|<script(?![^>]*\ssrc=)[^>]*>/);
  assert.deepEqual(tab.asked.filter((url) => !url.startsWith(rig.base) && !url.startsWith('data:')), []);
});

each('the same without JavaScript', { javaScriptEnabled: false }, async (tab) => {
  assert.equal(tab.answer.status(), 200);
  assert.ok((await tab.textContent('main')).trim().length > 20);
});

each('forced colours leave every word', { forcedColors: 'active' }, async (tab) => {
  for (const tag of await tab.$$('.govuk-tag'))
    assert.notEqual((await tag.textContent()).trim(), '');
});

each('nothing moves for those who asked for no motion', { reducedMotion: 'reduce' }, async (tab) => {
  const moving = await tab.$$eval('*', (all) => all.filter((e) => {
    const style = getComputedStyle(e);
    return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01;
  }).map((e) => e.outerHTML.slice(0, 80)));
  assert.deepEqual(moving, []);
});

each('on paper: no navigation, and a PDF is made', { media: { media: 'print' } }, async (tab) => {
  for (const part of await tab.$$('.govuk-service-navigation, .govuk-pagination, .govuk-skip-link'))
    assert.equal(await part.isVisible(), false);
  assert.ok((await tab.pdf({ format: 'A4' })).length > 3000);
});

test('every page has a title of its own, that ends with the service and the council', async () => {
  const titles = new Set();
  for (const page of PAGES.filter((p) => !/nothing/.test(p.name)))
    await within(rig, await addressOf(page, rig), { as: page.as }, async (tab) => {
      assert.match(await tab.title(), / - Duly - \S/);
      titles.add(await tab.title());
    });
  assert.equal(titles.size, PAGES.filter((p) => !/nothing/.test(p.name)).length);
});

test('no address or title holds a name', async () => {
  const names = await within(rig, '/caseload', { as: OFFICER }, (tab) =>
    tab.$$eval('main tbody a[href^="/children/"]', (links) => links.map((a) => a.textContent.trim())));
  assert.ok(names.length > 0);
  const words = new Set(names.flatMap((name) => name.split(/[\s,]+/)).filter((word) => /^[A-Z][a-z]{2,}$/.test(word)));
  for (const page of PAGES)
    await within(rig, await addressOf(page, rig), { as: page.as }, async (tab) => {
      const hrefs = await tab.$$eval('a[href], form[action]', (all) => all.map((e) => e.getAttribute('href') ?? e.getAttribute('action')));
      for (const text of [...hrefs, tab.url(), await tab.title()])
        for (const word of words)
          assert.ok(!text.includes(word), `"${word}" in ${text}`);
    });
});

test('no link of a page leads nowhere', async () => {
  const seen = new Set();
  for (const page of PAGES)
    await within(rig, await addressOf(page, rig), { as: page.as }, async (tab) => {
      const hrefs = await tab.$$eval('a[href]', (all) => all.map((a) => a.href));
      for (const href of hrefs) {
        const bare = href.split('#')[0];
        if (!bare.startsWith(rig.base) || seen.has(bare + page.as) || seen.size > 150)
          continue;
        seen.add(bare + page.as);
        const answer = await tab.request.get(bare, { maxRedirects: 3 });
        assert.ok(answer.status() < 400, `${answer.status()} at ${bare}, from ${page.name}`);
      }
    });
});

test('styles hold no font of gov.uk, no crest, no crown', async () => {
  await within(rig, '/sign-in', {}, async (tab) => {
    const sheets = await tab.$$eval('link[rel=stylesheet]', (all) => all.map((l) => l.href));
    assert.ok(sheets.length > 0);
    for (const sheet of sheets)
      assert.doesNotMatch(await (await tab.request.get(sheet)).text(), /GDS Transport|@font-face|govuk-crest/);
    assert.ok(await tab.evaluate(() => document.body.classList.contains('govuk-frontend-supported')));
  });
});

test('a first visit is under 100 KB', async () => {
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
