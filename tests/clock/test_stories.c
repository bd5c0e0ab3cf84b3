/* Runs tests/rules/stories/NAME.txt: what happened, what is asked and what the clocks then are, three
 * lines a story, so that a practice lead can add one. Every rule has a story, and with the rule off one
 * of its stories no longer holds. */
#include "told.h"

#include "law/rule_index.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { STORIES = 1000 };

struct story {
	str happened, asked, clocks;
	const struct rule *rule;
	day as_of;
};

static struct law all_on; /* the nation's, with every duty switched on */
static struct story story[STORIES];
static size_t stories;

/* ---- reading */

static str read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	char *text = arena_take(arena, 1 << 20, 1);
	size_t n = fread(text, 1, 1 << 20, file);
	fclose(file);
	return (str){ text, n };
}

/* "cla-review-first on 2027-01-20" */
static void read_asked(struct story *s)
{
	str rest = s->asked, id, on;
	struct err err;
	str_split(&rest, ' ', &id);
	str_split(&rest, ' ', &on);
	s->rule = rules_find(all_on.rules, id);
	if (s->rule == NULL || !str_equal(on, S("on")) || !day_read(rest, &s->as_of, &err))
		fail_msg("no such question: %.*s", STR_ARGS(s->asked));
}

static void read_stories(str text)
{
	str line;
	size_t lines = 0;
	while (str_split(&text, '\n', &line)) {
		if (line.n == 0 || line.p[0] == '#')
			continue;
		assert_true(stories < STORIES);
		struct story *s = &story[stories];
		*(lines == 0 ? &s->happened : lines == 1 ? &s->asked : &s->clocks) = line;
		if (++lines < 3)
			continue;
		read_asked(s);
		stories++;
		lines = 0;
	}
	assert_int_equal(lines, 0);
}

/* ---- telling */

/* "looked-after-began 2026-06-01 a legal=C2" is a row of a facts file; the kind of subject is the
 * rule's own. A day "?" is one that nobody wrote down, a thread "-" none. */
static void put_row(struct buf *rows, str fact, const struct rule *rule)
{
	str word, on = S(""), thread = S(""), rest = str_trim(fact);
	str_split(&rest, ' ', &word);
	str_split(&rest, ' ', &on);
	str_split(&rest, ' ', &thread);
	const struct word_set *own = rule->trigger.n > 0 ? &rule->trigger : &rule->met_by;
	enum subject_kind kind = word_rows[own->word[0]].subject;
	if (kind != SUBJECT_CHILD)
		buf_format(rows, "%.*s:", STR_ARGS(subject_kind_text(kind)));
	buf_format(rows, "1,%.*s,%.*s,%.*s,\"%.*s\"\n",
		STR_ARGS(str_equal(thread, S("-")) ? S("") : thread), STR_ARGS(word),
		STR_ARGS(str_equal(on, S("?")) ? S("") : on), STR_ARGS(rest));
}

static void put_due(struct buf *out, day on, instant at)
{
	if (at != INSTANT_UNKNOWN)
		buf_instant_local(out, at);
	else if (on == DAY_UNKNOWN)
		buf_char(out, '?');
	else
		buf_day(out, on);
}

/* "2026-12-18 due 2027-01-20 met 2027-01-19", one after the other; "none" without any. */
static void put_clocks(struct buf *out, const struct clocks *clocks, const struct story *s)
{
	for (size_t i = 0; i < clocks->n; i++) {
		const struct clock *clock = &clocks->item[i];
		if (!str_equal(clock->rule->id, s->rule->id))
			continue;
		buf_str(out, out->n > 0 ? S(" | ") : S(""));
		put_due(out, clock->from, INSTANT_UNKNOWN);
		buf_lit(out, " due ");
		put_due(out, clock->due, clock->due_at);
		buf_format(out, " %.*s", STR_ARGS(clock_state_text(clock_state(clock, s->as_of))));
		if (clock->met_on != DAY_UNKNOWN) {
			buf_char(out, ' ');
			buf_day(out, clock->met_on);
		}
	}
	if (out->n == 0)
		buf_lit(out, "none");
}

static str ending(const struct law *by, const struct story *s)
{
	struct buf rows = { 0 }, out = { 0 };
	str rest = s->happened, fact;
	while (str_split(&rest, ',', &fact))
		put_row(&rows, fact, s->rule);
	buf_char(&rows, '\0');
	struct told told = tell(by, rows.p, &coverage_all, s->as_of);
	put_clocks(&out, &told.clocks, s);
	told_close(&told);
	buf_close(&rows);
	return kept(&out);
}

/* ---- claims */

TEST(every_story_ends_as_it_is_told)
{
	size_t wrong = 0;
	for (size_t i = 0; i < stories; i++) {
		str got = ending(&all_on, &story[i]);
		if (str_equal(got, story[i].clocks))
			continue;
		print_error("%.*s\n%.*s\n  got  %.*s\n  want %.*s\n", STR_ARGS(story[i].happened),
			STR_ARGS(story[i].asked), STR_ARGS(got), STR_ARGS(story[i].clocks));
		wrong++;
	}
	print_message("# %zu stories of %zu rules\n", stories, all_on.rules->n);
	assert_int_equal(wrong, 0);
}

/* All the rules but one, which is switched off and so makes no clock. */
static struct law without(const struct rule *off)
{
	static const struct duty_switch switched_off;
	size_t n = all_on.rules->n;
	struct rule *copy = arena_take(arena, n, sizeof *copy);
	struct rules *rules = arena_new(arena, struct rules);
	memcpy(copy, all_on.rules->rule, n * sizeof *copy);
	for (size_t i = 0; i < n; i++) {
		struct rule *rule = &copy[i];
		if (rule->id.p == off->id.p)
			rule->behind = &switched_off;
		rule->chain = rule->chain == NULL ? NULL : &copy[rule->chain->index];
		bool alone = rule->twin == NULL || rule->twin->id.p == off->id.p;
		rule->twin = alone ? NULL : &copy[rule->twin->index];
		for (size_t k = 0; k < rule->prepared; k++)
			rule->prepares[k] = &copy[rule->prepares[k]->index];
	}
	rules_index(arena, copy, n, rules);
	return (struct law){ .calendar = all_on.calendar, .rules = rules };
}

/* Of how many stories the data standard's date stands beside, by this law. */
static size_t stand_beside(const struct law *by, const struct rule *twin)
{
	size_t n = 0;
	for (size_t i = 0; i < stories; i++) {
		if (story[i].rule->twin != twin)
			continue;
		struct buf rows = { 0 };
		str rest = story[i].happened, fact;
		while (str_split(&rest, ',', &fact))
			put_row(&rows, fact, story[i].rule);
		buf_char(&rows, '\0');
		struct told told = tell(by, rows.p, &coverage_all, story[i].as_of);
		for (size_t k = 0; k < told.clocks.n; k++)
			n += str_equal(told.clocks.item[k].rule->id, story[i].rule->id) &&
				told.clocks.item[k].due_data != DAY_UNKNOWN;
		told_close(&told);
		buf_close(&rows);
	}
	return n;
}

/* A twin makes no clock of its own: its date stands beside the other's, or is gone. */
TEST(with_any_rule_off_one_of_its_stories_no_longer_holds)
{
	size_t missing = 0;
	for (size_t r = 0; r < all_on.rules->n; r++) {
		const struct rule *rule = &all_on.rules->rule[r];
		size_t red = 0;
		struct law other = without(rule);
		for (size_t i = 0; i < stories; i++)
			red += story[i].rule == rule &&
				!str_equal(ending(&other, &story[i]), story[i].clocks);
		if (rule->is_twin)
			red = stand_beside(&all_on, rule) > 0 && stand_beside(&other, rule) == 0;
		if (red == 0) {
			print_error("no story needs %.*s\n", STR_ARGS(rule->id));
			missing++;
		}
	}
	assert_int_equal(missing, 0);
}

/* Every duty is switched on here, for its stories to be told. */
static str with_switches_on(str yaml)
{
	struct buf text = { 0 };
	while (yaml.n > 0) {
		bool off = str_starts(yaml, S("in force from: not yet"));
		buf_str(&text, off ? S("in force from: 2000-01-01") : str_upto(yaml, 1));
		yaml = str_from(yaml, off ? S("in force from: not yet").n : 1);
	}
	str copy = arena_str(arena, buf_view(&text));
	buf_close(&text);
	return copy;
}

static int open_stories(void **state)
{
	(void)state;
	arena = arena_open((size_t)512 << 20);
	struct err err;
	struct calendar *calendar = NULL;
	if (!rules_load(arena, with_switches_on(rules_embedded_yaml()), &all_on.rules, &err) ||
		!calendar_load(arena, calendar_embedded_csv(), &calendar, &err)) {
		print_error("%s\n", err.text);
		return 1;
	}
	all_on.calendar = calendar;
	const char *root = getenv("DULY_ROOT");
	char path[512];
	str folder = arena_format(arena, "%s/tests/rules/stories", root == NULL ? "." : root);
	snprintf(path, sizeof path, "%.*s", STR_ARGS(folder));
	DIR *open = opendir(path);
	struct dirent *entry;
	while (open != NULL && (entry = readdir(open)) != NULL) {
		if (!str_ends(str_of(entry->d_name), S(".txt")))
			continue;
		snprintf(path, sizeof path, "%.*s/%s", STR_ARGS(folder), entry->d_name);
		read_stories(read_file(path));
	}
	if (open != NULL)
		closedir(open);
	return stories == 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(every_story_ends_as_it_is_told),
		CLAIM(with_any_rule_off_one_of_its_stories_no_longer_holds),
	};
	return cmocka_run_group_tests_name("clock stories", tests, open_stories, close_law);
}
