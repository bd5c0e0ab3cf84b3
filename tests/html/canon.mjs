// Canonical form of an HTML fragment, so that two renderings that mean the same compare equal:
// one line a node, attributes sorted, class tokens in order, white space folded. A space between
// words and an inline element is kept, because "Error:word" and "Error: word" are not the same.
import { parseFragment } from 'parse5';

const inline = new Set(['a', 'abbr', 'b', 'bdi', 'button', 'code', 'em', 'i', 'input', 'label',
  'select', 'small', 'span', 'strong', 'sub', 'sup', 'svg', 'time']);
const space = /[\t\n\f\r ]+/g;

function isInline(node) {
  return node !== undefined && inline.has(node.nodeName);
}

export function canon(html) {
  const lines = [];
  const walk = (node, depth, before, after) => {
    const indent = '  '.repeat(depth);
    if (node.nodeName === '#comment')
      return;
    if (node.nodeName === '#text') {
      let words = node.value.replace(space, ' ');
      if (words.trim() === '')
        return;
      if (!isInline(before))
        words = words.trimStart();
      if (!isInline(after))
        words = words.trimEnd();
      lines.push(indent + JSON.stringify(words));
      return;
    }
    const attributes = node.attrs
      .map((a) => [(a.prefix ? a.prefix + ':' : '') + a.name,
        a.name === 'class' ? a.value.trim().replace(space, ' ') : a.value])
      .sort((a, b) => (a[0] < b[0] ? -1 : 1))
      .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
      .join('');
    lines.push(`${indent}<${node.nodeName}${attributes}>`);
    if (node.nodeName === 'textarea' || node.nodeName === 'pre') {
      lines.push(indent + '  ' + JSON.stringify(node.childNodes.map((c) => c.value ?? '').join('')));
      return;
    }
    node.childNodes.forEach((child, i) =>
      walk(child, depth + 1, node.childNodes[i - 1], node.childNodes[i + 1]));
  };
  const top = parseFragment(html).childNodes;
  top.forEach((child, i) => walk(child, 0, top[i - 1], top[i + 1]));
  return lines.join('\n');
}
