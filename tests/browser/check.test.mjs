// Check a return: dropped in, checked, browsed and taken away; without a script, by keyboard.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { HEADER } from './pages.mjs';
import { start, violations, within } from './rig.mjs';

let rig;
before(async () => { rig = await start({ children: 60 }); });
after(async () => { await rig?.stop(); });

const MANAGER = 'manager';
const plain = { as: MANAGER, javaScriptEnabled: false };
const ROWS = HEADER + '100001,X,31/02/2012,WBRI,,0,\n100002,M,,,,,\n900009,X,01/01/2012,WBRI,,0,\n';
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const BUTTON = 'main form[enctype] button:text("Check the files")';

const drop = async (tab, input, files) => {
  const data = await tab.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, text] of all)
      transfer.items.add(new File([text], name, { type: 'text/csv' }));
    return transfer;
  }, files);
  const zone = tab.locator(`.govuk-file-upload-wrapper:has(input[name=${input}]) button`);
  await zone.dispatchEvent('dragenter', { dataTransfer: data });
  await zone.dispatchEvent('drop', { dataTransfer: data });
};

test('files that are dropped on the page are checked, and what was found is browsed', async () => {
  await within(rig, '/check', { as: MANAGER }, async (tab) => {
    await tab.check('[name=return][value=ssda903]');
    await drop(tab, 'files', [['header.csv', ROWS], ['reviews.csv', 'CHILD,DOB,REVIEW,REVIEW_CODE\n100001,,,PN1\n']]);
    assert.match(await tab.innerText('.govuk-file-upload-wrapper:has(input[name=files])'), /2 files chosen/);
    await Promise.all([tab.waitForURL(/\/check\/findings$/), tab.click(BUTTON)]);
    assert.match(await tab.innerText('main'), /SSDA903 return of 2025-26: header\.csv, reviews\.csv/);
    await tab.click('main th a:text-is("101")');
    assert.equal(await tab.locator('main tbody tr').count(), 2);
    await tab.click('text=By child');
    await tab.fill('#number', '900009');
    await Promise.all([tab.waitForURL(/child=\d+/), tab.keyboard.press('Enter')]);
    assert.ok(!tab.url().includes('900009'));
    assert.match(await tab.innerText('main'), /Findings of child 900009/);
    assert.deepEqual(tab.bad, []);
  });
});

test('it is done by keyboard and without a script', async () => {
  await within(rig, '/check', plain, async (tab) => {
    await tab.focus('[name=return][value=ssda903]');
    await tab.keyboard.press('Space');
    await tab.setInputFiles('input[name=files]', [file('header.csv', ROWS)]);
    await tab.focus(BUTTON);
    await Promise.all([tab.waitForURL(/findings/), tab.keyboard.press('Enter')]);
    await tab.focus('text=One by one');
    await Promise.all([tab.waitForURL(/by=finding/), tab.keyboard.press('Enter')]);
    await tab.selectOption('#rule', '102');
    await tab.focus('main button:text("Show these findings")');
    await Promise.all([tab.waitForURL(/rule=102/), tab.keyboard.press('Enter')]);
    const rows = await tab.$$eval('main tbody tr', (all) => all.map((row) => row.querySelector('th').textContent));
    assert.ok(rows.length > 0 && rows.every((rule) => rule === '102'), rows.join());
  });
});

test('what is taken away is a file of the same findings', async () => {
  await within(rig, '/check/findings', { as: MANAGER }, async (tab) => {
    const counts = await tab.$$eval('main table', (all) => [...all[0].querySelectorAll('tbody tr')].map((row) =>
      Number(row.lastElementChild.textContent)));
    for (const [words, name] of [['CSV', 'findings.csv'], ['JSON', 'findings.jsonl'], ['Excel', 'findings.xlsx']]) {
      const [download] = await Promise.all([tab.waitForEvent('download'), tab.click(`main ul a:has-text("${words}")`)]);
      assert.equal(download.suggestedFilename(), name);
      if (name === 'findings.csv') {
        const lines = fs.readFileSync(await download.path(), 'utf8').trim().split('\n');
        assert.equal(lines.length - 1, counts.reduce((sum, n) => sum + n, 0));
      }
    }
  });
});

test('a file that cannot be used is refused beside its field', async () => {
  await within(rig, '/check', { as: MANAGER }, async (tab) => {
    await tab.check('[name=return][value=ssda903]');
    await drop(tab, 'files', [['<img src=x onerror=1>.csv', 'A\n']]);
    await Promise.all([tab.waitForNavigation(), tab.click(BUTTON)]);
    assert.match(await tab.title(), /^Error: /);
    assert.match(await tab.innerText('.govuk-error-summary'), /<img src=x onerror=1>\.csv: this is the name of no file/);
    assert.equal(await tab.$('main img'), null);
    assert.equal(await tab.isChecked('[name=return][value=ssda903]'), true);
  });
});

test('on a small screen nothing is cut off, and the pages are accessible', async () => {
  await within(rig, '/check/findings?by=finding', { as: MANAGER, viewport: { width: 360, height: 800 } }, async (tab) => {
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.deepEqual(await violations(tab), []);
  });
});

test('what was found is kept when asked, and stands by who can put it right', async () => {
  await within(rig, '/check/findings', plain, async (tab) => {
    assert.match(await tab.innerText('main'), /The files themselves are not kept/);
    await Promise.all([tab.waitForURL(/\/quality\?return=ssda903&source=file$/), tab.click('main button:text("Keep the findings")')]);
    assert.match(await tab.innerText('main'), /files that were checked and kept/);
  });
});

test('finishing deletes it', async () => {
  await within(rig, '/check/findings', plain, async (tab) => {
    await Promise.all([tab.waitForURL(/done=yes/), tab.click('text=Finish, and delete what was found')]);
    await tab.goto(rig.base + '/check/findings');
    assert.match(tab.url(), /\/check\?ended=yes$/);
  });
});
