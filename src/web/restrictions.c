/* restrictions.c - who may not see a child: restrict, hide, bar staff, and end it. */
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_options.h"
#include "html/govuk_tag.h"
#include "html/govuk_textarea.h"
#include "html/show_list.h"
#include "store/person.h"
#include "store/restricted.h"
#include "web/later.h"
#include "web/manage.h"

#define HERE S("/manage/restrictions")
enum { REASON_MOST = 1000, ROWS_MOST = 500, REVIEWED_IN = 90 };

struct restricting {
	str number, what, login, reason;
	int64_t subject;
	str authority;
	struct restricted standing; /* to be ended */
	struct manage_mistakes mistakes;
	struct problems problems;
};

/* ---- the list */

static void head(struct buf *b, str words)
{
	H(b, "<th scope=\"col\" class=\"govuk-table__header\">");
	text(b, words);
	H(b, "</th>");
}

static str what_words(struct page *page, const struct restricted *row)
{
	if (row->barred)
		return arena_format(page->arena, "Barred: %.*s", STR_ARGS(row->who));
	return str_equal(row->kind, S("hidden")) ? S("Hidden") : S("Restricted");
}

static void act(struct buf *b, const struct restricted *row, str rest, str words)
{
	H(b, "<a class=\"govuk-link app-act\" href=\"/manage/restrictions/");
	text_id(b, row->record);
	text(b, rest);
	H(b, "\">");
	text(b, words);
	H(b, "<span class=\"govuk-visually-hidden\"> the restriction of child ");
	text(b, row->number);
	H(b, "</span></a> ");
}

static void list_row(struct page *page, const struct restricted *row)
{
	struct buf *b = page->out;
	struct buf on = { 0 };
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/children/");
	text_id(b, row->subject);
	H(b, "\">Child ");
	text(b, row->number);
	H(b, "</a></th>");
	H(b, "<td class=\"govuk-table__cell\">");
	text(b, what_words(page, row));
	H(b, "<span class=\"app-under\">");
	text(b, row->reason);
	H(b, "</span></td>");
	if (row->review_on != DAY_UNKNOWN)
		buf_day_words(&on, row->review_on);
	H(b, "<td class=\"govuk-table__cell\">");
	if (row->review_on != DAY_UNKNOWN && row->review_on < page->today) {
		govuk_tag(b, .text = S("Review overdue"), .classes = S("govuk-tag--red"));
		H(b, " ");
	}
	text(b, row->review_on == DAY_UNKNOWN ? S("No date") : buf_view(&on));
	H(b, "<span class=\"app-under\">");
	buf_close(&on);
	if (!row->barred)
		act(b, row, S("/review"), S("Review"));
	act(b, row, S("/end"), S("End"));
	H(b, "</span></td></tr>\n");
}

void restrictions_show(struct page *page)
{
	struct restricteds rows;
	struct err err;
	struct buf *b = page->out;
	if (!store_restricted(
		    page->store, page->arena, &page->actor, 0, ROWS_MOST, &rows, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, HERE, S("Restrictions"), NULL);
	H(b, "<p class=\"govuk-body\">Children whose people file says that they are restricted are "
	     "restricted without a row here.</p>\n");
	govuk_button(b, .text = S("Add a restriction"), .href = S("/manage/restrictions/add"));
	if (rows.n == 0)
		H(b, "<p class=\"govuk-body\">None stands.</p>\n");
	int64_t *seen = arena_take(page->arena, rows.n + 1, sizeof *seen);
	if (rows.n > 0) {
		show_wide_open(b, S("Restrictions that stand"));
		H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
		     "govuk-visually-hidden\">Restrictions that stand</caption><thead "
		     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
		head(b, S("Child"));
		head(b, S("What and why"));
		head(b, S("To be reviewed on"));
		H(b, "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
		for (size_t i = 0; i < rows.n; i++) {
			list_row(page, &rows.item[i]);
			seen[i] = rows.item[i].subject;
		}
		H(b, "</tbody></table>\n");
		show_wide_close(b);
	}
	manage_close(page);
	if (rows.n > 0)
		page_looked(page, S("look:restrictions"), seen, rows.n);
}

/* ---- adding one */

static void add_page(struct page *page, const struct restricting *form)
{
	struct buf *b = page->out;
	const struct manage_mistakes *wrong = &form->mistakes;
	static const struct govuk_option kind[] = {
		{ .text = S_INIT("Restrict: listed without a name, opened with a reason"),
			.value = S_INIT("restricted") },
		{ .text = S_INIT("Hide: not listed and not found, but for those whom the child names"),
			.value = S_INIT("hidden") },
		{ .text = S_INIT("Bar a member of staff from the record"), .value = S_INIT("barred") },
	};
	struct govuk_fieldset fieldset = { .legend = { .text = S("What is to be done?") } };
	page->layout.back_href = HERE;
	page->layout.back_text = S("Restrictions");
	manage_open(page, HERE, S("Add a restriction"), wrong);
	layout_form_open(b, S("/manage/restrictions/add"), page->csrf);
	govuk_input(b, .label = { .text = S("Council’s number for the child") }, .id = S("number"),
		.name = S("number"), .value = form->number, .autocomplete = S("off"),
		.classes = S("govuk-input--width-10"),
		.error = { .text = manage_wrong_at(wrong, S("number")) });
	govuk_radios(b, .fieldset = &fieldset, .name = S("what"), .id_prefix = S("what"),
		.items = kind, .n_items = 3, .value = form->what,
		.error = { .text = manage_wrong_at(wrong, S("what")) });
	govuk_input(b, .label = { .text = S("Sign-in name of who is barred") },
		.hint = { .text = S("Only to bar somebody: their own record or a relative’s.") },
		.id = S("login"), .name = S("login"), .value = form->login, .autocomplete = S("off"),
		.spellcheck = GOVUK_NO, .classes = S("govuk-input--width-20"),
		.error = { .text = manage_wrong_at(wrong, S("login")) });
	govuk_textarea(b, .label = { .text = S("Why") }, .id = S("reason"), .name = S("reason"),
		.value = form->reason, .rows = 3,
		.error = { .text = manage_wrong_at(wrong, S("reason")) });
	govuk_button(b, .text = S("Add the restriction"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
}

void restriction_add_show(struct page *page)
{
	struct restricting form = { .subject = 0 };
	add_page(page, &form);
}

static bool save_one(struct page *page, struct store *store, struct change *change, struct err *err)
{
	struct restricting *form = page->own;
	struct save save = { .mode = SAVE_FORM,
		.actor = &page->actor,
		.authority = form->authority,
		.change = change,
		.n = 1,
		.problems = &form->problems,
		.arena = page->arena };
	return store_save(store, &save, err);
}

/* The child with that number, of any authority that they work for, of whom they see something. */
static bool find_child(struct page *page, struct store *store, bool *found, struct err *err)
{
	struct restricting *form = page->own;
	struct authorities beside;
	if (!store_person_authorities(store, page->arena, page->actor.user, &beside, err))
		return false;
	*found = false;
	for (size_t i = 0; i <= beside.n && !*found; i++) {
		int level;
		struct err why;
		form->authority = i == 0 ? page->actor.authority : beside.code[i - 1];
		if (!store_subject_find(store, form->authority, SUBJECT_CHILD, form->number,
			    &form->subject, err))
			return false;
		*found = form->subject != 0 &&
			store_access(store, &page->actor, form->subject, &level, &why);
	}
	return true;
}

static bool add_write(struct page *page, struct store *store, struct err *err)
{
	struct restricting *form = page->own;
	struct person person;
	struct change change = { .act = CHANGE_ADD };
	bool found;
	if (!find_child(page, store, &found, err))
		return false;
	if (!found) {
		manage_wrong(&form->mistakes, S("number"),
			S("You see no child with this number"));
		return err_set(err, ERR_INPUT, "no such child");
	}
	change.subject = form->subject;
	if (str_equal(form->what, S("barred"))) {
		if (!store_person_find(store, page->arena, form->login, &person, err)) {
			manage_wrong(
				&form->mistakes, S("login"), S("Nobody has this sign-in name"));
			return err_set(err, ERR_INPUT, "no such person");
		}
		struct barred *barred = record_new(page->arena, &barred_type);
		*barred = (struct barred){ .login = person.login, .reason = form->reason };
		change.type = &barred_type;
		change.record = barred;
	} else {
		struct restriction *restriction = record_new(page->arena, &restriction_type);
		restriction->kind = form->what;
		restriction->reason = form->reason;
		restriction->decided_by = page->person;
		restriction->began = page->today;
		restriction->review_on = page->today + REVIEWED_IN;
		change.type = &restriction_type;
		change.record = restriction;
	}
	return save_one(page, store, &change, err);
}

static void add_written(struct page *page, const struct err *failed)
{
	struct restricting *form = page->own;
	if (failed == NULL)
		manage_done(page, HERE, S("restricted"));
	else if (failed->code == ERR_INPUT) {
		if (form->mistakes.n == 0)
			manage_wrong(&form->mistakes, S("reason"), S("Enter why in one line"));
		add_page(page, form);
	} else {
		page_failed(page, failed);
	}
}

static str field(struct page *page, str name)
{
	return str_trim(form_value(&page->form, name));
}

/* A reason is one line: what a browser sends as line breaks is read as spaces. */
static str one_line(struct page *page, str value)
{
	char *line = arena_take(page->arena, value.n + 1, 1);
	for (size_t i = 0; i < value.n; i++)
		line[i] = (unsigned char)value.p[i] < 0x20 ? ' ' : value.p[i];
	return (str){ line, value.n };
}

static void check_reason(struct restricting *form)
{
	if (form->reason.n == 0)
		manage_wrong(&form->mistakes, S("reason"), S("Enter why"));
	else if (form->reason.n > REASON_MOST)
		manage_wrong(&form->mistakes, S("reason"),
			S("Why must be 1,000 characters or fewer"));
}

void restriction_add_send(struct page *page)
{
	struct restricting *form = arena_new(page->arena, struct restricting);
	page->own = form;
	form->number = field(page, S("number"));
	form->what = field(page, S("what"));
	form->login = field(page, S("login"));
	form->reason = one_line(page, field(page, S("reason")));
	if (form->number.n == 0)
		manage_wrong(&form->mistakes, S("number"), S("Enter the council’s number"));
	if (!str_equal(form->what, S("restricted")) && !str_equal(form->what, S("hidden")) &&
		!str_equal(form->what, S("barred")))
		manage_wrong(&form->mistakes, S("what"), S("Choose what is to be done"));
	if (str_equal(form->what, S("barred")) && form->login.n == 0)
		manage_wrong(&form->mistakes, S("login"), S("Enter who is to be barred"));
	check_reason(form);
	if (form->mistakes.n > 0)
		add_page(page, form);
	else
		page_write(page, add_write, add_written);
}

/* ---- ending one */

static struct restricting *standing(struct page *page)
{
	struct restricting *form = arena_new(page->arena, struct restricting);
	struct restricteds rows;
	struct err err;
	page->own = form;
	if (!store_restricted(page->store, page->arena, &page->actor, page->id, 1, &rows, &err)) {
		page_failed(page, &err);
		return NULL;
	}
	if (rows.n == 0) {
		page_problem(page, 404);
		return NULL;
	}
	form->standing = rows.item[0];
	form->subject = form->standing.subject;
	form->authority = form->standing.council;
	return form;
}

static void end_page(struct page *page, const struct restricting *form)
{
	struct buf *b = page->out;
	page->layout.back_href = HERE;
	page->layout.back_text = S("Restrictions");
	manage_open(page, HERE, S("End a restriction"), &form->mistakes);
	H(b, "<p class=\"govuk-body\">Child ");
	text(b, form->standing.number);
	H(b, ". ");
	text(b, what_words(page, &form->standing));
	H(b, ". Whoever would see the child but for this sees them on their next page.</p>\n");
	layout_form_open(b,
		arena_format(page->arena, "/manage/restrictions/%lld/end", (long long)page->id),
		page->csrf);
	govuk_textarea(b, .label = { .text = S("Why does it end?") }, .id = S("reason"),
		.name = S("reason"), .value = form->reason, .rows = 3,
		.error = { .text = manage_wrong_at(&form->mistakes, S("reason")) });
	govuk_button(b, .text = S("End the restriction"), .classes = S("govuk-button--warning"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
	page_looked(page, S("look:restrictions"), &form->subject, 1);
}

void restriction_end_show(struct page *page)
{
	struct restricting *form = standing(page);
	if (form != NULL)
		end_page(page, form);
}

static bool end_write(struct page *page, struct store *store, struct err *err)
{
	struct restricting *form = page->own;
	const struct restricted *row = &form->standing;
	struct restriction *restriction = record_new(page->arena, &restriction_type);
	*restriction = (struct restriction){ .kind = row->kind,
		.reason = row->reason,
		.decided_by = row->who,
		.began = row->began,
		.review_on = row->review_on,
		.ended = page->today };
	struct change change = { .act = row->barred ? CHANGE_WITHDRAW : CHANGE_EDIT,
		.type = row->barred ? &barred_type : &restriction_type,
		.subject = row->subject,
		.id = row->record,
		.version = row->version,
		.record = row->barred ? NULL : restriction,
		.reason = form->reason };
	return save_one(page, store, &change, err);
}

static void end_written(struct page *page, const struct err *failed)
{
	/* Ended twice: it is over by the first. */
	if (failed == NULL || failed->code == ERR_STALE)
		manage_done(page, HERE, S("unrestricted"));
	else
		page_failed(page, failed);
}

void restriction_end_send(struct page *page)
{
	struct restricting *form = standing(page);
	if (form == NULL)
		return;
	form->reason = one_line(page, field(page, S("reason")));
	check_reason(form);
	if (form->mistakes.n > 0)
		end_page(page, form);
	else
		page_write(page, end_write, end_written);
}
