/* local.c - what a council may set: never later than an Act or a regulation, and later than guidance
 * only as a departure. */
#include "law/local.h"

const struct choice_row choice_rows[] = {
#define CHOICE(setting, title, rule, value, words, word, key)                                      \
	{ S_INIT(setting), S_INIT(title), S_INIT(rule), S_INIT(value), S_INIT(words), WORD_##word, \
		S_INIT(key) },
#include "law/choices.def"
#undef CHOICE
};
const size_t choice_rows_n = sizeof choice_rows / sizeof *choice_rows;

const struct choice_row *choice_find(str setting, str value)
{
	for (size_t i = 0; i < choice_rows_n; i++) {
		if (str_equal(choice_rows[i].setting, setting) &&
			(value.n == 0 || str_equal(choice_rows[i].value, value)))
			return &choice_rows[i];
	}
	return NULL;
}

bool choice_moves_clocks(const struct choice_row *choice)
{
	return choice->rule.n > 0;
}

const struct choice_row *local_choice(const struct local_policy *local, str setting, day on)
{
	const struct local_item *item =
		local == NULL ? NULL : local_on(local, LOCAL_SETTING, setting, on);
	return choice_find(setting, item == NULL ? S("") : item->choice);
}

/* What the law says, as far as it was read: "... Regulations 2010 (SI 2010/959), regulation 33(1): 20
 * working days". */
static str law_says(const struct rule *rule, struct buf *buf)
{
	buf_clear(buf);
	buf_source(buf, rule);
	buf_lit(buf, ": ");
	buf_offset(buf, rule);
	return buf_view(buf);
}

static bool forbid(const struct rule *rule, const char *why, struct err *err)
{
	struct buf says = { 0 };
	str text = law_says(rule, &says);
	err_set(err, ERR_INPUT, "%s (%.*s)", why, STR_ARGS(str_upto(text, 200)));
	buf_close(&says);
	return false;
}

bool local_may_set(const struct rule *rule, struct err *why)
{
	if (rule->own)
		return forbid(rule, "this is the council's own rule: change the rule itself", why);
	if (rule->is_twin || rule->level == LEVEL_DATA)
		return forbid(rule, "a data definition is what is counted nationally", why);
	if (rule->limit.unit == UNIT_GIVEN || (rule->limit.n == 0 && rule->limit.unit == UNIT_DAYS))
		return forbid(rule, "this day is given or ordered, and no number is counted", why);
	if (rule->local == LOCAL_ALWAYS)
		return true;
	if (rule->met_by.n == 0)
		return forbid(rule, "this is time that others have: less of it is not stricter", why);
	if (rule->local == LOCAL_NO)
		return forbid(rule, "this limit is not a council's to set", why);
	return true;
}

/* The calendar holds 28 years of every kind many times over: no pattern of weekdays, leap days and
 * Easter is left out. */
enum { LEAVE_AT_END = 366 * 5 };

bool local_is_comparable(const struct rule *rule, const struct limit *limit, struct err *err)
{
	if ((limit->unit == UNIT_HOURS) != (rule->limit.unit == UNIT_HOURS))
		return err_set(err, ERR_INPUT, "hours and days cannot be held against each other");
	if (limit->before != rule->limit.before)
		return err_set(err, ERR_INPUT, rule->limit.before ?
			"this is counted back from the day: write it with \"before\"" :
			"this is counted on from the day: write it without \"before\"");
	return true;
}

bool local_is_never_later(const struct law *law, const struct rule *rule, const struct limit *limit,
	struct err *example)
{
	if (limit->unit == UNIT_HOURS && limit->n > rule->limit.n)
		return err_set(
			example, ERR_INPUT, "%d hours are more than %d", limit->n, rule->limit.n);
	if (limit->unit == UNIT_HOURS)
		return true;
	day last = calendar_last(law->calendar) - LEAVE_AT_END;
	for (day d = calendar_first(law->calendar); d <= last; d++) {
		struct when from = { d, INSTANT_UNKNOWN };
		struct due national, local;
		/* Where the calendar does not reach nothing is held against it. */
		if (!due_count_law(law, rule, from, &national, NULL) ||
			!due_count_as(law, rule, limit, from, &local, NULL) ||
			local.on <= national.on)
			continue;
		struct buf days = { 0 };
		buf_lit(&days, "from ");
		buf_day_words(&days, d);
		buf_lit(&days, " it would be ");
		buf_day_words(&days, local.on);
		buf_lit(&days, ", not ");
		buf_day_words(&days, national.on);
		err_set(example, ERR_INPUT, "%.*s", STR_ARGS(buf_view(&days)));
		buf_close(&days);
		return false;
	}
	return true;
}

const struct local_item *local_find(const struct local_policy *local, int64_t stored)
{
	for (size_t i = 0; i < local->n; i++) {
		if (local->item[i].stored == stored)
			return &local->item[i];
	}
	return NULL;
}

const struct local_item *local_on(const struct local_policy *local, enum local_kind kind, str id, day on)
{
	for (size_t i = 0; i < local->n; i++) {
		const struct local_item *item = &local->item[i];
		if (item->kind == kind && str_equal(item->id, id) && day_is_within(on, item->from, item->to))
			return item;
	}
	return NULL;
}

const struct local_item *local_of(const struct rule *rule, day from, int64_t stored)
{
	if (stored == 0)
		return NULL;
	if (rule->item == stored)
		return rule->of;
	const struct figure *figure = figure_on(rule, from);
	if (figure == NULL && rule->halfway != NULL)
		figure = figure_on(rule->halfway, from);
	if (figure != NULL && figure->item == stored)
		return figure->of;
	for (size_t i = 0; i < rule->choices; i++) {
		if (rule->choice[i].item == stored)
			return rule->choice[i].of;
	}
	return NULL;
}

static bool is_met_by(const struct rule *rule, enum area area)
{
	for (size_t i = 0; i < rule->met_by.n; i++) {
		if (area_of(rule->met_by.word[i]) == area)
			return true;
	}
	return false;
}

bool local_touches(const struct local_item *item, const struct rule *rule)
{
	if (item->kind == LOCAL_RECORDED)
		return is_met_by(rule, item->area);
	if (item->rule == NULL)
		return false;
	if (str_equal(item->rule->id, rule->id))
		return true;
	if (rule->halfway != NULL && str_equal(rule->halfway->id, item->rule->id))
		return true;
	for (size_t i = 0; i < rule->prepared; i++) {
		if (str_equal(rule->prepares[i]->id, item->rule->id))
			return true;
	}
	return false;
}

/* ---- as text */

void buf_local_item(struct buf *buf, const struct local_item *item)
{
	buf_str(buf, item->title);
	buf_lit(buf, ": ");
	if (item->kind == LOCAL_RECORDED)
		buf_lit(buf, "written down here");
	else if (item->kind == LOCAL_SETTING)
		buf_str(buf, choice_find(item->id, item->choice)->words);
	else
		buf_limit(buf, item->kind == LOCAL_RULE ? &item->rule->limit : &item->limit);
}

/* Between double quotation marks every text is itself, whatever is in it. */
static void put_text(struct buf *buf, str key, str text)
{
	if (text.n == 0)
		return;
	buf_lit(buf, "  ");
	buf_str(buf, key);
	buf_lit(buf, ": \"");
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c == '"' || c == '\\')
			buf_char(buf, '\\');
		if (c < ' ' || c == 0x7F)
			buf_char(buf, ' '); /* what was typed over several lines is one */
		else
			buf_char(buf, (char)c);
	}
	buf_lit(buf, "\"\n");
}

static void put_day(struct buf *buf, str key, day on)
{
	if (on == DAY_UNKNOWN)
		return;
	buf_lit(buf, "  ");
	buf_str(buf, key);
	buf_lit(buf, ": ");
	buf_day(buf, on);
	buf_char(buf, '\n');
}

void buf_local_text(struct buf *buf, const struct local_item *item)
{
	must(item->kind != LOCAL_RULE); /* those have a grammar of their own, and are files */
	buf_str(buf, item->kind == LOCAL_FIGURE ? S("- policy: ")
			: item->kind == LOCAL_SETTING ? S("- setting: ")
						      : S("- recorded: "));
	buf_str(buf, item->id);
	buf_char(buf, '\n');
	if (item->kind == LOCAL_FIGURE) {
		put_text(buf, S("title"), item->title);
		buf_lit(buf, "  within: ");
		buf_limit(buf, &item->limit);
		buf_char(buf, '\n');
	} else if (item->kind == LOCAL_SETTING) {
		buf_lit(buf, "  choice: ");
		buf_str(buf, item->choice);
		buf_char(buf, '\n');
	}
	put_day(buf, S("effective from"), item->from);
	put_day(buf, S("effective to"), item->to);
	put_text(buf, S("author"), item->author);
	put_text(buf, S("reason"), item->reason);
	put_text(buf, S("approved by"), item->approved_by);
}

/* Those that would hold on the same days end the day before the new one begins. */
static bool is_cut_short(const struct local_item *one, const struct local_item *by)
{
	return by != NULL && one->kind == by->kind && str_equal(one->id, by->id) &&
		one->from < by->from && day_is_within(by->from, one->from, one->to);
}

str local_text_with(struct arena *arena, const struct local_policy *policy,
	const struct local_item *old, const struct local_item *item)
{
	struct buf text = { 0 };
	const char *at = policy->text.p, *end = at + policy->text.n;
	for (size_t i = 0; i < policy->n; i++) {
		const struct local_item *one = &policy->item[i];
		struct local_item shorter = *one;
		if (one != old && !is_cut_short(one, item))
			continue;
		buf_bytes(&text, at, (size_t)(one->text.p - at));
		if (one != old) {
			shorter.to = item->from - 1;
			buf_local_text(&text, &shorter);
		} else if (item != NULL) {
			buf_local_text(&text, item);
		}
		at = one->text.p + one->text.n;
		at += at < end; /* its line end, which buf_local_text() wrote */
	}
	buf_bytes(&text, at, (size_t)(end - at));
	if (old == NULL && item != NULL) {
		if (text.n > 0)
			buf_str(&text, text.p[text.n - 1] == '\n' ? S("\n") : S("\n\n"));
		buf_local_text(&text, item);
	}
	str out = arena_str(arena, buf_view(&text));
	buf_close(&text);
	return out;
}
