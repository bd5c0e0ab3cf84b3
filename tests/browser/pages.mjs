// pages.mjs - the pages that every check of pages.test.mjs runs over. Add yours here: a name, a path
// (or a function of the rig that finds one), `as` whom, `children` when it names any, `status` when it
// is not 200, and `form` when it has one: what is `typed` (by name) so that it comes back with
// mistakes, what of that is `forgotten` on purpose (a password), which `button` sends it and `within` which form it
// stands (each the end of a selector).
import fs from 'node:fs';
import path from 'node:path';
import { root, start, within } from './rig.mjs';

export const OFFICER = 'reviewing-officer';

const child = async (rig) => within(rig, '/caseload', { as: OFFICER }, (page) =>
  page.getAttribute('main tbody a[href^="/children/"]', 'href'));

// The same child, as a role sees it.
const childPage = (rest, as = OFFICER) => async (rig) => within(rig, '/caseload', { as }, async (page) =>
  await page.getAttribute('main tbody a[href^="/children/"]', 'href') + rest);

// A record of the same child.
const recordPage = (rest) => async (rig) => {
  const all = await childPage('/records', 'manager')(rig);
  return within(rig, all, { as: 'manager' }, async (page) =>
    (await page.getAttribute('main tbody a[href$="/history"]', 'href')).replace('/history', rest));
};
// The first link of a list, as a role sees it.
const firstLink = (list, link, as, rest = '') => async (rig) => within(rig, list, { as }, async (page) =>
  await page.getAttribute(link, 'href') + rest);

// A child of the list is restricted, and that is looked at again.
const restrictionPage = async (rig) => {
  const number = await within(rig, '/caseload?rows=100', { as: OFFICER }, (page) =>
    page.$$eval('main tbody tr', (all) => all.at(-1).textContent.match(/\d{6}/)[0]));
  return within(rig, '/manage/restrictions/add', { as: 'manager' }, async (page) => {
    await page.fill('[name=number]', number);
    await page.check('[name=what][value=restricted]');
    await page.fill('[name=reason]', 'A relative may look for the child');
    await Promise.all([page.waitForURL(/done=/), page.click('main form button')]);
    return page.getAttribute('main tbody a[href$="/review"]', 'href');
  });
};

// A meeting of the list that is still to come, to which somebody is invited as its minute-taker.
const invitedPage = (rest = '') => async (rig) => {
  const meeting = await within(rig, '/caseload?rows=100', { as: OFFICER }, async (page) => {
    for (const href of await page.$$eval('main tbody a[href^="/children/"]', (all) => all.map((a) => a.getAttribute('href')))) {
      await page.goto(`${rig.base}${href}/meetings`);
      for (const link of await page.$$eval('main a[href^="/meetings/"]', (all) => all.map((a) => a.getAttribute('href')))) {
        await page.goto(rig.base + link);
        if (await page.$('form[action$="/invite"]') && !/midway/i.test(await page.textContent('h1')))
          return link;
      }
    }
    throw new Error('no meeting of the list is still to come');
  });
  await within(rig, meeting, { as: OFFICER }, async (page) => {
    const taker = await page.$eval('select[name=person]', (all) =>
      [...all.options].find((one) => /Minute-taker/.test(one.text)).value);
    await page.selectOption('select[name=person]', taker);
    await page.check('[name=minutes]');
    await Promise.all([page.waitForNavigation(), page.click('form[action$="/invite"] button')]);
  });
  return meeting + rest;
};

// Where a meeting of somebody's list is booked.
const meetingPage = async (rig) => within(rig, '/caseload?rows=100', { as: OFFICER }, async (page) => {
  for (const href of await page.$$eval('main tbody a[href^="/children/"]', (all) => all.map((a) => a.getAttribute('href')))) {
    await page.goto(rig.base + href + '/clocks');
    const link = await page.$('a[href*="/book?rule="]');
    if (link)
      return link.getAttribute('href');
  }
  throw new Error('no meeting of the list waits to be booked');
});

// The made-up tracker, up to a page of it.
const trackerPage = (last) => async (rig) => within(rig, '/tracker', { as: OFFICER }, async (page) => {
  await Promise.all([page.waitForURL(/columns/), page.click('main form[action="/tracker/example"] button')]);
  await Promise.all([page.waitForURL(/read/), page.click('main form:last-of-type button')]);
  return last;
});

// A small return with faults, checked, and a page of what was found.
export const HEADER = 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n';
const checkPage = (last) => async (rig) => within(rig, '/check', { as: 'manager' }, async (page) => {
  await page.check('[name=return][value=ssda903]');
  await page.setInputFiles('input[name=files]', { name: 'header.csv', mimeType: 'text/csv',
    buffer: Buffer.from(HEADER + '100001,X,31/02/2012,WBRI,,0,\n100002,M,,,,,\n') });
  await Promise.all([page.waitForURL(/findings/), page.click('main form[enctype] button:text("Check the files")')]);
  return last;
});

// What a limit of the council's own would do, and then it is set.
const policyPage = (last) => async (rig) => within(rig, '/manage/policy/edit?rule=cla-review-second', { as: 'head' }, async (page) => {
  const have = await page.goto(rig.base + '/manage/policy/versions/1');
  if (have.status() === 200)
    return last;
  await page.goto(rig.base + '/manage/policy/edit?rule=cla-review-second');
  for (const [name, value] of Object.entries({ n: '2', 'from-day': '1', 'from-month': '1', 'from-year': '2026', reason: 'As agreed in May' }))
    await page.fill(`[name=${name}]`, value);
  await page.selectOption('[name=unit]', 'months');
  await page.click('main form button[value="set"]');
  await page.waitForSelector('text=Nothing is changed yet');
  await Promise.all([page.waitForURL(/done=policy/), page.click('main form button')]);
  return last;
});

export const PAGES = [
  { name: 'sign in', path: '/sign-in', form: { typed: { login: 'nobody' } } },
  { name: 'accessibility', path: '/accessibility' },
  { name: 'privacy', path: '/privacy' },
  { name: 'cookies', path: '/cookies' },
  { name: 'your account', path: '/account', as: OFFICER },
  { name: 'another password', path: '/account/password', as: OFFICER },
  { name: 'your passkeys', path: '/account/passkeys', as: OFFICER },
  { name: 'second step', path: '/account/second-factor', as: OFFICER },
  { name: 'recovery codes', path: '/account/recovery-codes', as: OFFICER },
  { name: 'council accounts', path: '/manage/council', as: 'administrator',
    form: { typed: { issuer: 'http://login.example', client: 'duly' } } },
  { name: 'kept text', path: '/account/kept', as: OFFICER },
  { name: 'working days', path: '/account/working-days', as: OFFICER,
    form: { typed: { 'Monday-from': 'early', 'Monday-to': '5pm' } } },
  { name: 'my calendar', path: '/account/calendar', as: OFFICER },
  { name: 'manage: working days', path: '/manage/working-days', as: 'manager' },
  { name: 'manage: rooms', path: '/manage/rooms', as: 'manager', form: { typed: { name: '', seats: 'many' } } },
  { name: 'manage: bank holidays', path: '/manage/calendar', as: 'administrator' },
  { name: 'manage: clocks that are over', path: '/manage/calendar/closed', as: 'manager', children: true },
  { name: 'manage: a room', path: firstLink('/manage/rooms', 'main tbody a', 'manager'), as: 'manager' },
  { name: 'my caseload', path: '/caseload', as: OFFICER, children: true },
  { name: 'my caseload, nothing found', path: '/caseload?state=met&page=1', as: OFFICER, children: true },
  { name: 'my week', path: '/week', as: OFFICER, children: true },
  { name: 'what changed', path: '/changes', as: OFFICER, children: true },
  { name: 'if I am away', path: '/week/away?asked=yes&first-day=1&first-month=12&first-year=2026&last-day=31&last-month=12&last-year=2026', as: OFFICER, children: true },
  { name: 'the ten numbers', path: '/monday', as: 'manager', children: true },
  { name: 'the months ahead', path: '/ahead', as: 'manager' },
  { name: 'one’s own months ahead', path: '/week/ahead', as: OFFICER },
  { name: 'data quality', path: '/quality', as: 'manager' },
  { name: 'data quality, counts alone', path: '/quality', as: 'scrutineer' },
  { name: 'what to put right', path: '/quality?list=all', as: OFFICER, children: true },
  { name: 'a finding', path: firstLink('/quality?list=all', 'main tbody a[href*="/findings/"]:not([href$="/field"])', OFFICER), as: OFFICER, children: true,
    form: { typed: { reason: ' ' } } },
  { name: 'children of a number', path: '/monday/list?number=children', as: 'manager', children: true },
  { name: 'duty search', path: '/duty', as: 'duty',
    form: { typed: { forename: 'Amara', 'born-year': '2015' } } },
  { name: 'restrictions', path: '/manage/restrictions', as: 'manager' },
  { name: 'add a restriction', path: '/manage/restrictions/add', as: 'manager',
    form: { typed: { number: 'none', reason: 'A risk' } } },
  { name: 'review a restriction', path: restrictionPage, as: 'manager', form: { typed: { note: 'Looked again' } } },
  { name: 'openings', path: '/manage/openings', as: 'manager' },
  { name: 'matters', path: '/matters', as: 'manager', children: true },
  { name: 'matters, without names', path: '/matters', as: 'scrutineer' },
  { name: 'disputes', path: '/matters?state=all', as: OFFICER, children: true },
  { name: 'a dispute', path: firstLink('/matters?kind=dispute', 'main tbody th a', 'manager'), as: 'manager', children: true },
  { name: 'a home', path: firstLink('/matters?kind=home', 'main tbody th a', 'head'), as: 'head' },
  { name: 'a dispute: what was recorded', path: firstLink('/matters?kind=dispute', 'main tbody th a', 'manager', '/records'), as: 'manager', children: true },
  { name: 'a dispute: closed', path: firstLink('/matters?kind=dispute', 'main tbody th a', 'manager', '/record/matter_step?kind=dispute-closed'),
    as: 'manager', children: true, form: { typed: { note: 'A meeting is set', 'on-day': '31', 'on-month': '2', 'on-year': '2026' } } },
  { name: 'what happened?', path: '/matters/new', as: 'manager' },
  { name: 'a complaint was received', path: '/matters/new?step=complaint-received', as: 'manager',
    form: { typed: { about: 'Late papers', 'on-day': '31', 'on-month': '2', 'on-year': '2026' } } },
  { name: 'search', path: '/search', as: OFFICER, children: true },
  { name: 'my tracker', path: '/tracker', as: OFFICER },
  { name: 'my tracker: columns', path: trackerPage('/tracker/columns'), as: OFFICER },
  { name: 'my tracker: read', path: trackerPage('/tracker/read'), as: OFFICER, children: true },
  { name: 'check a return', path: '/check', as: 'manager',
    form: { typed: { authority: 'Nowhere' }, within: '[enctype]' } },
  { name: 'what the check found', path: checkPage('/check/findings'), as: 'manager' },
  { name: 'what the check found: by child', path: checkPage('/check/findings?by=child'), as: 'manager', children: true },
  { name: 'what the check found: one by one', path: checkPage('/check/findings?by=finding'), as: 'manager', children: true },
  { name: 'a child', path: child, as: OFFICER, children: true },
  { name: 'a child: views', path: childPage('/views'), as: OFFICER, children: true },
  { name: 'a child: clocks', path: childPage('/clocks'), as: OFFICER, children: true },
  { name: 'a child: what if', path: childPage('/what-if'), as: OFFICER, children: true },
  { name: 'a child: timeline', path: childPage('/timeline'), as: OFFICER, children: true },
  { name: 'a child: people', path: childPage('/people'), as: OFFICER, children: true },
  { name: 'what somebody must not learn', path: childPage('/must-not-learn'), as: OFFICER, children: true },
  { name: 'cover, a manager', path: '/cover', as: 'manager' },
  { name: 'arrange cover', path: '/cover/new', as: OFFICER, children: true },
  { name: 'hand over', path: '/handover', as: OFFICER, children: true },
  { name: 'inbox', path: '/inbox', as: OFFICER },
  { name: 'ledger', path: '/manage/ledger', as: 'head' },
  { name: 'other councils', path: '/manage/users/beside', as: 'administrator' },
  { name: 'removals', path: '/manage/expunge', as: 'head' },
  { name: 'a child: who looked', path: childPage('/looks', 'manager'), as: 'manager', children: true },
  { name: 'a day for a meeting', path: meetingPage, as: OFFICER, children: true },
  { name: 'a child: meetings', path: childPage('/meetings'), as: OFFICER, children: true },
  { name: 'a meeting, and who is invited', path: invitedPage(), as: OFFICER, children: true,
    form: { typed: { person: '0' }, within: '[action$="/invite"]' } },
  { name: 'a meeting, as its minute-taker', path: invitedPage(), as: 'minute-taker', children: true },
  { name: 'the record of a meeting, drafted', path: invitedPage('/record'), as: 'minute-taker', children: true },
  { name: 'record something', path: childPage('/record', 'manager'), as: 'manager', children: true },
  { name: 'what the child said', path: childPage('/record/child_view', 'manager'), as: 'manager', children: true,
    form: { typed: { words: 'I want to see my sister.', 'said-day': '31', 'said-month': 'nov', 'said-year': '2026' } } },
  { name: 'a review held', path: childPage('/record/cla_review', 'manager'), as: 'manager', children: true,
    form: { typed: { 'held-day': '29', 'held-month': 'feb', 'held-year': '2026' } } },
  { name: 'who works with the child', path: childPage('/record/allocation', 'manager'), as: 'manager', children: true,
    form: { typed: { team: 'East' } } },
  { name: 'what was done', path: childPage('/steps', 'manager'), as: 'manager', children: true },
  { name: 'police protection', path: childPage('/record/child_step?kind=police-protection-began', 'manager'), as: 'manager',
    children: true, form: { typed: { 'on-day': '31', 'on-month': 'feb', 'on-year': '2026', 'on-time': '25:00' } } },
  { name: 'everything recorded', path: childPage('/records', 'manager'), as: 'manager', children: true },
  { name: 'a record and its history', path: recordPage('/history'), as: 'manager', children: true },
  { name: 'a record withdrawn', path: recordPage('/withdraw'), as: 'manager', children: true, form: {} },
  { name: 'your drafts', path: '/drafts', as: 'manager', children: true },
  { name: 'manage: users', path: '/manage/users', as: 'administrator' },
  { name: 'manage: add a user', path: '/manage/users/add', as: 'administrator',
    form: { typed: { name: 'Nia New', login: 'x' } } },
  { name: 'manage: a user', path: firstLink('/manage/users', 'main tbody a', 'administrator'), as: 'administrator' },
  { name: 'manage: stop a user', path: firstLink('/manage/users', 'main tbody a', 'administrator', '/disable'), as: 'administrator' },
  { name: 'manage: reset the second step', path: firstLink('/manage/users', 'main tbody a', 'administrator', '/second-factor'), as: 'administrator' },
  { name: 'manage: roles', path: '/manage/roles', as: 'administrator' },
  { name: 'manage: settings', path: '/manage/settings', as: 'administrator' },
  { name: 'manage: policy', path: policyPage('/manage/policy'), as: 'head' },
  { name: 'manage: policy, a version', path: policyPage('/manage/policy/versions/1'), as: 'head' },
  { name: 'manage: policy, a limit', path: '/manage/policy/edit?rule=core-group-first', as: 'head',
    form: { typed: { n: 'soon', title: 'Core group', 'from-day': '41', author: 'A Head', reason: '' }, button: '[value="set"]' } },
  { name: 'manage: policy, a setting', path: '/manage/policy/edit?setting=transfer-in-trigger', as: 'head' },
  { name: 'manage: branding', path: '/manage/branding', as: 'administrator' },
  { name: 'manage: backup', path: '/manage/backup', as: 'administrator' },
  { name: 'manage: allocation', path: '/manage/allocation', as: 'manager' },
  { name: 'manage: allocation, children', path: firstLink('/manage/allocation', 'main tbody a', 'manager'), as: 'manager', children: true },
  { name: 'manage: imports', path: '/manage/imports', as: 'custodian' },
  { name: 'manage: sources', path: '/manage/sources', as: 'custodian' },
  { name: 'manage: children to check', path: '/manage/sources/missing', as: 'custodian', children: true },
  { name: 'manage: sign that none is restricted', path: '/manage/sources/none-restricted', as: 'custodian' },
];

// Every address that anybody can come to: of each role, so many for each route, found by following
// links. For the long run.
export async function everyPage(most) {
  const rig = await start();
  const patterns = [...fs.readFileSync(path.join(root, 'src/web/routes.def'), 'utf8')
    .matchAll(/^ROUTE\(GET, "([^"]+)", (\w+)/gm)].map(([, pattern]) => pattern);
  const routeOf = (address) => patterns.find((pattern) =>
    new RegExp(`^${pattern.replace(/:word/g, '[a-z_]+').replace(/:\w+/g, '\\d+')}$`).test(address.split('?')[0]));
  const found = [];
  for (const role of Object.keys(rig.users)) {
    const waiting = ['/'], known = new Set(waiting), shown = new Map(), wanted = new Map();
    await within(rig, '/', { as: role }, async (tab) => {
      while (waiting.length > 0) {
        const address = waiting.shift();
        const answer = await tab.request.get(rig.base + address);
        const route = routeOf(new URL(answer.url()).pathname) ?? '?';
        if (!/html/.test(answer.headers()['content-type'] ?? ''))
          continue;
        const n = shown.get(route) ?? 0;
        if (n < most)
          found.push({ name: `${role}: ${address}`, path: address, as: role, status: answer.status(), route, children: /children/.test(route) });
        shown.set(route, n + 1);
        for (const [, href] of (await answer.text()).matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)/g)) {
          const next = href.replaceAll('&amp;', '&');
          const times = wanted.get(routeOf(next)) ?? 0;
          // Lists lead to hundreds of children: of each route a few, one after the other.
          if (!known.has(next) && times < 6 && !/sign-out|\.csv/.test(next)) {
            known.add(next);
            wanted.set(routeOf(next), times + 1);
            waiting.push(next);
          }
        }
      }
    });
  }
  await rig.stop();
  return found;
}

export async function addressOf(page, rig) {
  page.address ??= typeof page.path === 'function' ? await page.path(rig) : page.path;
  return page.address;
}
