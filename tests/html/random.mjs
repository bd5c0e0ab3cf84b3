// Our components in C against the templates of GOV.UK and of the Ministry of Justice, each with 2,000 sets of options that nobody chose:
// whatever the design system says that a component takes, in any combination, with hostile words.
// `node tests/html/random.mjs BUILD/tests/html/ui-fixture [SETS [COMPONENT]]`
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import nunjucks from 'nunjucks';
import { canon } from './canon.mjs';
import * as moj from './moj.mjs';
import { dist, optionsFor } from './options.mjs';

const program = process.env.UI_FIXTURE ?? process.argv[2];
const sets = Number(process.env.UI_SETS ?? process.argv[3] ?? 2000);
const only = process.argv[4];
const folder = path.join(dist, 'govuk/components');
const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader([dist, moj.dist]), { autoescape: true });

// Always the same numbers: a failure can be repeated.
let seed = 20261122;
function random(n) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor(seed / 4294967296 * n);
}
const one = (list) => list[random(list.length)];
const HUGE = '<&"\u2028é>'.repeat(1300); // more than 10 KB
const chance = (percent) => random(100) < percent;

const words = ['Save', 'Ask for a view', 'Amara, 7', '0', '<script>alert(1)</script>',
  '"><img src=x onerror=1>', "O'Neill & Sons", '&amp;&lt;', 'a\u2028b', '\u202Eright to left',
  '🙂 café', '</textarea></title>', '{{ 7 * 7 }}', '`\\`', 'x'.repeat(300), "' onclick='x", '-->',
  ']]>', '%{count}', ' kept  apart ', '\u200b', '\ufffd'];
const markup = ['<b>bold</b>', '<a class="govuk-link" href="/x?a=1&amp;b=2">go</a>', 'plain & simple',
  '<span lang="cy">Cymraeg</span> and <em>more</em>', '<code>1 &lt; 2</code>'];
const names = ['held', 'day-of-birth', 'a[b]', 'x.y', 'q1'];

// What a value may be beyond its kind: a template takes another path for each.
const special = {
  classes: () => one(['app-a', 'app-a app-b', 'govuk-!-margin-0', '']),
  attributes: () => Object.fromEntries(['data-a', 'data-b', 'aria-label', 'lang'].filter(() => chance(40))
    .map((name) => [name, one(words)])),
  headingLevel: () => 1 + random(6), level: () => 1 + random(6),
  id: () => one([...names, "o'b", '"x"']), idPrefix: () => one(names), name: () => one(names),
  for: () => one(names), describedBy: () => one(['a-hint', 'a b']), namePrefix: () => one(names),
  href: () => one(['/x', '#y', '/x?a=1&b="2"', 'https://example.org/']),
  titleHeadingLevel: () => 1 + random(6), number: () => 1 + random(99), pattern: () => '[0-9]*',
  rows: () => 1 + random(20), maxlength: () => 10 + random(500), maxwords: () => 10 + random(50),
  threshold: () => random(101), colspan: () => 1 + random(4), rowspan: () => 1 + random(4),
  format: () => one(['numeric', 'app-x']), type: () => one(['submit', 'button', 'reset', 'text', 'email']),
  autocomplete: () => one(['off', 'name', 'bday-day']), inputmode: () => one(['numeric', 'text']),
  behaviour: () => 'exclusive', autocapitalize: () => one(['none', 'words']),
  role: () => one(['alert', 'region']), scope: () => one(['col', 'row']),
};

// One word of a set in fifty is a very long one.
let huge = false;
function aWord() {
  const given = huge ? HUGE : one(words);
  huge = false;
  return given;
}

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());
const optionsOf = (component) => moj.options[component] ??
  JSON.parse(fs.readFileSync(path.join(folder, component, 'macro-options.json'), 'utf8'));
const isComponent = (name) => fs.existsSync(path.join(folder, name, 'macro-options.json'));

function value(param, depth) {
  if (/html$|^caller$/i.test(param.name) || param.type === 'nunjucks-block')
    return chance(20) ? '' : one(markup);
  if (param.type === 'boolean')
    return chance(50);
  if (param.type === 'array')
    return param.params === undefined ? [] :
      Array.from({ length: 1 + random(3) }, () => set(param.params, depth + 1));
  if (param.type === 'object') {
    if (param.isComponent && isComponent(kebab(param.name)))
      return nested(kebab(param.name), depth + 1);
    if (param.params !== undefined)
      return set(param.params, depth + 1);
    return special.attributes();
  }
  if (Object.hasOwn(special, param.name))
    return special[param.name]();
  if (param.type === 'integer')
    return random(30);
  // Some of ours always have words there.
  return chance(15) && !param.some ? '' : aWord();
}

// What a template does not hand on to the part inside it, ours need not leave out.
const keptBack = { fieldset: ['role', 'html', 'caller'] };
function nested(component, depth) {
  const unused = keptBack[component] ?? [];
  return set(optionsOf(component).filter(({ name }) => !unused.includes(name)), depth);
}

function set(params, depth) {
  const out = {};
  for (const param of params) {
    // Without these a template writes "undefined", or draws nothing: everybody gives them.
    if (param.required || /^(id|idPrefix|name|number|href)$/.test(param.name) || chance(depth > 2 ? 15 : 40))
      out[param.name] = value(param, depth);
  }
  // A part without words is a part that is left out, in C: there is no error of no words.
  if (depth > 0 && params.some(({ name }) => name === 'text') && !out.text && !out.html)
    out.text = one(words);
  return out;
}

function templateOf(component) {
  if (moj.options[component])
    return nunjucks.compile(moj.template(component), templates);
  const macro = 'govuk' + component.replace(/(^|-)(.)/g, (all, dash, letter) => letter.toUpperCase());
  return nunjucks.compile(
    `{% from "govuk/components/${component}/macro.njk" import ${macro} %}{{ ${macro}(options) }}`,
    templates);
}

function compare(component) {
  const template = templateOf(component), params = optionsOf(component), cases = [];
  for (let tries = 0; cases.length < sets && tries < 2 * sets; tries++) {
    huge = tries % 50 === 0;
    const options = set(params, 0);
    try {
      const want = template.render({ options });
      cases.push({ options, want, ours: moj.given[component]?.(options) ?? optionsFor(component, options, want) });
    } catch { /* what the template itself cannot draw says nothing of ours */ }
  }
  const run = spawnSync(program, {
    input: cases.map(({ ours }) => JSON.stringify({ component, options: ours }) + '\n').join(''),
    encoding: 'utf8', maxBuffer: 1 << 30,
  });
  assert.equal(run.status, 0, run.stderr);
  const answers = run.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, cases.length);
  const wrong = cases.map((each, i) => ({ ...each, got: answers[i].html ?? 'no such component' }))
    .filter(({ got, want }) => got !== want && canon(got) !== canon(want));
  const hostile = cases.filter(({ options }) => /<script>|onerror|onclick|<\/textarea>|<&/.test(JSON.stringify(options))).length;
  return { drawn: cases.length, wrong, hostile };
}

const govuk = fs.readdirSync(folder).filter(isComponent);
assert.equal(govuk.length, 39);
const all = [...govuk, ...Object.keys(moj.options)].filter((name) => !only || name === only).sort();
console.log(`1..${all.length}`);
all.forEach((component, i) => {
  const { drawn, wrong, hostile } = compare(component);
  // Hostile words came, and not now and then.
  const done = drawn === sets && wrong.length === 0 && hostile > sets / 10;
  console.log(`${done ? 'ok' : 'not ok'} ${i + 1} - ${component}: ${drawn - wrong.length} of ${drawn
  } random sets of options equal, ${hostile} with hostile words`);
  for (const { options, got, want } of wrong.slice(0, 3)) {
    const [ours, theirs] = [canon(got).split('\n'), canon(want).split('\n')];
    const at = ours.findIndex((line, n) => line !== theirs[n]);
    console.log(`options ${JSON.stringify(options)}\nline ${at}: got\n${ours.slice(at, at + 3).join('\n')
    }\nwant\n${theirs.slice(at, at + 3).join('\n')}`.replace(/^/gm, '# '));
  }
  if (!done)
    process.exitCode = 1;
});
