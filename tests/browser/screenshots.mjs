// screenshots.mjs - the pictures of the README: `node tests/browser/screenshots.mjs`. Fictional children.
import fs from 'node:fs';
import path from 'node:path';
import { addressOf, OFFICER, PAGES } from './pages.mjs';
import { root, start, within } from './rig.mjs';

const folder = path.join(root, 'docs/screenshots');
const rig = await start({ children: 2000, seed: 1 });
fs.mkdirSync(folder, { recursive: true });
try {
  for (const [name, file] of [['my caseload', 'caseload.png'], ['a child', 'child.png']]) {
    const address = await addressOf(PAGES.find((page) => page.name === name), rig);
    await within(rig, address, { as: OFFICER, viewport: { width: 1200, height: 1000 } }, (tab) =>
      tab.screenshot({ path: path.join(folder, file) }));
  }
} finally {
  await rig.stop();
}
