/* record_begin.c - what a new form says before anybody has typed: what can be told from the child's own
 * records, and a day where the council has chosen how it is proposed. */
#include "store/local.h"
#include "web/record.h"

void record_begin_day(struct page *page, struct typed *typed, const char *field, day on)
{
	struct civil civil = day_civil(on);
	typed_put_part(page->arena, typed, field, "day", arena_format(page->arena, "%d", civil.day));
	typed_put_part(page->arena, typed, field, "month", arena_format(page->arena, "%d", civil.month));
	typed_put_part(page->arena, typed, field, "year", arena_format(page->arena, "%d", civil.year));
}

void record_begin_placed(struct page *page, struct writing *writing)
{
	const struct record_form *form = &writing->form;
	bool asked = form->type == &cla_review_type && typed_value(&writing->typed, S("placement")).n == 0;
	for (size_t i = 0; asked && i < form->choices; i++) {
		const struct form_choice *choice = &form->choice[i];
		if ((choice->kind & TO_ADOPTION) == 0 || choice->over)
			continue;
		typed_put(page->arena, &writing->typed, S("placement"),
			arena_format(page->arena, "%lld", (long long)choice->id));
		return;
	}
}

/* The day by which a conference before the birth is to be held: whoever decides on the conference writes
 * another where theirs is. */
static bool begin_before_birth(struct page *page, struct writing *writing)
{
	struct typed *typed = &writing->typed;
	if (!str_equal(writing->form.type->name, child_step_type.name) ||
		page->child.expected == DAY_UNKNOWN ||
		!str_equal(typed_value(typed, S("kind")), word_text(WORD_PREBIRTH_CONFERENCE_NEEDED)) ||
		typed_value(typed, S("by-day")).n > 0)
		return true;
	const struct local_version *local;
	struct err err;
	if (!store_local(page->store, page->child.authority, &local, &err)) {
		page_failed(page, &err);
		return false;
	}
	const struct choice_row *chosen = local_choice(local->policy, S("prebirth-conference-day"), page->today);
	int64_t weeks = 0;
	must(str_int(str_upto(chosen->value, str_find(chosen->value, ' ')), &weeks)); /* "10 weeks" */
	record_begin_day(page, typed, "by", day_add(page->child.expected, -7 * (int)weeks));
	return true;
}

bool record_begin(struct page *page, struct writing *writing)
{
	form_begin(page->arena, &writing->form, &writing->typed);
	record_begin_placed(page, writing);
	return begin_before_birth(page, writing);
}
