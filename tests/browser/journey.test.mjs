// Somebody who has never seen it, with the demonstration's sign-in lines: the worst late review is found,
// why it is late is read, it is booked; a child's words are recorded, a colleague's leave is covered and
// the week is printed. Once by keyboard alone, once without JavaScript. It is seven weeks after the
// demonstration was made: reviews have fallen due that nobody has recorded.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { root, start } from './rig.mjs';

let rig, server, base, officer, colleague;

before(async () => {
  rig = await start({ children: 300, seed: 7 });
  await rig.stopServer();
  server = spawn(process.env.DULY ?? path.join(root, 'build/duly'),
    ['serve', '--data', rig.store, '--port', '0', '--now', '2027-01-11T09:00', '--freeze'],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((resolve) => server.stdout.once('data', (bytes) => resolve(String(bytes))));
  base = `http://127.0.0.1:${said.match(/localhost:(\d+)/)[1]}`;
  [officer, colleague] = fs.readFileSync(path.join(rig.store, 'demo-users.txt'), 'utf8').split('\n')
    .map((line) => line.trim().split(/\s+/)).filter(([role]) => role === 'reviewing-officer')
    .map(([, user, password]) => ({ user, password }));
});
after(async () => {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
  await rig.stop();
});

// What a person does with a keyboard and nothing else.
const byKeyboard = (tab) => {
  const reach = async (selector, most = 600) => {
    for (let i = 0; i < most; i++) {
      if (await tab.evaluate((wanted) => document.activeElement?.matches(wanted), selector))
        return;
      await tab.keyboard.press('Tab');
    }
    throw new Error(`${selector} is not reached by Tab`);
  };
  return {
    type: async (selector, words) => { await reach(selector); await tab.keyboard.type(words); },
    choose: async (name, value) => {
      await reach(`[name="${name}"]`);
      for (let i = 0; i < 12 && !await tab.isChecked(`[name="${name}"][value="${value}"]`); i++)
        await tab.keyboard.press(i === 0 ? 'Space' : 'ArrowDown');
      assert.ok(await tab.isChecked(`[name="${name}"][value="${value}"]`), `${name} ${value}`);
    },
    pick: async (selector, words) => {
      await reach(selector);
      const at = await tab.$$eval(`${selector} option`, (all, part) => all.findIndex((o) => o.textContent.includes(part)), words);
      for (let i = 0; i < at; i++)
        await tab.keyboard.press('ArrowDown');
    },
    open: async (selector) => { await reach(selector); await tab.keyboard.press('Enter'); },
    go: async (selector, to) => {
      await reach(selector);
      await Promise.all([tab.waitForURL(to), tab.keyboard.press('Enter')]);
    },
  };
};

// The same with a mouse.
const byMouse = (tab) => ({
  type: (selector, words) => tab.fill(selector, words),
  choose: (name, value) => tab.check(`[name="${name}"][value="${value}"]`),
  pick: async (selector, words) => {
    const label = await tab.$$eval(`${selector} option`, (all, part) => all.find((o) => o.textContent.includes(part)).textContent, words);
    await tab.selectOption(selector, { label });
  },
  open: (selector) => tab.click(selector),
  go: (selector, to) => Promise.all([tab.waitForURL(to), tab.click(selector)]),
});

async function date(hand, id, [day, month, year]) {
  await hand.type(`#${id}-day`, day);
  await hand.type(`#${id}-month`, month);
  await hand.type(`#${id}-year`, year);
}

async function signedIn(options, who, work) {
  const context = await rig.browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(240e3);
  const hand = options.javaScriptEnabled === false ? byMouse(tab) : byKeyboard(tab);
  try {
    await tab.goto(base + '/');
    await hand.type('[name=login]', who.user);
    await hand.type('[name=password]', who.password);
    await hand.go('main form button[type=submit]', (url) => !url.pathname.startsWith('/sign-in'));
    await work(tab, hand);
  } finally {
    await context.close();
  }
}

let shown = 0;
async function look(tab, what) {
  if (process.env.DULY_SHOTS)
    await tab.screenshot({ path: path.join(process.env.DULY_SHOTS, `journey-${++shown}-${what}.png`), fullPage: true });
}

async function journey(options, away) {
  // The colleague asks; nothing moves yet.
  let cover;
  await signedIn(options, colleague, async (tab, hand) => {
    await hand.go('nav a[href="/inbox"]', '**/inbox');
    await hand.go('main a[href="/cover"]', '**/cover');
    await hand.go('main a[href="/cover/new"]', '**/cover/new');
    await hand.choose('reason', 'leave');
    await date(hand, 'first', away.first);
    await date(hand, 'last', away.last);
    await hand.pick('#receiver', away.receiver);
    await hand.choose('which', 'all');
    await look(tab, 'asked');
    await hand.go('main button[type=submit]', /\/cover\/\d+/);
    cover = new URL(tab.url()).pathname;
  });
  await signedIn(options, officer, async (tab, hand) => {
    // The worst late review, from the page that they land on.
    assert.equal(new URL(tab.url()).pathname, '/caseload');
    await look(tab, 'caseload');
    await hand.open('.app-filter summary');
    await hand.choose('state', 'late-reviews');
    await hand.go('.app-filter button', /state=late-reviews/);
    await look(tab, 'late');
    const late = await tab.$$eval('main tbody tr', (rows) => rows.map((row) => row.cells[2].textContent));
    assert.ok(late.length > 0 && late.every((words) => /review/i.test(words)), late.join('; '));
    const days = await tab.$$eval('main tbody tr', (rows) => rows.map((row) => Number(/(\d+) days? overdue/.exec(row.textContent)[1])));
    assert.equal(days[0], Math.max(...days), 'the worst is the first');
    // The worst that nobody has booked: the journey before this one booked its own.
    const worst = await tab.$$eval('main tbody tr', (rows) => rows.findIndex((row) => !/Booked/.test(row.textContent)) + 1);
    await hand.go(`main tbody tr:nth-child(${worst}) th a[href^="/children/"]`, '**/children/*');
    const child = new URL(tab.url()).pathname;
    assert.match(await tab.textContent('main'), /days? overdue/);
    // Why.
    await hand.open('main details summary');
    const why = await tab.textContent('main details[open]');
    assert.match(why, /regulation|Regulations/);
    await look(tab, 'child');
    // Booked.
    await hand.go(`main a[href="${child}/record"]`, '**/record');
    await hand.choose('type', 'booking');
    await look(tab, 'record');
    await hand.go('main form button[type=submit]', /booking/);
    await hand.choose('meeting', 'cla-review');
    await hand.choose('thread', await tab.getAttribute('[name=thread]', 'value'));
    await date(hand, 'on', ['14', '1', '2027']);
    await look(tab, 'booking');
    // It is late: that is asked back, and said why.
    await hand.go('main form button[type=submit]:not([name])', /booking/);
    await tab.waitForSelector('[name=confirmed]');
    assert.match(await tab.textContent('main'), /this would be booked late/);
    await look(tab, 'asked');
    await hand.choose('confirmed', await tab.getAttribute('[name=confirmed]', 'value'));
    await hand.type('#reason', 'The school asked for January');
    await hand.go('main form button[type=submit]:not([name])', /saved=1/);
    await tab.goto(base + child);
    assert.match(await tab.textContent('main'), /Booked late for 14 January 2027/);
    // The child's words.
    const words = `I want to see my sister. ${away.mark}`;
    await hand.go(`main a[href="${child}/record/child_view"]`, /child_view/);
    await hand.type('#words', words);
    await date(hand, 'said', ['10', '1', '2027']);
    await hand.choose('method', await tab.getAttribute('[name=method]', 'value'));
    await look(tab, 'words');
    await hand.go('main form button[type=submit]:not([name])', /saved=1/);
    await tab.goto(base + child);
    assert.match(await tab.textContent('.app-voice'), new RegExp(away.mark));
    // The colleague's leave.
    await hand.go('nav a[href="/inbox"]', '**/inbox');
    await look(tab, 'inbox');
    await hand.go(`main a[href="${cover}"]`, '**' + cover);
    await look(tab, 'cover');
    await hand.go('main button[value=accept]', /done=accepted/);
    assert.match(await tab.textContent('main tbody'), /Accepted/);
    await hand.go('nav a[href="/caseload"]', '**/caseload');
    if (away.now)
      assert.match(await tab.textContent('main'), /Covering for/);
    // Who was heard yesterday says so in the list.
    await tab.goto(base + '/caseload?sort=-voice');
    assert.match(await tab.textContent('main tbody tr:first-child'), /10 January 2027/);
    // On paper.
    await hand.go('nav a[href="/week"]', '**/week');
    await look(tab, 'week');
    const pdf = (await tab.pdf({ format: 'A4' })).toString('latin1');
    assert.ok((pdf.match(/\/Type\s*\/Page[^s]/g) ?? []).length <= 2);
    assert.match(await tab.textContent('main'), /14 January 2027/);
  });
}

const receiver = () => officer.user.split('.')[0].replace(/^./, (letter) => letter.toUpperCase());

test('the first morning, without JavaScript', () => journey({ javaScriptEnabled: false }, { mark: 'First.', now: false,
  receiver: receiver(), first: ['18', '1', '2027'], last: ['22', '1', '2027'] }));

test('the first morning, by keyboard alone', () => journey({}, { mark: 'Second.', now: true,
  receiver: receiver(), first: ['11', '1', '2027'], last: ['15', '1', '2027'] }));
