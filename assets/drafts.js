// What is typed into a record's form is kept on the server as it is typed: a second after the last
// key. One request at a time, so that none overtakes another; nothing is kept in the browser.
for (const said of document.querySelectorAll('[data-draft]')) {
  const form = said.closest('form');
  const say = (words) => { if (said.textContent !== words) said.textContent = words; };
  const typed = () => {
    const fields = new URLSearchParams(new FormData(form));
    fields.delete('turn');
    return fields.toString();
  };
  let kept = typed(), waiting = null, busy = false, over = false;

  const answered = async (answer, sent) => {
    const text = await answer.text();
    if (answer.redirected || answer.status === 403) {
      say('Not kept. You have been signed out. Sign in again in another window, then go on typing here.');
    } else if (answer.ok) {
      form.elements.turn.value = text;
      kept = sent;
      say(`Draft saved at ${new Date().toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit' })}`);
    } else if (answer.status === 409) {
      over = true;
      say(text === 'made' ? 'This form has been saved already. What you type now is not kept.'
        : 'This draft was changed in another window. Select Save draft to keep what stands here.');
    } else if (answer.status === 413) {
      say('Not kept. This is longer than a draft can be.');
    } else {
      say('Not kept. Duly has a problem; we try again when you type. Keep this page open.');
    }
  };
  const keep = async () => {
    waiting = null;
    const sent = typed();
    if (over || sent === kept) return;
    busy = true;
    try {
      await answered(await fetch(said.dataset.draft, {
        method: 'POST', body: new URLSearchParams(new FormData(form)) }), sent);
    } catch {
      say('Not kept. You are offline. Keep this page open; we try again when you type.');
    }
    busy = false;
    if (!over && typed() !== kept && typed() !== sent) later();
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (busy ? later() : keep()), 1000);
  };
  form.addEventListener('input', later);
  form.addEventListener('submit', () => { clearTimeout(waiting); over = true; });
  window.addEventListener('online', later);
  // Back from where the form led: it may go on.
  window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
}
