#include "html/show_why.h"

#include "html/show_clock.h"
#include "html/show_word.h"
#include "law/local.h"

static void open_row(struct buf *b, str name)
{
	H(b, "<dt>");
	text(b, name);
	H(b, "</dt><dd>");
}

static void source(struct buf *b, const struct show_why *why)
{
	open_row(b, S("Source"));
	text(b, why->authority);
	if (why->edition.n > 0) {
		H(b, " (");
		text(b, why->edition);
		H(b, ")");
	}
	if (why->verified && why->citation.n > 0) {
		H(b, ", ");
		text(b, why->citation);
		H(b, ". Read at the source.");
	} else {
		H(b, ". Citation not yet checked against its source.");
	}
	if (why->level.n > 0) {
		H(b, " Level: ");
		text(b, why->level);
		H(b, ".");
	}
	H(b, "</dd>\n");
}

static bool has_time(instant at)
{
	return at != 0 && at != INSTANT_UNKNOWN;
}

static void start(struct buf *b, const struct show_why *why)
{
	open_row(b, S("Counted from"));
	text(b, why->trigger);
	H(b, ", ");
	if (has_time(why->from_at))
		buf_instant_words(b, why->from_at);
	else if (why->from == DAY_UNKNOWN)
		H(b, "date not recorded");
	else
		text_day(b, why->from);
	H(b, "</dd>\n");
	open_row(b, S("Limit"));
	text(b, why->counted);
	H(b, "</dd>\n");
}

static void skipped(struct buf *b, const struct show_why *why)
{
	if (why->n_skipped == 0)
		return;
	open_row(b, S("Days not counted"));
	for (size_t i = 0; i < why->n_skipped; i++) {
		if (i > 0)
			H(b, "; ");
		text_day(b, why->skipped[i].on);
		H(b, " (");
		text(b, why->skipped[i].name);
		H(b, ")");
	}
	H(b, "</dd>\n");
}

static void dates(struct buf *b, const struct show_why *why)
{
	open_row(b, S("Due by"));
	if (has_time(why->due_at)) {
		buf_instant_words(b, why->due_at);
	} else {
		H(b, "the end of ");
		text(b, str_of(weekday_name(day_weekday(why->due))));
		H(b, " ");
		text_day(b, why->due);
	}
	if (why->provisional)
		H(b, ". Provisional: the bank holidays of that year are not yet published");
	H(b, "</dd>\n");
	if (why->last_working_day != DAY_UNKNOWN) {
		open_row(b, S("Last working day on or before it"));
		text(b, str_of(weekday_name(day_weekday(why->last_working_day))));
		H(b, " ");
		text_day(b, why->last_working_day);
		H(b, "</dd>\n");
	}
	if (why->due_data != DAY_UNKNOWN && why->due_data != why->due) {
		open_row(b, S("The data standard counts it as"));
		text_day(b, why->due_data);
		H(b, "</dd>\n");
	}
}

static void known(struct buf *b, str name, str what)
{
	if (what.n == 0)
		return;
	open_row(b, name);
	text(b, what);
	H(b, "</dd>\n");
}

/* Both dates in one sentence, and whose policy it is. */
static void policy(struct buf *b, const struct show_why *why)
{
	if (why->policy.n == 0)
		return;
	open_row(b, S("Local policy"));
	if (why->counted_law.n > 0) {
		text(b, why->says);
		H(b, " ");
		if (has_time(why->due_law_at))
			buf_instant_words(b, why->due_law_at);
		else
			text_day(b, why->due_law);
		H(b, " (");
		text(b, why->counted_law);
		H(b, "); your council’s policy says ");
		if (has_time(why->due_at))
			buf_instant_words(b, why->due_at);
		else
			text_day(b, why->due);
		H(b, " (");
		text(b, why->counted);
		H(b, "). ");
	}
	text(b, why->policy);
	H(b, ". ");
	text(b, why->policy_about);
	H(b, "</dd>\n");
}

void show_why(struct buf *b, const struct show_why *why)
{
	H(b, "<details class=\"govuk-details app-why\"><summary class=\"govuk-details__summary\">"
	     "<span class=\"govuk-details__summary-text\">Why this date");
	if (why->about.n > 0) {
		H(b, "<span class=\"govuk-visually-hidden\"> ");
		text(b, why->about);
		H(b, "</span>");
	}
	H(b, "</span></summary><div class=\"govuk-details__text\"><dl class=\"app-why__list\">\n");
	open_row(b, S("Rule"));
	text(b, why->rule);
	H(b, "</dd>\n");
	source(b, why);
	start(b, why);
	skipped(b, why);
	dates(b, why);
	policy(b, why);
	known(b, S("Written down here"), why->written);
	if (why->note.n > 0) {
		open_row(b, S("Note"));
		text(b, why->note);
		H(b, "</dd>\n");
	}
	if (why->stood.n > 0) {
		open_row(b, S("Until it was corrected"));
		text(b, why->stood);
		H(b, "</dd>\n");
	}
	known(b, S("Recorded"), why->recorded);
	known(b, S("What would start it again"), why->restart);
	known(b, S("Versions"), why->versions);
	H(b, "</dl></div></details>\n");
}

/* Room for half a year of weekends: no limit in working days is longer. */
enum { SKIPPED_DAYS = 128 };

struct skipped_days {
	struct show_skipped item[SKIPPED_DAYS];
	size_t n;
};

static void collect(void *to, day d, str why)
{
	struct skipped_days *days = to;
	if (days->n < SKIPPED_DAYS)
		days->item[days->n++] = (struct show_skipped){ .on = d, .name = why };
}

void show_why_clock(struct buf *b, const struct law *law, const struct clock *clock, str about)
{
	show_why_stood(b, law, clock, about, &(struct show_why_known){ 0 });
}

/* From the rule's own words: which of its events, and of which kind. */
static void say_restart(struct buf *buf, const struct rule *rule)
{
	if (rule->prepared > 0) {
		buf_lit(buf, "another day for the meeting that it prepares");
		return;
	}
	if (rule->trigger.n == 0)
		return;
	for (size_t i = 0; i < rule->trigger.n; i++) {
		buf_str(buf, i > 0 ? S(" or ") : S(""));
		buf_format(buf, "“%.*s”", STR_ARGS(show_word(rule->trigger.word[i])));
	}
	if (rule->first_in_care)
		buf_lit(buf, ", only the first since the child last became looked after");
	else if (rule->nth == 1)
		buf_lit(buf, ", only the first of its period: a later one starts nothing");
	else if (rule->nth == -1)
		buf_lit(buf, ", each time but the first");
	else
		buf_lit(buf, ", each time");
}

/* "Version 3, in force from 1 April 2026, by A Head: agreed in May." */
static void say_item(struct buf *buf, const struct local_item *item)
{
	if (item == NULL)
		return;
	const struct choice_row *choice =
		item->kind == LOCAL_SETTING ? choice_find(item->id, item->choice) : NULL;
	if (choice != NULL)
		buf_format(buf, "Counted from %.*s. ", STR_ARGS(choice->words));
	if (item->version > 0)
		buf_format(buf, "Version %lld, in force from ", (long long)item->version);
	else
		buf_lit(buf, "In force from ");
	buf_day_words(buf, item->from);
	buf_format(buf, ", by %.*s: %.*s", STR_ARGS(item->author), STR_ARGS(item->reason));
	if (item->departure)
		buf_format(buf, ". A departure from guidance, approved by %.*s",
			STR_ARGS(item->approved_by));
}

/* What is not here was not done: since when the council says that of what would meet the clock. */
static void say_written(struct buf *buf, const struct law *law, const struct clock *clock)
{
	for (size_t i = 0; i < law->recordings && clock->met_on == DAY_UNKNOWN; i++) {
		const struct recorded_here *here = &law->recorded[i];
		if (!local_touches(here->of, clock->rule))
			continue;
		buf_str(buf, buf->n > 0 ? S(". ") : S(""));
		buf_str(buf, area_title(here->area));
		buf_lit(buf, ", from ");
		buf_day_words(buf, here->from);
		if (here->to != DAY_UNKNOWN) {
			buf_lit(buf, " to ");
			buf_day_words(buf, here->to);
		}
		buf_format(buf, ", so what is not here was not done (%.*s: %.*s)",
			STR_ARGS(here->of->author), STR_ARGS(here->of->reason));
	}
}

void show_why_stood(struct buf *b, const struct law *law, const struct clock *clock, str about,
	const struct show_why_known *more)
{
	if (clock->due == DAY_UNKNOWN)
		return;
	const struct rule *rule = clock->rule;
	struct skipped_days days;
	days.n = 0;
	const struct limit *limit = clock_limit_local(clock);
	const struct local_item *item = local_of(rule, clock->from, clock->local);
	due_skipped(law, limit, clock->from, clock->due, collect, &days);
	struct buf counted = { 0 }, restart = { 0 }, by_law = { 0 }, about_it = { 0 }, written = { 0 };
	say_restart(&restart, rule);
	say_written(&written, law, clock);
	if (limit == &rule->limit)
		buf_offset(&counted, rule);
	else
		buf_limit(&counted, limit);
	if (clock->due_law != DAY_UNKNOWN)
		buf_offset(&by_law, rule);
	say_item(&about_it, item);
	show_why(b, &(struct show_why){ .rule = rule->title,
			    .level = level_words(rule->level),
			    .authority = rule->authority,
			    .edition = rule->edition,
			    .citation = rule->citation,
			    .verified = rule->verified,
			    .trigger = show_word(clock->from_word),
			    .from = clock->from,
			    .from_at = clock->from_at,
			    .counted = buf_view(&counted),
			    .skipped = days.item,
			    .n_skipped = days.n,
			    .due = clock->due,
			    .due_at = clock->due_at,
			    .last_working_day = clock->last_working_day,
			    .due_data = clock->due_data,
			    .provisional = clock->provisional,
			    .policy = item == NULL ? (str){ 0 } : item->title,
			    .says = level_says(rule->level),
			    .policy_about = buf_view(&about_it),
			    .due_law = clock->due_law,
			    .due_law_at = clock->due_law_at,
			    .counted_law = buf_view(&by_law),
			    .written = buf_view(&written),
			    .note = rule->note,
			    .stood = more->stood,
			    .recorded = more->recorded,
			    .restart = buf_view(&restart),
			    .versions = more->versions,
			    .about = about });
	buf_close(&restart);
	buf_close(&counted);
	buf_close(&by_law);
	buf_close(&about_it);
	buf_close(&written);
}
