/* manage_backup.c - when the store was last copied, and what a copy does not cover. */
#include "html/govuk_summary_list.h"
#include "html/govuk_tag.h"
#include "web/manage.h"

/* Older than that is a red tag; older than the first an amber one. */
enum { AMBER_DAYS = 2, RED_DAYS = 8 };

static void say_state(struct buf *b, const struct backup_state *state, instant now)
{
	int64_t days =
		state->made_at == INSTANT_UNKNOWN ? 0 : (now - state->made_at) / INSTANT_DAY;
	if (state->made_at == INSTANT_UNKNOWN) {
		govuk_tag(b, .text = S("Never"), .classes = S("govuk-tag--red"));
		H(b, " No backup of this store is known of.");
		return;
	}
	if (days > RED_DAYS)
		govuk_tag(b, .text = S("Too old"), .classes = S("govuk-tag--red"));
	else if (days > AMBER_DAYS)
		govuk_tag(b, .text = S("Getting old"), .classes = S("govuk-tag--orange"));
	else
		govuk_tag(b, .text = S("In time"), .classes = S("govuk-tag--green"));
	H(b, " ");
	if (days < 1) {
		H(b, "Less than a day old");
	} else {
		text_int(b, days);
		text(b, days == 1 ? S(" day old") : S(" days old"));
	}
}

static void facts(struct page *page, const struct backup_state *state)
{
	struct buf *b = page->out, said = { 0 }, when = { 0 };
	say_state(&said, state, page->now);
	struct govuk_summary_row row[4];
	size_t n = 0;
	row[n++] = (struct govuk_summary_row){ .key = { .text = S("Last backup") },
		.value = { .html = html_markup(&said) } };
	if (state->made_at != INSTANT_UNKNOWN) {
		buf_instant_words(&when, state->made_at);
		row[n++] = (struct govuk_summary_row){ .key = { .text = S("Made") },
			.value = { .text = buf_view(&when) } };
		row[n++] = (struct govuk_summary_row){ .key = { .text = S("Size") },
			.value = { .text = arena_format(page->arena, "%lld KB",
					   (long long)(state->bytes / 1024 + 1)) } };
		row[n++] = (struct govuk_summary_row){ .key = { .text = S("Checked") },
			.value = { .text = S("Read back whole after it was written") } };
	}
	govuk_summary_list(b, .rows = row, .n_rows = n);
	buf_close(&said);
	buf_close(&when);
}

void manage_backup_show(struct page *page)
{
	struct backup_state state;
	struct err err;
	struct buf *b = page->out;
	if (!store_backup_last(page->store, page->arena, &state, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, S("/manage/backup"), S("Backup"), NULL);
	facts(page, &state);
	H(b, "<h2 class=\"govuk-heading-m\">How to make one</h2>\n<p class=\"govuk-body\">On the "
	     "server, while Duly is in use: <code>duly backup FILE --data DIR</code>. Run it each "
	     "night, and keep the file on another machine.</p>\n"
	     "<h2 class=\"govuk-heading-m\">What a backup holds</h2>\n<p class=\"govuk-body\">Every "
	     "record and its versions, the ledger, people, settings, the logo, and the store’s key: "
	     "keep it as safely as the store itself.</p>\n"
	     "<h2 class=\"govuk-heading-m\">What it does not cover</h2>\n<ul class=\"govuk-list "
	     "govuk-list--bullet\"><li>Sessions: after a restore everybody signs in again</li>"
	     "<li>Passwords made by an administrator and not yet read</li>"
	     "<li>What was written after it was made</li>"
	     "<li>The files that were imported: they are not kept</li>"
	     "<li>Certificates, the server’s own settings, and what Duly is started with</li></ul>\n"
	     "<p class=\"govuk-body\">Whether a backup can be restored is known only once it was: "
	     "try <code>duly restore</code> each month into an empty folder.</p>\n");
	manage_close(page);
}
