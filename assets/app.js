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
