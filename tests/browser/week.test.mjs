// My week: on one sheet of A4, whatever the caseload; and the weeks ahead as a table.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { OFFICER } from './pages.mjs';
import { open, root, start, within } from './rig.mjs';

let rig;
before(async () => { rig = await start({ children: 1000, seed: 1 }); });
after(async () => { await rig?.stop(); });

const pages = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;

// The same authority half a year on, when nobody has recorded anything and everybody is overdue.
async function later(work) {
  const server = spawn(process.env.DULY ?? path.join(root, 'build/duly'),
    ['serve', '--data', rig.store, '--port', '0', '--now', '2027-06-01T09:00', '--freeze'],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((resolve) => server.stdout.once('data', (bytes) => resolve(String(bytes))));
  const port = said.match(/localhost:(\d+)/)[1];
  try {
    return await work({ ...rig, base: `http://127.0.0.1:${port}`, sessions: {} });
  } finally {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await gone;
  }
}

test('my week prints on one sheet of A4', async () => {
  await within(rig, '/week', { as: OFFICER }, async (tab) => {
    assert.ok(await tab.$$eval('.app-week tbody tr', (all) => all.length) > 10);
    assert.equal(pages(await tab.pdf({ format: 'A4' })), 1);
  });
});

test('the weeks ahead are on the screen and not on the paper, without JavaScript', async () => {
  await within(rig, '/week?weeks=4', { as: OFFICER, javaScriptEnabled: false }, async (tab) => {
    assert.equal(await tab.$$eval('th[scope=rowgroup]', (all) => all.length), 4);
    await tab.emulateMedia({ media: 'print' });
    assert.equal(await tab.isVisible('th[scope=rowgroup]'), false);
    await tab.emulateMedia({ media: 'screen' });
    await Promise.all([tab.waitForURL(/weeks=13/), tab.click('a[href="/week?weeks=13"]')]);
    assert.equal(await tab.$$eval('th[scope=rowgroup]', (all) => all.length), 13);
  });
});

test('a full caseload, every child overdue, still prints on one sheet', async () => {
  await rig.stopServer();
  await later(async (then) => {
    const tab = await open(then, '/week', { as: OFFICER });
    const rows = await tab.$$eval('.app-week tbody tr:not(:has([scope=rowgroup]))', (all) =>
      all.filter((row) => !row.closest('.app-no-print')).length);
    assert.ok(rows >= 55, `${rows} children are not a full caseload`);
    assert.equal(pages(await tab.pdf({ format: 'A4' })), 1);
    await tab.context().close();
  });
});
