// Somebody who has never seen it, with the demonstration's sign-in lines: the worst late review is found,
// why it is late is read, it is booked; a child's words are recorded, a colleague's leave is covered and
// the week is printed. By keyboard alone and without JavaScript, in one walk that begins with one address:
// every step after it is found by what is read on the page (keys.mjs). It is seven weeks after the
// demonstration was made: reviews have fallen due that nobody has recorded.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { keys } from './keys.mjs';
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
    .map(([, user, password]) => ({ user, password, name: user.split(/[.-]/).map((part) =>
      part.replace(/^./, (letter) => letter.toUpperCase())).join(' ') }));
});
after(async () => {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
  await rig.stop();
});

const main = (tab) => tab.innerText('main');
const heading = (tab) => tab.innerText('h1');
const daysLate = (words) => Number(/(\d+) days? overdue/.exec(words)?.[1] ?? -1);

async function signIn(tab, hand, who) {
  await hand.type('Sign-in name', who.user);
  await hand.type('Password', who.password);
  await hand.go('Sign in');
  assert.equal(await heading(tab), 'My caseload');
}

let shown = 0;
async function look(tab, what) {
  if (process.env.DULY_SHOTS)
    await tab.screenshot({ path: path.join(process.env.DULY_SHOTS, `journey-${++shown}-${what}.png`), fullPage: true });
}

// What paper shows, as a program reads it that knows nothing of the page.
async function printed(tab) {
  const file = path.join(path.dirname(rig.store), 'week.pdf');
  await tab.pdf({ format: 'A4', path: file });
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}

// The colleague asks for cover from today; nothing moves yet.
async function asksForCover(tab, hand) {
  await signIn(tab, hand, colleague);
  await hand.go('Inbox');
  await hand.go('Cover and handover');
  await hand.go('Arrange cover for my own leave');
  await hand.choose('Why', 'Leave');
  await hand.date('First day away', ['11', '1', '2027']);
  await hand.date('Last day away', ['15', '1', '2027']);
  await hand.pick('Who takes the children', new RegExp(`^${officer.name.split(' ')[0]} `));
  await hand.choose('Which children', /^All \d+/);
  await look(tab, 'asked');
  await hand.go('Propose this cover');
  assert.match(await main(tab), /Waiting|Asked|wait/i);
  await hand.go('Sign out');
}

async function findsTheWorst(tab, hand) {
  await hand.skip();
  await hand.unfold('Choose filters');
  await hand.choose('Next clock', 'Late reviews');
  await look(tab, 'filter');
  await hand.go('Apply filters');
  await look(tab, 'late');
  await hand.skip();
  const { name } = await hand.reach('link', undefined, { row: (words) => daysLate(words) >= 0 });
  const worst = await hand.rowWords();
  const all = (await main(tab)).split('\n').map(daysLate).filter((days) => days >= 0);
  assert.match(worst, /review/i);
  assert.ok(all.length > 1 && daysLate(worst) === Math.max(...all), `${worst} is not the worst of ${all}`);
  await hand.go(name);
  assert.match(await heading(tab), new RegExp(name));
  return { name, days: daysLate(worst) };
}

async function readsWhy(tab, hand, child) {
  await hand.skip();
  await hand.unfold(/^Why this date .*review/i);
  const words = await main(tab);
  assert.match(words, new RegExp(`${child.days} days overdue`));
  assert.match(words, /regulation \d+|Regulations/);
  await look(tab, 'child');
}

async function books(tab, hand, child) {
  await hand.go('Record something');
  await hand.choose('What is it?', 'A meeting is booked');
  await hand.go('Continue');
  await look(tab, 'booking');
  await hand.choose('Meeting', 'Review of a looked after child');
  await hand.choose(/^Period/, /^Looked after since/);
  await hand.date('Date it is booked for', ['14', '1', '2027']);
  await hand.go('Save record');
  // It is late: that is asked back, and said why.
  assert.match(await main(tab), /this would be booked late/);
  await look(tab, 'asked-back');
  await hand.tick(/./);
  await hand.type('Why is it booked all the same?', 'The school asked for January');
  await hand.go('Save record');
  assert.match(await main(tab), /The record is saved/);
  await hand.go("The child's page");
  assert.match(await heading(tab), new RegExp(child.name));
  assert.match(await main(tab), /Booked late for 14 January 2027/);
}

// A first attempt that forgets the day is sent back with what was typed: the list of what is wrong
// leads to the box.
async function recordsTheWords(tab, hand, child) {
  const words = `I want to see my sister, and "Biscuit" & his kennel.`;
  await hand.go('Record what the child says');
  await hand.type('What the child said', words);
  await hand.choose('How the child said it', 'In the room');
  await hand.go('Save record');
  assert.match(await tab.title(), /^Error: /);
  await look(tab, 'forgotten');
  await hand.reach('link', 'Enter the date on which the child said it');
  await tab.keyboard.press('Enter');
  await hand.type('Day', '10', { group: 'When the child said it' });
  await hand.type('Month', '1', { group: 'When the child said it' });
  await hand.type('Year', '2027', { group: 'When the child said it' });
  await hand.press('Shift+Tab');
  assert.equal((await hand.heard()).value, '1', 'back to the month');
  await look(tab, 'words');
  await hand.go('Save record');
  assert.match(await main(tab), /The record is saved/);
  await hand.go("The child's page");
  assert.ok((await main(tab)).includes(words), await main(tab));
}

async function coversTheLeave(tab, hand) {
  await hand.go('Inbox');
  await look(tab, 'inbox');
  await hand.go('Children wait for your answer');
  assert.match(await main(tab), new RegExp(colleague.name.split(' ')[0]));
  await look(tab, 'cover');
  await hand.go(/^Accept/);
  assert.match(await main(tab), /Accepted/);
  await hand.go('My caseload');
  assert.match(await main(tab), /Covering for/);
}

test('the first morning, by keyboard alone and without JavaScript', async () => {
  const context = await rig.browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  const tab = await context.newPage();
  tab.setDefaultTimeout(240e3);
  const hand = await keys(tab);
  try {
    await tab.goto(base + '/');
    await asksForCover(tab, hand);
    await signIn(tab, hand, officer);
    await look(tab, 'caseload');
    const child = await findsTheWorst(tab, hand);
    await readsWhy(tab, hand, child);
    await books(tab, hand, child);
    await recordsTheWords(tab, hand, child);
    await coversTheLeave(tab, hand);
    // Who was heard yesterday says so in the list.
    await hand.go(/^Child.s words/);
    await hand.go(/^Child.s words/);
    await hand.reach('link', child.name, { row: (words) => /10 January 2027/.test(words) });
    await hand.go('My week');
    await look(tab, 'week');
    const paper = await printed(tab);
    assert.match(paper, new RegExp(`${child.name}[^]*14 January 2027`));
    assert.doesNotMatch(paper, /Sign out|Skip to main/, 'what is for the screen is not on the paper');
    assert.ok(hand.stops > 200, `${hand.stops} stops were looked at`);
  } finally {
    await context.close();
  }
});
