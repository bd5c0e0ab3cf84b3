// words.mjs - words that Duly does not use, sentences that are too long where people are in a hurry,
// dates in figures. Run in the page; returns what is wrong, as text. It is not to change a quotation:
// what a person wrote stands in blockquote or q, what a file says between straight quotation marks, and both
// are left alone.
export function wordFaults() {
  const wrong = [];
  const banned = [/\bLAC\b/, /\bclients?\b/i, /\bservice users?\b/i, /\bplacement breakdowns?\b/i, /\bplease\b/i,
    /\binvalid\b/i, /\bcase ?files?\b/i, /\boffenders?\b/i, /\bsubmit\b/i, /\bclick here\b/i];
  const main = document.querySelector('main');
  const words = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode, text = node.textContent.replace(/"[^"]*"/g, '""').replace(/\s+/g, ' ').trim();
    if (!text || node.parentElement.closest('blockquote, q, textarea, option, code'))
      continue;
    for (const word of banned)
      if (word.test(text))
        wrong.push(`${word}: ${text.slice(0, 90)}`);
    if (/\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/.test(text) && !/for example/i.test(text))
      wrong.push(`a date in figures: ${text.slice(0, 90)}`);
  }
  for (const hint of main.querySelectorAll('.govuk-hint, .govuk-error-message, .govuk-error-summary li'))
    for (const sentence of hint.textContent.split(/[.!?](?=\s|$)/))
      if (sentence.trim().split(/\s+/).length > 25)
        wrong.push(`${sentence.trim().split(/\s+/).length} words: ${sentence.trim().slice(0, 90)}`);
  for (const button of main.querySelectorAll('button, .govuk-button'))
    if (/^(ok|yes|no|go|send form|submit)$/i.test(button.textContent.trim()))
      wrong.push(`a button that does not say what it does: ${button.textContent.trim()}`);
  return wrong;
}
