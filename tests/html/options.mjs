// What the fixtures' options look like to our components. GOV.UK's are JavaScript values, and
// where a value's kind decides, C has a field of its own.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export const dist = path.join(path.dirname(createRequire(import.meta.url)
  .resolve('govuk-frontend/package.json')), 'dist');
const components = path.join(dist, 'govuk/components');

// The shipped footer claims Crown copyright and the Open Government Licence and draws their signs.
// None of that is ours to say or to use, so our component has no such defaults: the test hands in
// what GOV.UK's own rendering shows, and compares all the rest.
function footer(options, html) {
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

const given = {
  footer,
  // The header with the crown is for GOV.UK alone: ours is the generic one, told that name.
  header: (options, html) => ({ ...options, namespace: 'govuk',
    homepageUrl: options.homepageUrl || '//gov.uk', logo: html.match(/<svg[\s\S]*?<\/svg>/)[0] }),
  'service-navigation': (options) => ({ ...options,
    slotEndInline: options.slots?.end?.align === 'inline' }),
  'date-input': (options) => ({ ...options, noDay: options.day === false,
    noMonth: options.month === false, noYear: options.year === false }),
  panel: (options) => ({ ...options,
    interruption: options.classes?.includes('govuk-panel--interruption') ?? false }),
};

// The options for our component of what GOV.UK draws as `html`.
export function optionsFor(component, options, html) {
  return given[component]?.(options, html) ?? options;
}

export function* fixtures() {
  for (const component of fs.readdirSync(components).sort()) {
    const file = path.join(components, component, 'fixtures.json');
    if (fs.existsSync(file)) {
      for (const fixture of JSON.parse(fs.readFileSync(file, 'utf8')).fixtures)
        yield { component, fixture };
    }
  }
}
