#include "web/family.h"

#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"

#include <inttypes.h>
#include <string.h>

/* "Maya Hill (N123)", or the number alone. */
static str who(struct page *page, str forename, str surname, str number)
{
	if (forename.n + surname.n == 0)
		return arena_format(page->arena, "Child %.*s", STR_ARGS(number));
	return arena_format(page->arena, "%.*s %.*s (%.*s)", STR_ARGS(forename), STR_ARGS(surname),
		STR_ARGS(number));
}

static str words_of(struct page *page, const struct kin_line *line, enum allocate_as as)
{
	str child = who(page, line->forename, line->surname, line->number);
	str other = who(page, line->other_forename, line->other_surname, line->other_number);
	const char *officer = as == ALLOCATE_CHAIR ? "conference chair" : "reviewing officer";
	if (line->kin == KIN_SIBLING)
		return arena_format(page->arena,
			"%.*s is a brother or sister of %.*s, whose %s is %.*s. Brothers and sisters "
			"usually have one %s",
			STR_ARGS(child), STR_ARGS(other), officer, STR_ARGS(line->officer), officer);
	bool parent = line->kin == KIN_PARENT;
	return arena_format(page->arena,
		"%.*s is the parent of %.*s, and both are looked after: both would have %.*s. Parent "
		"and baby should have different reviewing officers",
		STR_ARGS(parent ? other : child), STR_ARGS(parent ? child : other),
		STR_ARGS(line->officer));
}

static void add(struct page *page, struct family_check *check, str words)
{
	if (check->n == check->room) {
		size_t room = check->room == 0 ? 16 : check->room * 2;
		str *grown = arena_take(page->arena, room, sizeof *grown);
		if (check->n > 0)
			memcpy(grown, check->asked, check->n * sizeof *grown);
		check->asked = grown;
		check->room = room;
	}
	check->asked[check->n++] = words;
}

/* What was said, in sixteen digits: a tick for something else does not count. */
static str token_of(struct page *page, const struct family_check *check)
{
	uint64_t sum = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < check->n; i++) {
		for (size_t k = 0; k < check->asked[i].n; k++)
			sum = (sum ^ (unsigned char)check->asked[i].p[k]) *
				UINT64_C(1099511628211);
		sum ^= '\n';
	}
	return arena_format(page->arena, "%016" PRIx64, sum);
}

bool family_check(struct page *page, struct store *store, const struct kin_asked *asked,
	struct family_check *out, struct err *err)
{
	struct kin_lines lines;
	if (!store_kin(store, page->arena, asked, &lines, err))
		return false;
	for (size_t i = 0; i < lines.n; i++)
		add(page, out, words_of(page, &lines.item[i], asked->as));
	out->token = token_of(page, out);
	return true;
}

bool family_confirmed(const struct page *page, const struct family_check *check)
{
	return check->n == 0 || str_equal(form_value(&page->form, S("family")), check->token);
}

void family_draw(struct page *page, const struct family_check *check)
{
	struct buf *b = page->out, list = { 0 };
	if (check->n == 0)
		return;
	H(&list, "<h2 class=\"govuk-heading-s\">One family</h2>\n"
		 "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < check->n; i++) {
		H(&list, "<li>");
		text(&list, check->asked[i]);
		H(&list, "</li>\n");
	}
	H(&list, "</ul>\n");
	govuk_inset_text(b, .html = html_markup(&list));
	buf_close(&list);
	const struct govuk_option option = { .text = S("It shall be so all the same"),
		.value = check->token };
	bool confirmed = family_confirmed(page, check);
	govuk_checkboxes(b, .name = S("family"), .id_prefix = S("family"), .items = &option,
		.n_items = 1, .values = &check->token, .n_values = confirmed ? 1u : 0u,
		.error = { .text = confirmed ? (str){ 0 }
					     : S("Tick this, or choose somebody else above") });
}
