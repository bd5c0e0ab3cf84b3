// pages.mjs - the pages that every check of pages.test.mjs runs over. Add yours here.
import { within } from './rig.mjs';

export const OFFICER = 'reviewing-officer';

const child = async (rig) => within(rig, '/caseload', { as: OFFICER }, (page) =>
  page.getAttribute('main tbody a[href^="/children/"]', 'href'));

export const PAGES = [
  { name: 'sign in', path: '/sign-in' },
  { name: 'accessibility', path: '/accessibility' },
  { name: 'privacy', path: '/privacy' },
  { name: 'cookies', path: '/cookies' },
  { name: 'my caseload', path: '/caseload', as: OFFICER, children: true },
  { name: 'my caseload, nothing found', path: '/caseload?state=met&page=1', as: OFFICER, children: true },
  { name: 'search', path: '/search', as: OFFICER, children: true },
  { name: 'a child', path: child, as: OFFICER, children: true },
];

export async function addressOf(page, rig) {
  page.address ??= typeof page.path === 'function' ? await page.path(rig) : page.path;
  return page.address;
}
