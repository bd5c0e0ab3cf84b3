// faults.mjs - what axe does not see: run in the page, each returns what is wrong, as text.

// Every for, href="#", aria-*by, list, headers and form names an element that is there.
export function danglingReferences() {
  const wrong = [];
  const lists = ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-owns', 'headers'];
  for (const name of ['for', 'list', 'form', ...lists])
    for (const element of document.querySelectorAll(`[${name}]`))
      for (const id of element.getAttribute(name).split(/\s+/).filter(Boolean))
        if (!document.getElementById(id))
          wrong.push(`${element.localName} ${name}="${id}"`);
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (link.getAttribute('href').length > 1 && !document.getElementById(link.getAttribute('href').slice(1)))
      wrong.push(`a href="${link.getAttribute('href')}"`);
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of ids.filter((id, at) => ids.indexOf(id) !== at))
    wrong.push(`id "${id}" is there twice`);
  return wrong;
}

// What is pressed is at least 24 by 24 CSS pixels, by its label too; a lower summary on a line of its
// own is as easy to hit, when nothing else is pressed within 24 pixels of its middle.
export function smallTargets() {
  const all = [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, a[href]')]
    .filter((element) => element.getBoundingClientRect().width > 0);
  const alone = (element, box) => all.every((other) => {
    const near = other.getBoundingClientRect();
    return other === element || near.bottom < box.top + box.height / 2 - 12 || near.top > box.top + box.height / 2 + 12 ||
      near.right < box.left || near.left > box.right;
  });
  return all.filter((element) => {
    const box = element.getBoundingClientRect();
    const label = element.id === '' ? null : document.querySelector(`label[for="${CSS.escape(element.id)}"]`);
    return element.localName !== 'a' && (box.width < 24 || box.height < 24) &&
      !(label && label.getBoundingClientRect().height >= 24) &&
      !(element.localName === 'summary' && box.height >= 16 && alone(element, box));
  }).map((element) => element.outerHTML.slice(0, 90));
}

export function tableFaults() {
  const wrong = [];
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption?.textContent.trim())
      wrong.push('a table without a caption');
    if (table.querySelector('th:not([scope])'))
      wrong.push('a th without scope');
    for (const cell of table.querySelectorAll('.govuk-table__cell--numeric'))
      if (!/right|end/.test(getComputedStyle(cell).textAlign)) {
        wrong.push('a number that does not stand to the right');
        break;
      }
    for (const row of table.tBodies[0]?.rows ?? [])
      if (row.cells.length > 1 && !row.querySelector('th[scope=row]')) {
        wrong.push('a row without its header');
        break;
      }
  }
  return wrong;
}

export function outlineFaults() {
  const wrong = [];
  if (document.documentElement.lang !== 'en')
    wrong.push('no lang');
  for (const [name, n] of [['h1', 1], ['main', 1]])
    if (document.querySelectorAll(name).length !== n)
      wrong.push(`${document.querySelectorAll(name).length} ${name}`);
  let before = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const level = Number(heading.localName[1]);
    if (before && level > before + 1)
      wrong.push(`h${before} then h${level}: ${heading.textContent.trim()}`);
    before = level;
  }
  if (document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])'))
    wrong.push('a positive tabindex');
  return wrong;
}

// Text that its box cuts off.
export function clipped() {
  const wrong = [];
  for (const box of document.querySelectorAll('main *')) {
    if (getComputedStyle(box).overflow !== 'hidden' || box.scrollHeight <= box.clientHeight + 1 || /hidden/.test(box.className))
      continue;
    const bottom = box.getBoundingClientRect().bottom + 1;
    const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      if (words.currentNode.textContent.trim() && range.getBoundingClientRect().bottom > bottom) {
        wrong.push(words.currentNode.textContent.trim().slice(0, 60));
        break;
      }
    }
  }
  return wrong;
}

// The focused element: seen, in view, with a focus style; null when focus left the page.
export function focused() {
  const element = document.activeElement;
  if (!element || element === document.body)
    return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    what: element.outerHTML.slice(0, 90),
    at: [...document.querySelectorAll('*')].indexOf(element),
    seen: (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none',
    inView: box.bottom > 0 && box.top < innerHeight,
  };
}

// A tag, a mark or a bar without words says nothing to who does not see its colour.
export function wordlessMarks() {
  return [...document.querySelectorAll('.govuk-tag, .moj-badge, .app-mark, [class*="app-state"]')]
    .filter((element) => element.textContent.trim() === '').map((element) => element.outerHTML.slice(0, 90));
}

// A date shown as due stands beside its reason, or in a row that leads to it.
export function datesWithoutWhy() {
  return [...document.querySelectorAll('main .app-clock')].filter((clock) => {
    const row = clock.closest('tr, li, section, .govuk-summary-list__row, .app-clocks__item') ?? clock.parentElement;
    const why = [...row.querySelectorAll('summary')].some((each) => /why/i.test(each.textContent));
    return !why && !row.querySelector('a[href^="/children/"], a[href^="/matters/"]');
  }).map((clock) => clock.textContent.trim().slice(0, 80));
}

// What scrolls sideways can be reached by keyboard and has a name.
export function namelessScrolling() {
  return [...document.querySelectorAll('main *')].filter((element) =>
    /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1 &&
    !['TEXTAREA', 'INPUT', 'SELECT'].includes(element.tagName) &&
    !(element.tabIndex === 0 && (element.getAttribute('aria-label') || element.getAttribute('aria-labelledby'))))
    .map((element) => element.outerHTML.slice(0, 90));
}

// With a person's own colours, what is filled in still has an edge.
export function edgeless() {
  return [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea, main button')]
    .filter((element) => element.getBoundingClientRect().width > 0 && element.type !== 'file' &&
      element.type !== 'radio' && element.type !== 'checkbox')
    .filter((element) => {
      const style = getComputedStyle(element);
      return style.borderStyle === 'none' && style.outlineStyle === 'none';
    }).map((element) => element.outerHTML.slice(0, 90));
}

export function moving() {
  return [...document.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element);
    return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01;
  }).map((element) => element.outerHTML.slice(0, 80));
}

// Each entry of the list leads to a field, whose message says the same and is read with it.
export function errorFaults() {
  const wrong = [];
  const links = [...document.querySelectorAll('.govuk-error-summary__list a')];
  if (links.length === 0)
    wrong.push('no entry in the list');
  for (const link of links) {
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) {
      wrong.push(`${link.hash} leads nowhere`);
      continue;
    }
    const group = field.closest('.govuk-form-group');
    const messages = [...document.querySelectorAll('.govuk-error-message')];
    const message = messages.find((each) => each.textContent.replace(/^\s*Error:\s*/, '').trim() === link.textContent.trim());
    if (!message) {
      if (group?.querySelector('.govuk-error-message'))
        wrong.push(`"${link.textContent.trim()}" is said otherwise at the field`);
      continue;
    }
    const describes = [field, ...document.querySelectorAll('fieldset, [role=group]')]
      .some((each) => (each.getAttribute('aria-describedby') ?? '').split(/\s+/).includes(message.id));
    if (!describes)
      wrong.push(`the message of ${link.hash} is not read with the field`);
  }
  return wrong;
}
