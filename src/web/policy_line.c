#include "web/policy_line.h"

#include "store/local.h"

static void put_settings(struct buf *words, const struct local_policy *policy, day today)
{
	for (size_t i = 0; i < choice_rows_n; i++) {
		const struct choice_row *first = &choice_rows[i];
		if (choice_find(first->setting, S("")) != first ||
			word_rows[first->word].subject != SUBJECT_CHILD)
			continue;
		const struct local_item *item = local_on(policy, LOCAL_SETTING, first->setting, today);
		const struct choice_row *now =
			item == NULL ? first : choice_find(first->setting, item->choice);
		buf_format(words, ". %.*s %.*s", STR_ARGS(first->title), STR_ARGS(now->words));
	}
}

str policy_says(struct page *page)
{
	const struct local_version *version;
	struct err err;
	if (!store_local(page->store, page->actor.authority, &version, &err) || version->version == 0)
		return (str){ 0 };
	struct buf words = { 0 };
	buf_format(&words, "Dates by the council’s policy, version %lld, and where it is silent by the law",
		(long long)version->version);
	put_settings(&words, version->policy, page->today);
	str out = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return out;
}

void policy_line(struct page *page)
{
	str words = policy_says(page);
	if (words.n == 0)
		return;
	H(page->out, "<p class=\"govuk-body-s\">");
	text(page->out, words);
	H(page->out, ".</p>\n");
}

str policy_line_source(struct page *page, const struct rule *rule)
{
	struct buf words = { 0 };
	buf_source(&words, rule);
	if (!rule->verified)
		buf_lit(&words, "; citation not yet checked against its source");
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}
