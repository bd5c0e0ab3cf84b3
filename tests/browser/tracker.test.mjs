// My own tracker: dropped in, corrected, read, and what is ticked kept; without a script, by keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFFICER } from './pages.mjs';
import { start, within } from './rig.mjs';

let rig;
before(async () => { rig = await start(); });
after(async () => { await rig?.stop(); });

const plain = { as: OFFICER, javaScriptEnabled: false };
const example = (tab) => tab.request.get(rig.base + '/tracker/example.csv').then((answer) => answer.body());

const upload = async (tab, name, buffer) => {
  await tab.setInputFiles('#file', { name, mimeType: 'text/csv', buffer });
  await tab.focus('main form[enctype] button');
  await Promise.all([tab.waitForLoadState('load'), tab.waitForNavigation(), tab.keyboard.press('Enter')]);
};

test('a tracker is read in three pages, by keyboard and without a script', async () => {
  await within(rig, '/tracker', plain, async (tab) => {
    await upload(tab, 'My list.csv', await example(tab));
    assert.match(tab.url(), /\/tracker\/columns$/);
    assert.equal(await tab.inputValue('#column-1'), 'name');
    await tab.focus('main form:last-of-type button');
    await Promise.all([tab.waitForURL(/\/tracker\/read$/), tab.keyboard.press('Enter')]);
    const words = await tab.innerText('.govuk-body-l');
    assert.match(words, /^\d+ children matched\. \d+ booked after the legal date, \d+ not booked, \d+ dates? disagrees? with the council’s data, \d+ actions? ha(s|ve) survived two reviews\./);
  });
});

test('each number leads to as many rows as it says', async () => {
  await within(rig, '/tracker/read', plain, async (tab) => {
    const links = await tab.$$eval('.govuk-body-l a', (all) => all.map((a) => [a.getAttribute('href'), parseInt(a.textContent.replace(',', ''), 10)]));
    assert.ok(links.length >= 4);
    for (const [href, number] of links) {
      const rows = await tab.$$eval(`h2${href} ~ div`, (all) => all[0].querySelectorAll('tbody tr').length);
      const again = href === '#matched' ? await tab.$$eval('h2#matched ~ p', (all) => all.length) : 0;
      assert.ok(again > 0 ? rows >= number : rows === number, `${href}: ${rows} rows for ${number}`);
    }
  });
});

test('what is ticked is kept, and is on the child’s page', async () => {
  await within(rig, '/tracker/read', plain, async (tab) => {
    await tab.focus('#booking');
    await tab.keyboard.press('Space');
    await tab.focus('#action');
    await tab.keyboard.press('Space');
    await tab.focus('main form[action="/tracker/keep"] button');
    await Promise.all([tab.waitForURL(/bookings=1&actions=1/), tab.keyboard.press('Enter')]);
    assert.match(await tab.innerText('.govuk-notification-banner'), /Kept: 1 booking and 1 action\./);
  });
});

test('a file that cannot be used is refused beside its field, and its name is only text', async () => {
  await within(rig, '/tracker', plain, async (tab) => {
    await upload(tab, '<img src=x onerror=1>.pdf', Buffer.from('%PDF-1.7'));
    assert.equal(tab.answer.status(), 200);
    assert.match(await tab.title(), /^Error: /);
    assert.equal(await tab.getAttribute('.govuk-error-summary a', 'href'), '#file');
    assert.equal(await tab.$('main img'), null);
    await tab.focus('main form[enctype] button');
    await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
    assert.match(await tab.innerText('.govuk-error-summary'), /Choose the file of your tracker/);
  });
});

test('no name of a child stands in an address, a title or the browser’s own store', async () => {
  const words = await rig.wordsOfNames(OFFICER);
  await within(rig, '/tracker/read', { as: OFFICER }, async (tab) => {
    const said = await tab.title() + tab.asked.join(' ');
    assert.ok(!words.some((word) => said.includes(word)));
    assert.equal(await tab.evaluate(() => localStorage.length + sessionStorage.length), 0);
  });
});

test('finishing deletes it', async () => {
  await within(rig, '/tracker/read', plain, async (tab) => {
    await Promise.all([tab.waitForURL(/done=yes/), tab.click('text=Finish, and delete the tracker')]);
    await tab.goto(rig.base + '/tracker/read');
    assert.match(tab.url(), /\/tracker\?ended=yes$/);
    assert.match(await tab.innerText('main'), /no longer here/);
  });
});
