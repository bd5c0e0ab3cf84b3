// 32: each skeleton of a page looks as it did (pictures.txt), wide and narrow. What changed it on
// purpose: DULY_PICTURES=write node --test tests/browser/picture.test.mjs, and look at the difference.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { addressOf, PAGES } from './pages.mjs';
import { coloursOf, distance, lettersOf } from './picture.mjs';
import { open, root, start } from './rig.mjs';

// One page for each skeleton: a form of its own, words, a list, a form within Manage, a record's form.
const SKELETONS = ['sign in', 'cookies', 'manage: users', 'manage: add a user', 'what the child said'];
const WIDTHS = [1280, 360];
// Other fonts come to 0.16 at most.
const MOST = 0.22;
const file = path.join(root, 'tests/browser/pictures.txt');
const kept = new Map(fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trimEnd().split('\n\n').map((part) => {
  const [name, ...rows] = part.split('\n');
  return [name, rows];
}) : []);

let rig, blank;
before(async () => {
  rig = await start();
  blank = await (await rig.browser.newContext()).newPage();
});
after(async () => { await rig?.stop(); });

const same = (was, is) => distance(was, is) <= MOST && coloursOf(was) === coloursOf(is);

async function picture(name, width, style = '') {
  const page = PAGES.find((each) => each.name === name);
  const tab = await open(rig, await addressOf(page, rig), { as: page.as, bypassCSP: true, viewport: { width, height: 1000 } });
  try {
    if (style === 'none')
      await tab.evaluate(() => document.querySelectorAll('link[rel=stylesheet]').forEach((link) => link.remove()));
    else if (style)
      await tab.addStyleTag({ content: style });
    return await lettersOf(blank, await tab.screenshot());
  } finally {
    await tab.context().close();
  }
}

if (process.env.DULY_PICTURES === 'write')
  test('the pictures are written', async () => {
    const parts = [];
    for (const name of SKELETONS)
      for (const width of WIDTHS)
        parts.push([`${name}, ${width}`, ...await picture(name, width)].join('\n'));
    fs.writeFileSync(file, parts.join('\n\n') + '\n');
  });
else {
  for (const name of SKELETONS)
    for (const width of WIDTHS)
      test(`32: ${name} looks as it did at ${width} pixels`, async (t) => {
        const was = kept.get(`${name}, ${width}`), is = await picture(name, width);
        t.diagnostic(`${distance(was, is).toFixed(3)} apart`);
        assert.ok(same(was, is), `${distance(was, is).toFixed(3)} apart\n${is.join('\n')}`);
      });

  // Neither a machine's fonts nor their versions count.
  for (const font of ['serif', 'monospace'])
    test(`another font is no difference: ${font}`, async (t) => {
      for (const width of WIDTHS) {
        const was = kept.get(`manage: add a user, ${width}`);
        const is = await picture('manage: add a user', width, `* { font-family: ${font} !important; }`);
        t.diagnostic(`${distance(was, is).toFixed(3)} apart at ${width}`);
        assert.ok(same(was, is), `${distance(was, is).toFixed(3)} apart`);
      }
    });

  for (const [fault, style] of [
    ['no style sheet', 'none'],
    ['the bar on top is gone', 'header { display: none !important; }'],
    ['another brand', 'header, header * { background: #b10e1e !important; }'],
    ['the button is red', '.govuk-button { background: #d4351c !important; }'],
    ['everything pushed aside', 'main { margin-left: 70% !important; }'],
    ['fields across the page', '.govuk-input, .govuk-select { width: 100% !important; height: 90px !important; background: #505a5f !important; }'],
  ])
    test(`a fault is seen: ${fault}`, async (t) => {
      const seen = [];
      for (const width of WIDTHS) {
        const was = kept.get(`manage: add a user, ${width}`), is = await picture('manage: add a user', width, style);
        t.diagnostic(`${distance(was, is).toFixed(3)} apart at ${width}`);
        seen.push(!same(was, is));
      }
      assert.ok(seen.includes(true));
    });
}
