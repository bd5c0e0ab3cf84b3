// A day for a meeting is chosen by keyboard alone, without JavaScript and on a narrow screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addressOf, OFFICER, PAGES } from './pages.mjs';
import { start, within } from './rig.mjs';

let rig, address;
before(async () => {
  rig = await start();
  address = await addressOf(PAGES.find((page) => page.name === 'a day for a meeting'), rig);
});
after(async () => { await rig?.stop(); });

// From the top to what the selector finds, by Tab alone.
async function tabTo(tab, selector) {
  for (let n = 0; n < 60; n++) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate((wanted) => document.activeElement.matches(wanted), selector))
      return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

async function book(tab) {
  await tabTo(tab, '[name=pick]');
  await tab.keyboard.press('Space');
  const day = await tab.inputValue('[name=pick]:checked');
  await tabTo(tab, 'main form button');
  await Promise.all([tab.waitForURL(/record\/booking/), tab.keyboard.press('Enter')]);
  const [year, month, date] = day.split('-').map(Number);
  assert.deepEqual([await tab.inputValue('[name=on-year]'), await tab.inputValue('[name=on-month]'),
    await tab.inputValue('[name=on-day]')].map(Number), [year, month, date]);
  assert.match(await tab.inputValue('[name=starts]'), /^\d\d:\d\d$/);
}

test('a day is chosen by keyboard alone, and the form is filled with it', async () => {
  await within(rig, address, { as: OFFICER }, book);
});

test('the same without JavaScript at 360 pixels, to the saved booking and its file', async () => {
  await within(rig, address, { as: OFFICER, javaScriptEnabled: false, viewport: { width: 360, height: 740 } }, async (tab) => {
    await book(tab);
    await Promise.all([tab.waitForURL(/history/), tab.click('main form button[type=submit] >> nth=0')]);
    assert.match(await tab.textContent('main'), /The record is saved/);
    assert.equal(await tab.$$eval('a[href$="/meeting.ics"]', (all) => all.length), 1);
    await tab.goto(rig.base + address);
    assert.match(await tab.textContent('main'), /In time, for|booked late/);
  });
});

test('continuing without a day says so at the choice', async () => {
  await within(rig, address, { as: OFFICER, javaScriptEnabled: false }, async (tab) => {
    await tab.click('main form button');
    assert.match(await tab.title(), /^Error: /);
    await tab.click('.govuk-error-summary a');
    assert.match(tab.url(), /#pick$/);
  });
});

test('the months ahead are drawn, said in words and in a table, and all of it prints', async () => {
  await within(rig, '/ahead', { as: 'manager' }, async (tab) => {
    const [title, said] = await tab.$eval('svg[role=img]', (svg) => svg.getAttribute('aria-labelledby').split(' ')
      .map((id) => document.getElementById(id).textContent));
    assert.match(title, /by week/);
    assert.match(said, /\d+ meetings are due in 26 weeks/);
    const drawn = await tab.$$eval('.app-plot__count', (all) => all.reduce((sum, one) => sum + Number(one.textContent), 0));
    assert.equal(drawn, Number(said.match(/\d+/)[0]));
    await tab.emulateMedia({ media: 'print' });
    assert.equal(await tab.isVisible('svg[role=img]'), true);
    assert.equal(await tab.$eval('svg[role=img]', (svg) => svg.getBoundingClientRect().width <= document.documentElement.clientWidth), true);
  });
});
