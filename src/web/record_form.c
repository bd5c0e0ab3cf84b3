/* record_form.c - the form of a record: asked for, kept as a draft, corrected, saved. */
#include "web/record.h"

#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_notification_banner.h"
#include "html/govuk_textarea.h"
#include "html/govuk_warning_text.h"
#include "web/book_check.h"
#include "web/family.h"
#include "web/frame.h"
#include "web/later.h"

#include <inttypes.h>

/* ---- the number of the form */

int64_t record_form_key(struct page *page)
{
	str given = form_value(&page->query, S("key"));
	int64_t key = 0;
	/* What was kept over the end of a session is sent to the bare address. */
	if (given.n == 0)
		given = form_value(&page->form, S("key"));
	if (given.n > 0 && given.n <= 18 && str_int(given, &key) && key > 0)
		return key;
	const struct store_env *env = page->web->options.env;
	uint64_t random;
	env->random(env->self, &random, sizeof random);
	key = (int64_t)(random % INT64_C(899999999999999999)) + INT64_C(100000000000000000);
	str query = page->request->query;
	page_redirect(page, arena_format(page->arena, "%.*s?key=%lld%s%.*s",
		STR_ARGS(page->request->path), (long long)key, query.n > 0 ? "&" : "",
		STR_ARGS(query)));
	return 0;
}

static str form_address(struct page *page, const struct writing *writing)
{
	return arena_format(page->arena, "%.*s?key=%lld", STR_ARGS(page->request->path),
		(long long)writing->key);
}

/* ---- what was typed */

static bool is_asked(const struct record_type *type, str name)
{
	for (size_t i = 0; i < type->n; i++) {
		if (typed_is_of(name, type->fields[i].name))
			return true;
	}
	return str_equal(name, S("reason"));
}

void record_typed(struct page *page, const struct record_type *type, const struct form *sent,
	struct writing *out)
{
	out->typed = (struct typed){ 0 };
	for (size_t i = 0; i < sent->n; i++) {
		if (is_asked(type, sent->item[i].name))
			typed_put(page->arena, &out->typed, sent->item[i].name, sent->item[i].value);
	}
	out->reason = str_trim(typed_value(&out->typed, S("reason")));
}

static bool typed_of_draft(struct page *page, const struct draft *draft, struct writing *out)
{
	struct form kept;
	struct err err;
	if (!form_read(page->arena, draft->typed, &kept, &err))
		return false;
	record_typed(page, out->form.type, &kept, out);
	out->turn = draft->turn;
	if (out->record != 0)
		out->version = draft->version;
	return true;
}

bool record_take_draft(struct page *page, struct writing *writing)
{
	struct draft draft;
	struct err err;
	if (!store_draft_find(
		    page->store, page->arena, page->actor.user, writing->key, &draft, &err)) {
		if (err.code != ERR_MISSING)
			page_failed(page, &err);
		return err.code == ERR_MISSING;
	}
	if (draft.subject != page->id || draft.record != writing->record ||
		!str_equal(draft.type, writing->form.type->name)) {
		page_problem(page, 404);
		return false;
	}
	if (draft.made != 0) {
		page_redirect(page, record_address(page, draft.made, S("/history?saved=before")));
		return false;
	}
	return typed_of_draft(page, &draft, writing);
}

/* ---- drawing */

static void hidden_int(struct page *page, str name, int64_t value)
{
	layout_hidden(page->out, name, arena_format(page->arena, "%lld", (long long)value));
}

/* What the script needs to keep a draft; without it, the button does. */
static void draw_hidden(struct page *page, const struct writing *writing)
{
	hidden_int(page, S("child"), page->id);
	layout_hidden(page->out, S("of"), writing->form.type->name);
	hidden_int(page, S("record"), writing->record);
	hidden_int(page, S("version"), writing->version);
	hidden_int(page, S("key"), writing->key);
	hidden_int(page, S("turn"), writing->turn);
}

/* Another day, hour, place or chair for a meeting that is booked. */
static bool moves(const struct writing *writing)
{
	return writing->record != 0 && record_types[writing->form.type->index] == &booking_type;
}

static void draw_buttons(struct page *page, const struct writing *writing)
{
	struct buf *b = page->out;
	str save = moves(writing) ? S("Move the meeting")
		: writing->record == 0 ? S("Save record") : S("Save correction");
	H(b, "<div class=\"govuk-button-group\">\n");
	if (writing->minutes)
		govuk_button(b, .text = S("Give the draft to the chair"), .name = S("action"),
			.value = S("hand"), .prevent_double_click = GOVUK_YES);
	else
		govuk_button(b, .text = save, .prevent_double_click = GOVUK_YES);
	if (writing->warned != NULL && writing->warned->n > 0)
		govuk_button(b, .text = S("Save anyway"), .name = S("action"), .value = S("anyway"),
			.classes = S("govuk-button--secondary"), .prevent_double_click = GOVUK_YES);
	govuk_button(b, .text = S("Save draft"), .name = S("action"), .value = S("draft"),
		.classes = S("govuk-button--secondary"), .prevent_double_click = GOVUK_YES);
	H(b, "</div>\n<p class=\"govuk-body\" role=\"status\" data-draft=\"/drafts\"></p>\n");
}

static void draw_kept(struct page *page, const struct writing *writing)
{
	if (writing->kept)
		govuk_notification_banner(page->out, .type = S("success"),
			.text = S("Draft saved. Only you can see it, and it counts for nothing until "
				  "you save the record."));
}

/* Not mistakes: what was typed may be right all the same. */
static void draw_warnings(struct page *page, const struct writing *writing)
{
	struct buf *b = page->out;
	if (writing->warned == NULL || writing->warned->n == 0)
		return;
	H(b, "<div class=\"app-quality-warned\" role=\"alert\" id=\"warned\" tabindex=\"-1\">\n");
	govuk_warning_text(b, .text = S("Nothing is saved yet. A check of the return would find fault with this. Put it "
					"right, or save it all the same if it is right as it stands."));
	H(b, "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < writing->warned->n; i++) {
		const struct quality_warning *one = &writing->warned->item[i];
		H(b, "<li>");
		if (one->field != NULL) {
			bool boxes = one->field->kind == KIND_DAY || one->field->kind == KIND_WHEN;
			H(b, "<a class=\"govuk-link\"");
			attr(b, "href", arena_format(page->arena, "#%s%s", one->field->name, boxes ? "-day" : ""));
			H(b, ">");
			text(b, one->message);
			H(b, "</a>");
		} else {
			text(b, one->message);
		}
		H(b, " (rule ");
		text(b, one->rule);
		H(b, "; ");
		text(b, mender_words(one->by));
		H(b, ")</li>\n");
	}
	H(b, "</ul>\n</div>\n");
}

static void draw_form(struct page *page, struct writing *writing)
{
	struct buf *b = page->out;
	if (moves(writing))
		booking_now_draw(page, writing->record, writing->form.old);
	else if (writing->check != NULL && writing->check->standing != 0)
		booking_standing_draw(page, writing->check, &writing->typed);
	layout_form_open(b, form_address(page, writing), page->csrf);
	draw_hidden(page, writing);
	H(b, "<div id=\"form\" tabindex=\"-1\">\n");
	form_draw_fields(b, page->arena, &writing->form, &writing->typed, &writing->faults);
	H(b, "</div>\n");
	if (writing->record != 0)
		govuk_textarea(b, .label = { .text = moves(writing) ? S("Why is it moved?")
								    : S("Why is it corrected?"),
				       .classes = S("govuk-label--s") },
			.error = { .text = writing->reason_fault }, .id = S("reason"),
			.name = S("reason"), .value = typed_value(&writing->typed, S("reason")),
			.rows = 3);
	if (writing->check != NULL)
		booking_check_draw(page, writing->check, writing->record != 0, writing->reason);
	if (writing->family != NULL)
		family_draw(page, writing->family);
	draw_buttons(page, writing);
	H(b, "</form>\n");
	if (writing->record != 0 && !moves(writing)) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href", record_address(page, writing->record, S("/history")));
		H(b, ">History of this record</a></p>\n<p class=\"govuk-body\"><a class=\"govuk-link\"");
		attr(b, "href", record_address(page, writing->record, S("/withdraw")));
		H(b, ">It was never so: withdraw this record</a></p>\n");
	}
}

void record_form_show(struct page *page, struct writing *writing)
{
	const struct record_type *type = writing->form.type;
	struct form_extra extra[CLASH_KINDS + 2] = { { S("reason"), writing->reason_fault } };
	size_t asked = writing->check == NULL ? 0
		: booking_errors(page, writing->check, writing->reason, &extra[1]);
	if (writing->family != NULL && !family_confirmed(page, writing->family))
		extra[1 + asked++] = (struct form_extra){ S("family"), writing->family->asked[0] };
	bool wrong = writing->faults.n > 0 || writing->reason_fault.n > 0 || asked > 0;
	/* A field that is wrong has the cursor by the summary's way, and not by the address's. */
	writing->form.focus = wrong ? (str){ 0 } : form_value(&page->query, S("field"));
	str title = writing->minutes ? S("Draft the record of a meeting")
		: writing->record == 0
		? type->desk
		: moves(writing) ? S("Move a meeting")
		: arena_format(page->arena, "Correct a record: %.*s", STR_ARGS(type->title));
	page->status = wrong || writing->warned != NULL ? 422 : 200;
	page->layout.error = wrong;
	record_page_open(page, title);
	form_draw_summary(page->out, page->arena, &writing->faults, extra, asked + 1);
	draw_kept(page, writing);
	record_heading(page, title);
	draw_warnings(page, writing);
	draw_form(page, writing);
	record_page_close(page);
}

/* ---- keeping a draft */

struct draft record_draft_of(struct page *page, const struct writing *writing)
{
	struct buf typed = { 0 };
	buf_typed(&typed, &writing->typed);
	struct draft draft = { .person = page->actor.user, .key = writing->key,
		.subject = page->id, .type = writing->form.type->name, .record = writing->record,
		.version = writing->version, .typed = arena_str(page->arena, buf_view(&typed)),
		.turn = writing->turn };
	buf_close(&typed);
	return draft;
}

static bool draft_work(struct page *page, struct store *store, struct err *err)
{
	struct writing *writing = page->own;
	struct draft draft = record_draft_of(page, writing);
	bool kept = store_draft_keep(store, &draft, page->now, err);
	/* By the button it is the form in front of them that counts. */
	if (!kept && err->code == ERR_STALE)
		kept = store_draft_keep(store, &draft, page->now, err);
	writing->made = draft.made;
	return kept;
}

static void draft_done(struct page *page, const struct err *failed)
{
	struct writing *writing = page->own;
	if (failed == NULL)
		page_redirect(page, arena_format(page->arena, "%.*s&kept=1",
			STR_ARGS(form_address(page, writing))));
	else if (failed->code == ERR_DUPLICATE)
		page_redirect(page, record_address(page, writing->made, S("/history?saved=before")));
	else
		page_failed(page, failed);
}

/* ---- saving */

/* Of a booking: does nothing speak against it that was not confirmed? */
static bool may_book(struct page *page, struct store *store, struct writing *writing, struct err *err)
{
	writing->check = arena_new(page->arena, struct booking_check);
	if (!booking_check(page, store, writing->read, writing->record, writing->check, err))
		return false;
	if (booking_stops(page, writing->check, writing->reason))
		return err_set(err, ERR_INPUT, "something speaks against this day");
	writing->reason = booking_reason(page, writing->check, writing->reason);
	return true;
}

/* Of an allocation: does practice say nothing against it, or was that said and ticked? */
static bool may_allocate(struct page *page, struct store *store, struct writing *writing,
	struct err *err)
{
	static const struct allocation nobody;
	const struct allocation *now = writing->read,
				*old = writing->form.old == NULL ? &nobody : writing->form.old;
	const str *to[] = { [ALLOCATE_IRO] = &now->iro, [ALLOCATE_CHAIR] = &now->chair },
		  *from[] = { [ALLOCATE_IRO] = &old->iro, [ALLOCATE_CHAIR] = &old->chair };
	bool group = !str_equal(now->sibling_group, old->sibling_group);
	writing->family = arena_new(page->arena, struct family_check);
	for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
		const struct kin_asked asked = { .actor = &page->actor, .as = (enum allocate_as)i,
			.subject = &page->id, .n = 1, .to = *to[i], .group = &now->sibling_group };
		if ((group || !str_equal(*to[i], *from[i])) &&
			!family_check(page, store, &asked, writing->family, err))
			return false;
	}
	return family_confirmed(page, writing->family) ||
		err_set(err, ERR_INPUT, "practice says something against this");
}

/* What the rules of the returns would say, once: who has read it may save all the same. */
static bool is_warned(struct page *page, struct store *store, struct writing *writing, struct err *err)
{
	const struct record_type *type = record_types[writing->form.type->index];
	struct quality_warnings *warned = arena_new(page->arena, struct quality_warnings);
	struct err none;
	if (page->matter.subject != 0 || writing->minutes || !quality_touches(type) ||
		str_equal(form_value(&page->form, S("action")), S("anyway")))
		return false;
	/* A check that cannot be made keeps nobody from recording. */
	if (!quality_of_child(store, page->arena, page->child.authority, page->id, page->child.number, type, writing->record,
		    writing->read, warned, &none) ||
		warned->n == 0)
		return false;
	writing->warned = warned;
	return !err_set(err, ERR_INPUT, "a check of the return would find fault with this");
}

static bool save_work(struct page *page, struct store *store, struct err *err)
{
	struct writing *writing = page->own;
	struct draft draft = record_draft_of(page, writing), there;
	struct err none;
	if (store_draft_find(store, page->arena, draft.person, draft.key, &there, &none) &&
		there.made != 0) {
		writing->made = there.made; /* it was sent before */
		return true;
	}
	if (record_types[writing->form.type->index] == &booking_type && !may_book(page, store, writing, err))
		return false;
	if (writing->form.type == &allocation_type && !may_allocate(page, store, writing, err))
		return false;
	if (is_warned(page, store, writing, err))
		return false;
	struct change change = { .act = writing->record == 0 ? CHANGE_ADD : CHANGE_EDIT,
		.type = record_types[writing->form.type->index], .subject = page->id, .id = writing->record,
		.version = writing->version, .record = writing->read, .reason = writing->reason };
	struct save save = { .mode = SAVE_FORM, .actor = &page->actor,
		.authority = page->child.authority, .change = &change, .n = 1,
		.problems = &writing->problems, .arena = page->arena };
	if (!store_save(store, &save, err))
		return false;
	writing->made = change.id;
	return store_draft_made(store, &draft, change.id, page->now, err);
}

/* The store's own checks are the form's: what it finds besides is said all the same. */
static void take_problems(struct page *page, struct writing *writing)
{
	for (size_t i = 0; i < writing->problems.n; i++) {
		str field = writing->problems.item[i].field;
		field = str_from(field, str_find(field, '.') + 1);
		if (str_equal(field, S("reason")))
			writing->reason_fault = writing->problems.item[i].message;
		else
			form_fault_add(page->arena, &writing->faults,
				record_field(writing->form.type, field),
				writing->problems.item[i].message, 0);
	}
}

static void save_done(struct page *page, const struct err *failed)
{
	struct writing *writing = page->own;
	if (failed == NULL) {
		page_redirect(page, record_address(page, writing->made, S("/history?saved=1")));
	} else if (failed->code == ERR_STALE) {
		record_conflict_show(page, writing);
	} else if (failed->code == ERR_INPUT && writing->warned != NULL) {
		record_form_show(page, writing);
	} else if (failed->code == ERR_INPUT && writing->problems.n == 0 &&
		writing->check != NULL) {
		booking_faults(page, writing->check, writing->form.type, &writing->faults);
		record_form_show(page, writing);
	} else if (failed->code == ERR_INPUT && writing->problems.n == 0 &&
		writing->family != NULL) {
		record_form_show(page, writing);
	} else if (failed->code == ERR_INPUT && writing->problems.n > 0) {
		take_problems(page, writing);
		record_form_show(page, writing);
	} else {
		page_failed(page, failed);
	}
}

void record_form_save(struct page *page, struct writing *writing)
{
	page->own = writing;
	page_write(page, save_work, save_done);
}

void record_keep_draft(struct page *page, struct writing *writing)
{
	page->own = writing;
	page_write(page, draft_work, draft_done);
}

/* What was sent: a draft to keep, or a record to save. */
static void send(struct page *page, struct writing *writing)
{
	page->own = writing;
	if (str_equal(form_value(&page->form, S("action")), S("draft"))) {
		record_keep_draft(page, writing);
		return;
	}
	writing->read = form_read_record(
		page->arena, &writing->form, &writing->typed, &writing->faults);
	if (writing->record != 0 && writing->reason.n == 0)
		writing->reason_fault = moves(writing) ? S("Enter why it is moved")
						       : S("Enter why it is corrected");
	if (writing->record != 0 && writing->faults.n == 0 &&
		record_equal(writing->form.type, writing->read, writing->form.old))
		form_fault_add(page->arena, &writing->faults, NULL,
			S("Nothing is different from what is recorded"), 0);
	if (writing->faults.n > 0 || writing->reason_fault.n > 0)
		record_form_show(page, writing);
	else
		record_form_save(page, writing);
}

static int64_t sent_number(const struct page *page, str name)
{
	int64_t number = 0;
	str given = form_value(&page->form, name);
	return given.n > 0 && given.n <= 18 && str_int(given, &number) && number >= 0 ? number : 0;
}

/* ---- a new one */

/* The type that the address names, for who may write one. NULL once the page says why not. */
static const struct record_type *type_of(struct page *page)
{
	const struct record_type *type = record_type_find(page->word);
	if (type == NULL || type->desk.n == 0 || matter_is(type) != (page->matter.subject != 0))
		page_problem(page, 404);
	else if (!record_may(page, type))
		page_problem(page, 403);
	else
		return type;
	return NULL;
}

/* Of a type of which a child has one, a new one is a correction of the one that is there. */
static bool is_there(struct page *page, const struct record_type *type)
{
	struct stored_list list;
	struct err err;
	if (!type->single)
		return false;
	if (!store_records(page->store, page->arena, page->id, type, &list, &err)) {
		page_failed(page, &err);
		return true;
	}
	if (list.n > 0)
		page_redirect(page, record_address(page, list.item[0].id, (str){ 0 }));
	return list.n > 0;
}

static struct writing *new_writing(struct page *page)
{
	const struct record_type *type = type_of(page);
	struct err err;
	if (type == NULL || is_there(page, type))
		return NULL;
	struct writing *writing = arena_new(page->arena, struct writing);
	writing->form = (struct record_form){ .type = type, .today = page->today };
	writing->key = record_form_key(page);
	if (writing->key == 0)
		return NULL;
	if (record_choices(page, &writing->form, &err))
		return writing;
	page_failed(page, &err);
	return NULL;
}

bool record_shape(struct page *page, struct record_form *form, str kind)
{
	if (form->type->shape == NULL)
		return true;
	const struct record_type *shaped = form->type->shape(page->arena, kind);
	if (shaped != NULL)
		form->type = shaped;
	return shaped != NULL;
}

str record_kind(const struct record_type *type, const void *record)
{
	return type->shape == NULL ? (str){ 0 }
				   : *(const str *)((const char *)record + type->fields[0].at);
}

/* Of a type with kinds the form is one kind's; which kinds there are is a page of its own. */
static bool take_kind(struct page *page, struct writing *writing)
{
	const struct record_type *type = writing->form.type;
	str kind = type->shape == NULL ? (str){ 0 }
				       : typed_value(&writing->typed, str_of(type->fields[0].name));
	bool matter = page->matter.subject != 0;
	if (record_shape(page, &writing->form, kind) &&
		(!matter || writing->form.type->subject == page->matter.kind))
		return true;
	page_redirect(page, record_subject_address(page, matter ? (str){ 0 } : S("/steps")));
	return false;
}

void record_new_show(struct page *page)
{
	struct writing *writing = new_writing(page);
	if (writing == NULL)
		return;
	/* What the link said already: "?meeting=rcpc&thread=12". */
	record_typed(page, writing->form.type, &page->query, writing);
	writing->kept = form_has(&page->query, S("kept"));
	if (!record_take_draft(page, writing) || !take_kind(page, writing))
		return;
	if (writing->turn == 0 && !record_begin(page, writing))
		return;
	record_form_show(page, writing);
}

void record_new_send(struct page *page)
{
	struct writing *writing = new_writing(page);
	if (writing == NULL)
		return;
	record_typed(page, writing->form.type, &page->form, writing);
	writing->turn = sent_number(page, S("turn"));
	if (take_kind(page, writing))
		send(page, writing);
}

/* ---- a correction */

static struct writing *old_writing(struct page *page, struct record_found *found)
{
	struct err err;
	if (!record_of_page(page, found))
		return NULL;
	if (!record_may(page, found->type)) {
		page_problem(page, 403);
		return NULL;
	}
	struct writing *writing = arena_new(page->arena, struct writing);
	writing->form = (struct record_form){
		.type = found->type, .today = page->today, .old = found->record };
	writing->record = found->id;
	writing->version = found->version;
	writing->key = record_form_key(page);
	if (writing->key == 0)
		return NULL;
	must(record_shape(page, &writing->form, record_kind(found->type, found->record)));
	if (found->type == &booking_type)
		writing->form.type = booking_moved(page->arena);
	if (record_choices(page, &writing->form, &err))
		return writing;
	page_failed(page, &err);
	return NULL;
}

void record_edit_show(struct page *page)
{
	struct record_found found;
	struct writing *writing = old_writing(page, &found);
	if (writing == NULL)
		return;
	form_write_record(page->arena, &writing->form, found.record, &writing->typed);
	/* What the link said: the day that was chosen for it. */
	for (size_t i = 0; i < page->query.n; i++) {
		if (is_asked(writing->form.type, page->query.item[i].name))
			typed_put(page->arena, &writing->typed, page->query.item[i].name,
				page->query.item[i].value);
	}
	writing->kept = form_has(&page->query, S("kept"));
	if (!record_take_draft(page, writing))
		return;
	if (found.withdrawn)
		page_redirect(page, record_address(page, found.id, S("/history")));
	else
		record_form_show(page, writing);
}

/* Sent before? Then the record is of a later version by this very form, and no one else's. */
static bool was_sent(struct page *page, struct writing *writing)
{
	struct draft draft;
	struct err err;
	if (!store_draft_find(
		    page->store, page->arena, page->actor.user, writing->key, &draft, &err) ||
		draft.made == 0)
		return false;
	page_redirect(page, record_address(page, draft.made, S("/history?saved=before")));
	return true;
}

void record_edit_send(struct page *page)
{
	struct record_found found;
	struct writing *writing = old_writing(page, &found);
	if (writing == NULL || was_sent(page, writing))
		return;
	record_typed(page, found.type, &page->form, writing);
	writing->turn = sent_number(page, S("turn"));
	writing->version = sent_number(page, S("version"));
	page->own = writing;
	bool keep = str_equal(form_value(&page->form, S("action")), S("draft"));
	if (found.withdrawn && !keep)
		page_redirect(page, record_address(page, found.id, S("/history")));
	else if (str_equal(form_value(&page->form, S("action")), S("merge")))
		record_conflict_choose(page, writing);
	else if (writing->version != found.version && !keep)
		record_conflict_show(page, writing);
	else
		send(page, writing);
}
