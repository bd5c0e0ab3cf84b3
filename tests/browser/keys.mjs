// keys.mjs - what somebody does who has a keyboard, no mouse, and reads. Nothing is found by a selector:
// each stop is known by what the browser tells of it (its role, its name and the group that it is in),
// as a screen reader would say it, and is come to by Tab. At each stop the focus is looked for on the page.
import assert from 'node:assert/strict';
import { focused } from './faults.mjs';

const MOST = 600;

const plain = (words) => (words ?? '').replace(/\s+/g, ' ').trim();

const fits = (said, wanted) => wanted === undefined || (wanted instanceof RegExp ? wanted.test(said) : said === wanted);

export async function keys(tab) {
  const browser = await tab.context().newCDPSession(tab);
  await browser.send('Accessibility.enable');
  let stops = 0;

  // What is said of the element with the focus, and with `about` of the groups that it is in; null when the
  // focus is on none.
  async function heard(about = false) {
    const { result } = await browser.send('Runtime.evaluate', {
      expression: 'document.activeElement === document.body ? null : document.activeElement' });
    if (!result.objectId)
      return null;
    const { nodes } = await browser.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: about });
    const by = new Map(nodes.map((node) => [node.nodeId, node]));
    const self = nodes[0];
    const said = { role: self.role?.value, name: plain(self.name?.value), value: self.value?.value ?? '',
      checked: self.properties?.find((each) => each.name === 'checked')?.value.value === 'true', groups: [] };
    for (let node = by.get(self.parentId); node; node = by.get(node.parentId))
      if (/^(group|radiogroup|navigation|region|table|form)$/.test(node.role?.value) && node.name?.value)
        said.groups.push(plain(node.name.value));
    return said;
  }

  // The focus can be seen where it is.
  async function seen() {
    const stop = await tab.evaluate(focused);
    if (stop) {
      stops++;
      assert.ok(stop.seen, `the focus cannot be seen: ${stop.what}`);
      assert.ok(stop.inView, `the focus is outside of what is shown: ${stop.what}`);
    }
    return stop;
  }

  async function press(key) {
    await tab.keyboard.press(key);
    await seen();
  }

  // Tab, or Shift+Tab, until what is heard is what is wanted; within: the words of the row that it is in.
  async function reach(role, name, { group, row, back = false } = {}) {
    const passed = [];
    for (let i = 0, left = 0; i < MOST && left < 2; i++) {
      const stop = await heard();
      if (!stop)
        left++;
      else if (fits(stop.role, role) && fits(stop.name, name) &&
        (group === undefined || (await heard(true)).groups.some((each) => fits(each, group))) &&
        (row === undefined || row(await rowWords())))
        return stop;
      else
        passed.push(`${stop.role} "${stop.name}"`);
      await press(back ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`no ${role} "${name}" by Tab, only:\n${passed.join('\n')}\non ${await tab.title()}`);
  }

  // The words of the table's row that the focus is in.
  const rowWords = () => tab.evaluate(() => document.activeElement.closest('tr')?.innerText ?? '');

  const arrived = (key) => Promise.all([tab.waitForEvent('load'), tab.keyboard.press(key)]);

  return {
    get stops() { return stops; },
    heard, press, reach, rowWords,
    // The link that every page begins with: on to what the page is about.
    skip: async () => {
      await reach('link', 'Skip to main content');
      await tab.keyboard.press('Enter');
    },
    type: async (name, words, where) => {
      await reach(/^(textbox|spinbutton)$/, name, where);
      await tab.keyboard.press('Control+A');
      await tab.keyboard.type(words);
    },
    // A radio button: Tab leads to its group, arrows within.
    choose: async (group, name) => {
      let stop = await reach('radio', undefined, { group });
      const first = stop.name;
      while (!fits(stop.name, name)) {
        await press('ArrowDown');
        stop = await heard();
        assert.notEqual(stop.name, first, `${group} does not offer ${name}`);
      }
      if (!stop.checked)
        await press('Space');
      assert.ok((await heard()).checked, `${group}: ${name}`);
    },
    tick: async (name, where) => {
      await reach('checkbox', name, where);
      await press('Space');
      assert.ok((await heard()).checked, String(name));
    },
    pick: async (name, option, where) => {
      await reach(/combobox|listbox/i, name, where);
      for (let i = 0; i < 400 && !fits((await heard()).value, option); i++)
        await press('ArrowDown');
      assert.ok(fits((await heard()).value, option), `${name} does not offer ${option}`);
    },
    unfold: async (name) => {
      await reach('DisclosureTriangle', name);
      await press('Enter');
    },
    // A link, one that looks like a button, or a button: Enter, and the page that answers.
    go: async (name, where) => {
      await reach(/^(link|button)$/, name, where);
      await arrived('Enter');
    },
    date: async function (group, [day, month, year]) {
      await this.type('Day', day, { group });
      await this.type('Month', month, { group });
      await this.type('Year', year, { group });
    },
  };
}
