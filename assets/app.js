// Enhancement only: every page works without it. Trusted Types clean: no HTML is ever made here.
import { initAll } from './govuk-frontend.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// Something goes on at the server: its words are fetched again until there are none, then the page.
for (const status of document.querySelectorAll('[data-watch]')) {
  const watch = async () => {
    try {
      const answer = await fetch(status.dataset.watch, { credentials: 'same-origin' });
      const words = answer.ok ? (await answer.text()).trim() : '';
      if (!words) {
        window.location.reload();
        return;
      }
      if (words !== status.textContent) status.textContent = words;
    } catch {
      // The server is away for a moment: ask again.
    }
    setTimeout(watch, 2000);
  };
  setTimeout(watch, 1000);
}

// Two minutes before the session ends: a warning that can be answered with one key. Asked first is
// the server, because another tab may have kept the session alive.
const ends = document.getElementById('app-ends');
if (ends && ends.showModal) {
  const warning = Number(ends.dataset.warning) * 1000;
  const words = document.getElementById('app-ends-words');
  const form = ends.querySelector('form');
  let end = Date.now() + Number(ends.dataset.left) * 1000;
  let asking = false;
  const left = async (answer) => {
    const seconds = answer.ok && !/\/sign-in/.test(answer.url) ? Number(await answer.text()) : 0;
    end = Date.now() + seconds * 1000;
    return seconds * 1000;
  };
  const look = async () => {
    if (asking || end - Date.now() > warning)
      return;
    if (ends.open && end > Date.now())
      return;
    asking = true;
    try {
      const still = await left(await fetch('/account/left'));
      if (still <= 0)
        words.textContent = 'You have been signed out. What you typed on this page is not lost: when you send it, it is kept until you have signed in again.';
      if (still > warning && ends.open)
        ends.close();
      else if (still <= warning && !ends.open)
        ends.showModal();
      if (still <= 0)
        clearInterval(timer);
    } catch {
      end = Date.now() + warning; // no network: asked again in two minutes
    }
    asking = false;
  };
  const timer = setInterval(look, 1000);
  form.addEventListener('submit', async (event) => {
    if (end <= Date.now()) {
      event.preventDefault();
      ends.close();
      return;
    }
    event.preventDefault();
    try {
      if (await left(await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })) > 0)
        ends.close();
    } catch {
      words.textContent = 'The server did not answer. Try again.';
    }
  });
}
