/* record_conflict.c - two people changed one record: both versions stand side by side, nothing of
 * either is lost, and the person chooses field by field. */
#include "web/record.h"

#include "html/govuk_button.h"
#include "html/govuk_options.h"
#include "web/later.h"

/* The three that are compared: what was seen, what is there now, and what was typed. */
struct conflict {
	struct record_found now;
	struct record_versions versions;
	const void *seen; /* NULL: the version seen is not known */
	const void *mine; /* what was typed, as far as it makes a record */
	struct form_faults faults;
};

static const struct record_version *version_of(
	const struct record_versions *versions, int64_t version)
{
	for (size_t i = 0; i < versions->n; i++) {
		if (versions->item[i].version == version)
			return &versions->item[i];
	}
	return NULL;
}

static bool conflict_read(
	struct page *page, struct writing *writing, struct conflict *conflict)
{
	struct err err;
	if (!record_of_page(page, &conflict->now))
		return false;
	if (!store_record_history(page->store, page->arena, writing->form.type, writing->record,
		    &conflict->versions, &err)) {
		page_failed(page, &err);
		return false;
	}
	const struct record_version *seen = version_of(&conflict->versions, writing->version);
	conflict->seen = seen == NULL ? NULL : seen->record;
	writing->form.old = conflict->now.record;
	conflict->mine = form_read_record(
		page->arena, &writing->form, &writing->typed, &conflict->faults);
	return true;
}

/* ---- a field as it was typed and as it is */

/* Does what was typed say the same of the field as that record? */
static bool says_same(
	const struct conflict *conflict, const struct field *field, const void *record)
{
	return form_fault_of(&conflict->faults, field) == NULL &&
		field_equal(field, conflict->mine, record);
}

/* How the typed boxes read: in the words of the record where they make one. Escaped. */
static str typed_words(struct page *page, const struct writing *writing,
	const struct conflict *conflict, const struct field *field)
{
	struct buf words = { 0 };
	if (form_fault_of(&conflict->faults, field) == NULL)
		form_draw_value(&words, &writing->form, field, conflict->mine);
	for (size_t i = 0; words.n == 0 && i < writing->typed.n; i++) {
		if (!typed_is_of(writing->typed.item[i].name, field->name))
			continue;
		text(&words, writing->typed.item[i].value);
		H(&words, " ");
	}
	str kept = arena_str(page->arena, html_markup(&words).s);
	buf_close(&words);
	return kept;
}

/* ---- the page */

static void who_and_when(struct page *page, const struct conflict *conflict, int64_t seen)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body\">While you were writing, this record was changed:</p>\n"
	     "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < conflict->versions.n; i++) {
		const struct record_version *version = &conflict->versions.item[i];
		if (version->version <= seen)
			continue;
		H(b, "<li>");
		text(b, version->by.n > 0 ? version->by : S("An import"));
		H(b, ", ");
		buf_instant_words(b, version->at);
		if (version->reason.n > 0) {
			H(b, ": ");
			text(b, version->reason);
		}
		H(b, "</li>\n");
	}
	H(b, "</ul>\n<p class=\"govuk-body\">Nothing is lost. Choose for each field which is right; "
	     "you can change it on the next page.</p>\n");
}

static str chosen_before(struct page *page, const struct field *field)
{
	return form_value(&page->form, arena_format(page->arena, "choose-%s", field->name));
}

/* Mine where only I changed it, theirs where only they did; where both did, nobody knows. */
static str likely(const struct conflict *conflict, const struct field *field)
{
	if (conflict->seen == NULL)
		return (str){ 0 };
	if (says_same(conflict, field, conflict->seen))
		return S("theirs");
	return field_equal(field, conflict->seen, conflict->now.record) ? S("mine") : (str){ 0 };
}

static void draw_field(struct page *page, const struct writing *writing,
	const struct conflict *conflict, const struct field *field, str chosen, bool wrong)
{
	struct buf mine = { 0 }, theirs = { 0 };
	str name = arena_format(page->arena, "choose-%s", field->name);
	H(&mine, "<strong>Yours:</strong> <span class=\"app-long\">");
	html_put(&mine, (struct markup){ typed_words(page, writing, conflict, field) });
	H(&mine, "</span>");
	H(&theirs, "<strong>As it is now:</strong> <span class=\"app-long\">");
	form_draw_value(&theirs, &writing->form, field, conflict->now.record);
	H(&theirs, "</span>");
	const struct govuk_fieldset fieldset = { .legend = { .text = field->label,
		.classes = S("govuk-fieldset__legend--s") } };
	govuk_radios(page->out, .fieldset = &fieldset, .name = name, .id_prefix = name,
		.value = chosen, .classes = S("govuk-radios--small"),
		.error = { .text = wrong ? S("Select which is right") : (str){ 0 } },
		GOVUK_LIST(items, struct govuk_option,
			{ .html = html_markup(&mine), .value = S("mine") },
			{ .html = html_markup(&theirs), .value = S("theirs") }));
	buf_close(&mine);
	buf_close(&theirs);
}

/* Is the field one to choose about? */
static bool is_chosen(const struct writing *writing, const struct conflict *conflict,
	const struct field *field)
{
	return form_asks(&writing->form, field) &&
		!says_same(conflict, field, conflict->now.record);
}

static void draw_hidden(struct page *page, const struct writing *writing, int64_t version)
{
	struct buf *b = page->out;
	for (size_t i = 0; i < writing->typed.n; i++) {
		H(b, "<textarea hidden");
		attr(b, "name", writing->typed.item[i].name);
		H(b, ">\n");
		text(b, writing->typed.item[i].value);
		H(b, "</textarea>\n");
	}
	H(b, "<input type=\"hidden\" name=\"version\"");
	attr_int(b, "value", writing->version);
	H(b, "><input type=\"hidden\" name=\"now\"");
	attr_int(b, "value", version);
	H(b, "><input type=\"hidden\" name=\"action\" value=\"merge\">\n");
}

static void conflict_draw(struct page *page, struct writing *writing,
	const struct conflict *conflict, bool again)
{
	struct buf *b = page->out;
	page->status = again ? 422 : 409;
	page->layout.error = true;
	record_page_open(page, S("Somebody else changed this record"));
	struct form_faults faults = { 0 };
	form_draw_summary(b, page->arena, &faults,
		&(struct form_extra){ S("form"), again
			? S("Select which is right for every field")
			: S("Your changes are not saved yet: somebody else changed this record first") },
		1);
	record_heading(page, S("Somebody else changed this record"));
	who_and_when(page, conflict, writing->version);
	layout_form_open(b, arena_format(page->arena, "%.*s?key=%lld",
		STR_ARGS(page->request->path), (long long)writing->key), page->csrf);
	draw_hidden(page, writing, conflict->now.version);
	H(b, "<div id=\"form\" tabindex=\"-1\">\n");
	for (size_t i = 0; i < writing->form.type->n; i++) {
		const struct field *field = &writing->form.type->fields[i];
		if (!is_chosen(writing, conflict, field))
			continue;
		str before = chosen_before(page, field);
		draw_field(page, writing, conflict, field,
			before.n > 0 ? before : likely(conflict, field),
			again && before.n == 0);
	}
	H(b, "</div>\n");
	govuk_button(b, .text = S("Continue with what is chosen"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	record_page_close(page);
}

void record_conflict_show(struct page *page, struct writing *writing)
{
	struct conflict conflict = { 0 };
	if (!conflict_read(page, writing, &conflict))
		return;
	if (conflict.now.withdrawn) {
		page_redirect(page, record_address(page, writing->record, S("/history")));
		return;
	}
	conflict_draw(page, writing, &conflict, false);
}

/* ---- what was chosen: theirs in place of mine, and the form once more */

static void take_theirs(struct page *page, struct writing *writing, const struct field *field,
	const struct typed *now)
{
	for (size_t i = 0; i < writing->typed.n; i++) {
		if (typed_is_of(writing->typed.item[i].name, field->name))
			writing->typed.item[i].value = (str){ 0 };
	}
	for (size_t i = 0; i < now->n; i++) {
		if (typed_is_of(now->item[i].name, field->name))
			typed_put(page->arena, &writing->typed, now->item[i].name,
				now->item[i].value);
	}
}

void record_conflict_choose(struct page *page, struct writing *writing)
{
	struct conflict conflict = { 0 };
	struct typed now = { 0 };
	int64_t compared = 0;
	if (!conflict_read(page, writing, &conflict))
		return;
	form_write_record(page->arena, &writing->form, conflict.now.record, &now);
	/* Changed once more since the two were shown: they are compared anew. */
	if (!str_int(form_value(&page->form, S("now")), &compared) ||
		compared != conflict.now.version) {
		conflict_draw(page, writing, &conflict, false);
		return;
	}
	bool unsaid = false;
	for (size_t i = 0; i < writing->form.type->n; i++) {
		const struct field *field = &writing->form.type->fields[i];
		if (!is_chosen(writing, &conflict, field))
			continue;
		str chosen = chosen_before(page, field);
		unsaid = unsaid || (!str_equal(chosen, S("mine")) && !str_equal(chosen, S("theirs")));
	}
	if (unsaid) {
		conflict_draw(page, writing, &conflict, true);
		return;
	}
	for (size_t i = 0; i < writing->form.type->n; i++) {
		const struct field *field = &writing->form.type->fields[i];
		if (str_equal(chosen_before(page, field), S("theirs")))
			take_theirs(page, writing, field, &now);
	}
	writing->version = conflict.now.version;
	record_form_show(page, writing);
}
