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

// What is pressed is at least 24 by 24 CSS pixels; links in a line of text may be as high as it.
export function smallTargets() {
  return [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary')]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const label = element.id === '' ? null : document.querySelector(`label[for="${CSS.escape(element.id)}"]`);
      const held = label?.getBoundingClientRect();
      return box.width > 0 && (box.width < 24 || box.height < 24) && !(held && held.height >= 24);
    })
    .map((element) => element.outerHTML.slice(0, 90));
}

export function tableFaults() {
  const wrong = [];
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption?.textContent.trim())
      wrong.push('a table without a caption');
    if (table.querySelector('th:not([scope])'))
      wrong.push('a th without scope');
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

export function clipped() {
  return [...document.querySelectorAll('main *')]
    .filter((e) => getComputedStyle(e).overflow === 'hidden' && e.scrollHeight > e.clientHeight + 1 &&
      !/hidden/.test(e.className))
    .map((e) => e.outerHTML.slice(0, 80));
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
