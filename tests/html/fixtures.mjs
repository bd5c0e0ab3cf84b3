// Our components in C against the fixtures that govuk-frontend ships: every fixture of every
// component that we have, the hidden ones too. `node tests/html/fixtures.mjs BUILD/tests/ui-fixture`
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { canon } from './canon.mjs';

const program = process.env.UI_FIXTURE ?? process.argv[2];
const components = path.join(path.dirname(createRequire(import.meta.url)
  .resolve('govuk-frontend/package.json')), 'dist/govuk/components');

// The shipped footer claims Crown copyright and the Open Government Licence and draws their signs.
// None of that is ours to say or to use, so our component has no such defaults: the test hands in
// what the fixture shows, and compares all the rest.
function footerOptions({ options, html }) {
  const [logo, licenceLogo] = html.match(/<svg[\s\S]*?<\/svg>/g);
  const all = { ...options, logo, copyrightUrl: html.match(/copyright-logo"\s+href="([^"]*)"/)[1] };
  if (options.contentLicence !== null)
    all.licenceLogo = licenceLogo;
  if (options.contentLicence !== null && !options.contentLicence?.text && !options.contentLicence?.html)
    all.contentLicence = { html: html.match(/licence-description">([\s\S]*?)<\/span>/)[1] };
  if (!options.copyright?.text && !options.copyright?.html)
    all.copyright = { text: '© Crown copyright' };
  return all;
}

// Where a value's kind decides in JavaScript, C has a field of its own.
const given = {
  footer: footerOptions,
  // The header with the crown is for GOV.UK alone: ours is the generic one, told that name.
  header: ({ options, html }) => ({ ...options, namespace: 'govuk',
    homepageUrl: options.homepageUrl ?? '//gov.uk', logo: html.match(/<svg[\s\S]*?<\/svg>/)[0] }),
  'service-navigation': ({ options }) => ({ ...options,
    slotEndInline: options.slots?.end?.align === 'inline' }),
  'date-input': ({ options }) => ({ ...options, noDay: options.day === false,
    noMonth: options.month === false, noYear: options.year === false }),
  panel: ({ options }) => ({ ...options,
    interruption: options.classes?.includes('govuk-panel--interruption') ?? false }),
};

function optionsOf(component, fixture) {
  return given[component]?.(fixture) ?? fixture.options;
}

const cases = [];
for (const component of fs.readdirSync(components).sort()) {
  const file = path.join(components, component, 'fixtures.json');
  if (fs.existsSync(file)) {
    for (const fixture of JSON.parse(fs.readFileSync(file, 'utf8')).fixtures)
      cases.push({ component, fixture, options: optionsOf(component, fixture) });
  }
}

const run = spawnSync(program, {
  input: cases.map(({ component, options }) => JSON.stringify({ component, options }) + '\n').join(''),
  encoding: 'utf8', maxBuffer: 64 << 20,
});
assert.equal(run.status, 0, run.stderr);
const answers = run.stdout.trim().split('\n').map((line) => JSON.parse(line));
assert.equal(answers.length, cases.length);

const drawn = cases.map((c, i) => ({ ...c, ...answers[i] })).filter((c) => !c.missing);
let passed = 0;
console.log(`1..${drawn.length}`);
drawn.forEach(({ component, fixture, html }, i) => {
  const [got, want] = [canon(html), canon(fixture.html)];
  const equal = got === want;
  passed += equal ? 1 : 0;
  console.log(`${equal ? 'ok' : 'not ok'} ${i + 1} - ${component}: ${fixture.name.replace('#', '')}`);
  if (!equal)
    console.log(`got\n${got}\nwant\n${want}`.replace(/^/gm, '# '));
});
console.log(`# fixtures: ${passed} of ${drawn.length} equal; ${cases.length} are shipped`);
process.exitCode = passed === drawn.length && passed > 0 ? 0 : 1;
