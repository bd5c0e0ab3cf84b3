#include "web/policy_line.h"

#include "store/local.h"

static void put_settings(
	struct buf *words, const struct local_policy *policy, bool of_children, day today)
{
	for (size_t i = 0; i < choice_rows_n; i++) {
		const struct choice_row *first = &choice_rows[i];
		if (choice_find(first->setting, S("")) != first || !choice_moves_clocks(first) ||
			(word_rows[first->word].subject == SUBJECT_CHILD) != of_children)
			continue;
		const struct choice_row *now = local_choice(policy, first->setting, today);
		buf_format(words, ". %.*s %.*s", STR_ARGS(first->title), STR_ARGS(now->words));
	}
}

static str says(struct page *page, bool of_children)
{
	const struct local_version *version;
	struct err err;
	struct buf words = { 0 };
	if (!store_local(page->store, page->actor.authority, &version, &err))
		return (str){ 0 };
	if (version->version == 0)
		buf_lit(&words, "Dates by the law and by national guidance: the council has set no policy");
	else
		buf_format(&words, "Dates by the council’s policy, version %lld, and where it is silent by the law",
			(long long)version->version);
	put_settings(&words, version->version == 0 ? NULL : version->policy, of_children, page->today);
	str out = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return out;
}

str policy_says(struct page *page)
{
	return says(page, true);
}

str policy_says_matters(struct page *page)
{
	return says(page, false);
}

static void line(struct page *page, str words)
{
	if (words.n == 0)
		return;
	H(page->out, "<p class=\"govuk-body-s\">");
	text(page->out, words);
	H(page->out, ".</p>\n");
}

void policy_line(struct page *page)
{
	line(page, policy_says(page));
}

void policy_line_matters(struct page *page)
{
	line(page, policy_says_matters(page));
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
