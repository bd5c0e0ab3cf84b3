// The rig's own test: a page with seeded faults must turn it red. Axe alone misses three of these.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import * as faults from './faults.mjs';
import { readUsers, violations } from './rig.mjs';

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'] });
});
after(async () => { await browser?.close(); });

const good = `<!doctype html><html lang="en"><head><title>A page</title></head><body><main id="m"><h1>A page</h1>
<form><label for="a">Name</label><input id="a" aria-describedby="h" style="height:40px"><p id="h">Hint</p><button style="min-width:44px;min-height:44px">Save</button></form>
<table><caption>Rows</caption><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
<tbody><tr><th scope="row">1</th><td>2</td></tr></tbody></table></main></body></html>`;

const seeded = [
  ['a label removed', (h) => h.replace('<label for="a">Name</label>', ''), violations],
  ['a language removed', (h) => h.replace(' lang="en"', ''), (p) => p.evaluate(faults.outlineFaults)],
  ['a second h1', (h) => h.replace('<form>', '<h1>Two</h1><form>'), (p) => p.evaluate(faults.outlineFaults)],
  ['a heading level skipped', (h) => h.replace('<form>', '<h4>Deep</h4><form>'), (p) => p.evaluate(faults.outlineFaults)],
  ['a hint that is not there', (h) => h.replace('id="h"', 'id="other"'), (p) => p.evaluate(faults.danglingReferences)],
  ['an id twice', (h) => h.replace('<p id="h">', '<p id="a">x</p><p id="h">'), (p) => p.evaluate(faults.danglingReferences)],
  ['a tiny button', (h) => h.replace('min-width:44px;min-height:44px', 'width:10px;height:10px;padding:0'), (p) => p.evaluate(faults.smallTargets)],
  ['a table without a caption', (h) => h.replace('<caption>Rows</caption>', ''), (p) => p.evaluate(faults.tableFaults)],
  ['a row without a header', (h) => h.replace('<th scope="row">1</th>', '<td>1</td>'), (p) => p.evaluate(faults.tableFaults)],
  ['pale grey text', (h) => h.replace('<p id="h">', '<p id="h" style="color:#ccc">'), violations],
];

async function on(html, check) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.setContent(html);
  const found = await check(page);
  await context.close();
  return found;
}

for (const [fault, spoil, check] of seeded)
  test(`the checks find ${fault}`, async () => {
    assert.notEqual(spoil(good), good);
    assert.deepEqual(await on(good, check), []);
    assert.notDeepEqual(await on(spoil(good), check), []);
  });

test('users are read from the lines of a demonstration', () => {
  assert.deepEqual(readUsers('a store\nchair anna.b correct-horse\nmanager c d\n'),
    { chair: { user: 'anna.b', password: 'correct-horse' }, manager: { user: 'c', password: 'd' } });
});
