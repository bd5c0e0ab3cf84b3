// Whole sample pages through the HTML validator, and every reference to an id followed.
import { spawnSync } from 'node:child_process';
import { HtmlValidate } from 'html-validate';
import { parse } from 'parse5';
import { RULES } from '../browser/valid.mjs';

const pages = ['caseload', 'child', 'sign-in'];
const validator = new HtmlValidate(RULES);

function* elements(node) {
  if (node.attrs)
    yield { name: node.nodeName, ...Object.fromEntries(node.attrs.map((a) => [a.name, a.value])) };
  for (const child of node.childNodes ?? [])
    yield* elements(child);
}

// axe does not notice an aria-describedby, for or href="#..." that leads nowhere.
function dangling(html) {
  const all = [...elements(parse(html))];
  const ids = new Set(all.map((e) => e.id).filter(Boolean));
  const named = all.flatMap((e) => [e.for, e['aria-describedby'], e['aria-labelledby'],
    e['aria-controls'], e.href?.startsWith('#') ? e.href.slice(1) : undefined])
    .filter((v) => v !== undefined).flatMap((v) => v.split(' '));
  return named.filter((id) => !ids.has(id));
}

console.log(`1..${pages.length * 2}`);
let number = 0;
const report = (ok, claim, detail) => {
  number++;
  console.log(`${ok ? 'ok' : 'not ok'} ${number} - ${claim}`);
  if (!ok) {
    console.log(detail.replace(/^/gm, '# '));
    process.exitCode = 1;
  }
};
for (const page of pages) {
  const html = spawnSync(process.env.UI_PAGE ?? process.argv[2], [page], { encoding: 'utf8' }).stdout;
  const { results } = await validator.validateString(html);
  const faults = results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`));
  report(faults.length === 0 && html.length > 1000, `${page}: valid HTML`, faults.join('\n'));
  const lost = dangling(html);
  report(lost.length === 0, `${page}: every id that is referred to exists`, lost.join('\n'));
}
