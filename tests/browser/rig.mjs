// rig.mjs - a fresh made-up authority, a server with its clock held, and Chromium on it.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
export const NOW = '2026-11-20T09:00';
const duly = process.env.DULY ?? path.join(root, 'build/duly');

// How long anything is waited for. It is no measure of speed: a busy machine may need it.
const PATIENCE = 240e3;

// Where it serves, as its first line says it: the port is the system's choice.
function address(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /is serving (https?):\/\/localhost:(\d+)\n/.exec(said);
      if (found)
        resolve(`${found[1]}://127.0.0.1:${found[2]}`);
    });
    child.once('exit', () => reject(new Error('the server stopped before it answered')));
  });
}

// "role user password", one line for each role: what a demonstration leaves in demo-users.txt.
export function readUsers(printed) {
  const users = {};
  for (const line of printed.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words.length === 3 && /^[a-z-]+$/.test(words[0]))
      users[words[0]] ??= { user: words[1], password: words[2] };
  }
  return users;
}

export async function start({ children = 300, seed = 7 } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'duly-browser-'));
  const store = path.join(folder, 'store');
  execFileSync(process.env.DULY_DEMO ?? duly, ['demo', '--children', String(children), '--seed', String(seed),
    '--data', store, '--now', NOW], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = spawn(duly, ['serve', '--data', store, '--port', '0', '--now', NOW, '--freeze'],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const base = await address(server);
  const browser = await chromium.launch({
    timeout: PATIENCE,
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const rig = { base, store, browser, users: readUsers(fs.readFileSync(path.join(store, 'demo-users.txt'), 'utf8')), sessions: {} };
  // The words of the names on somebody's list: what no address and no title may hold.
  rig.wordsOfNames = (role) => within(rig, '/caseload', { as: role }, async (tab) => {
    const names = await tab.$$eval('main tbody a[href^="/children/"]', (links) => links.map((a) => a.textContent.trim()));
    return [...new Set(names.flatMap((name) => name.split(/[\s,]+/)).filter((word) => /^[A-Z][a-z]{2,}$/.test(word) &&
      !['Restricted'].includes(word)))];
  });
  // One process holds a store: who serves it again at another time stops this one first.
  rig.stopServer = async () => {
    if (server.exitCode !== null)
      return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await gone;
  };
  rig.stop = async () => {
    await browser.close();
    await rig.stopServer();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return rig;
}

export async function signIn(page, rig, role) {
  const { user, password } = rig.users[role];
  await page.goto(rig.base + '/sign-in');
  await page.fill('[name=login]', user);
  await page.fill('[name=password]', password);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/sign-in')),
    page.click('main form button[type=submit]')]);
}

async function patient(rig, options) {
  const context = await rig.browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  context.setDefaultNavigationTimeout(PATIENCE);
  return context;
}

// A role signs in once; its cookies serve every test, so the limit on attempts is never met.
async function cookies(rig, role) {
  if (!rig.sessions[role]) {
    rig.sessions[role] = (async () => {
      const context = await patient(rig);
      const page = await context.newPage();
      await signIn(page, rig, role);
      const state = await context.storageState();
      await context.close();
      return state;
    })();
  }
  return rig.sessions[role];
}

// A page of its own context, signed in when `as` says so. What the console complained of is in .bad.
export async function open(rig, address, { as = null, media = null, ...options } = {}) {
  const storageState = as ? await cookies(rig, as) : undefined;
  const context = await patient(rig, { locale: 'en-GB', timezoneId: 'Europe/London', storageState, ...options });
  const page = await context.newPage();
  page.bad = [];
  page.asked = [];
  page.on('console', (m) => {
    if (m.type() === 'error' || /Content Security Policy|Trusted|ElementError|InitError/i.test(m.text()))
      page.bad.push(m.text());
  });
  page.on('pageerror', (e) => page.bad.push(String(e)));
  page.on('request', (request) => page.asked.push(request.url()));
  if (media)
    await page.emulateMedia(media);
  page.answer = await page.goto(new URL(address, rig.base).href);
  return page;
}

export async function within(rig, address, options, work) {
  const page = await open(rig, address, options);
  try {
    return await work(page);
  } finally {
    await page.context().close();
  }
}

export async function violations(page) {
  // There is no frame in our pages: axe runs in the page itself and needs no second one. It gathers
  // what is wrong only, which is all that is read.
  const found = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' | ')}`);
}
