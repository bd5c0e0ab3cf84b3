#include "cli/clocks_put.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>

static void put_when(struct csv_out *out, day on, instant at)
{
	if (at == INSTANT_UNKNOWN) {
		csv_put_day(out, on);
		return;
	}
	buf_instant_local(csv_begin_text(out), at);
	csv_end_text(out);
}

void clocks_put(
	struct csv_out *out, str subject, str thread, const struct clock *clock, day as_of)
{
	bool hours = clock->rule->limit.unit == UNIT_HOURS;
	csv_put(out, subject);
	csv_put(out, thread);
	csv_put_name(out, clock->rule->id);
	put_when(out, clock->from, hours ? clock->from_at : INSTANT_UNKNOWN);
	put_when(out, clock->due, clock->due_at);
	csv_put_day(out, clock->due_data);
	csv_put_day(out, clock->last_working_day);
	csv_put_day(out, clock->booked);
	csv_put_name(out, clock_state_text(clock_state(clock, as_of)));
	put_when(out, clock->met_on, hours ? clock->met_at : INSTANT_UNKNOWN);
	buf_clock_reason(csv_begin_text(out), clock, as_of, NULL);
	csv_end_text(out);
	csv_put_end(out);
}

static char *lay_text(char *to, str text)
{
	memcpy(to, text.p == NULL ? "" : text.p, text.n);
	to[text.n] = ',';
	return to + text.n + 1;
}

static char *lay_day(char *to, day on)
{
	if (on != DAY_UNKNOWN) {
		day_put(to, on);
		to += 10;
	}
	*to = ',';
	return to + 1;
}

void clocks_put_plain(
	struct csv_out *out, str subject, str thread, const struct clock *clock, day as_of)
{
	enum { DAYS = 6, FIELDS = 10 };
	const struct rule *rule = clock->rule;
	str state = clock_state_text(clock_state(clock, as_of));
	bool hours = rule->limit.unit == UNIT_HOURS || clock->due_at != INSTANT_UNKNOWN;
	char *to = hours ? NULL
			 : csv_row_open(out, subject.n + thread.n + rule->id.n + state.n + DAYS * 10 + FIELDS);
	if (to == NULL) {
		clocks_put(out, subject, thread, clock, as_of);
		return;
	}
	to = lay_text(to, subject);
	to = lay_text(to, thread);
	to = lay_text(to, rule->id);
	to = lay_day(to, clock->from);
	const char *due = to;
	to = lay_day(to, clock->due);
	to = lay_day(to, clock->due_data);
	if (clock->last_working_day == clock->due && clock->due != DAY_UNKNOWN) {
		memcpy(to, due, 11);
		to += 11;
	} else {
		to = lay_day(to, clock->last_working_day);
	}
	to = lay_day(to, clock->booked);
	to = lay_text(to, state);
	to = lay_day(to, clock->met_on);
	/* The comma before the reason is the reason's own. */
	csv_row_filled(out, FIELDS, to - 1);
	buf_clock_reason(csv_begin_text(out), clock, as_of, NULL);
	csv_end_text(out);
	csv_put_end(out);
}

/* One clock on both sides: as it is, and as it would be. */
void clocks_put_supposed(struct csv_out *out, str subject, str thread,
	const struct supposed_clock *clock, day as_of)
{
	const struct clock *side[2] = { clock->now, clock->then };
	char moved[16] = "";
	csv_put(out, subject);
	csv_put(out, thread);
	csv_put(out, (clock->now != NULL ? clock->now : clock->then)->rule->id);
	for (size_t i = 0; i < 2; i++) {
		csv_put_day(out, side[i] == NULL ? DAY_UNKNOWN : side[i]->from);
		csv_put_day(out, side[i] == NULL ? DAY_UNKNOWN : side[i]->due);
		csv_put(out, side[i] == NULL ? (str){ 0 }
					     : clock_state_text(clock_state(side[i], as_of)));
	}
	if (clock->moved != 0)
		snprintf(moved, sizeof moved, "%d", clock->moved);
	csv_put(out, str_of(moved));
	csv_put(out, supposed_text(clock));
	csv_put(out, clock->becomes_overdue     ? S("becomes overdue")
			: clock->no_longer_overdue ? S("no longer overdue")
						   : (str){ 0 });
	csv_put_end(out);
}

static void put_supposed_header(struct csv_out *out)
{
	static const char *const column[] = { "subject", "thread", "rule", "from", "due", "state",
		"supposed_from", "supposed_due", "supposed_state", "moved", "change", "overdue" };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(out, str_of(column[i]));
	csv_put_end(out);
}

void clocks_put_header(struct csv_out *out, bool supposed)
{
	if (supposed) {
		put_supposed_header(out);
		return;
	}
	static const char *const column[] = { "subject", "thread", "rule", "from", "due", "due_data",
		"last_working_day", "booked", "state", "met_on", "reason" };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(out, str_of(column[i]));
	csv_put_end(out);
}

/* ---- as JSON */

static void json_when(struct json *json, str key, day on, instant at)
{
	json_key(json, key);
	if (at == INSTANT_UNKNOWN) {
		json_day(json, on);
		return;
	}
	struct buf text = { 0 };
	buf_instant_local(&text, at);
	json_str(json, buf_view(&text));
	buf_close(&text);
}

static void json_text(struct json *json, str key, str value)
{
	json_key(json, key);
	if (value.n == 0)
		json_null(json);
	else
		json_str(json, value);
}

static void json_flag(struct json *json, str key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}

static void json_dates(struct json *json, const struct clock *clock)
{
	bool hours = clock->rule->limit.unit == UNIT_HOURS;
	bool local = clock->local != 0;
	json_when(json, S("from"), clock->from, hours ? clock->from_at : INSTANT_UNKNOWN);
	json_when(json, S("due"), clock->due, clock->due_at);
	json_when(json, S("due_data"), clock->due_data, INSTANT_UNKNOWN);
	json_when(json, S("due_law"), local ? clock->due_law : DAY_UNKNOWN,
		local ? clock->due_law_at : INSTANT_UNKNOWN);
	json_when(json, S("last_working_day"), clock->last_working_day, INSTANT_UNKNOWN);
	json_when(json, S("booked"), clock->booked, INSTANT_UNKNOWN);
	json_when(json, S("met_on"), clock->met_on, hours ? clock->met_at : INSTANT_UNKNOWN);
	json_flag(json, S("provisional"), clock->provisional);
	json_flag(json, S("local"), local);
}

/* Who says so; a citation that nobody read at its source is none. */
static void json_source(struct json *json, const struct rule *rule)
{
	struct buf source = { 0 };
	json_text(json, S("level"), level_text(rule->level));
	json_text(json, S("level_words"), level_words(rule->level));
	json_text(json, S("authority"), rule->authority);
	json_text(json, S("edition"), rule->edition);
	json_text(json, S("citation"), rule->verified ? rule->citation : (str){ 0 });
	json_flag(json, S("verified"), rule->verified);
	buf_source(&source, rule);
	json_text(json, S("source"), buf_view(&source));
	buf_close(&source);
}

void clocks_put_json(struct buf *out, str subject, str thread, const struct clock *clock, day as_of)
{
	struct json json = { .buf = out };
	struct buf reason = { 0 };
	json_object(&json);
	json_text(&json, S("subject"), subject);
	json_text(&json, S("thread"), thread);
	json_text(&json, S("rule"), clock->rule->id);
	json_text(&json, S("title"), clock->rule->title);
	json_dates(&json, clock);
	json_text(&json, S("state"), clock_state_text(clock_state(clock, as_of)));
	json_text(&json, S("state_law"), clock_state_text(clock_state_law(clock, as_of)));
	json_source(&json, clock->rule);
	buf_clock_reason(&reason, clock, as_of, NULL);
	json_text(&json, S("reason"), buf_view(&reason));
	json_end(&json);
	buf_close(&reason);
}
