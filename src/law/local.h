/* local.h - a council's own policy: figures for limits, rules of its own, which of several days a limit
 * counts from, and since when its people write down here what no file carries.
 *
 * The text is a list in the grammar of rules.yaml, read by the same reader and refused whole, with
 * line and reason. An item says from which day it holds, for what happens from then on, whose it is
 * and why:
 *
 *   - policy: cla-review-first        - setting: transfer-in-trigger    - rule: local-first-letter
 *     within: 15 working days           choice: papers                    (all that a rule says,
 *     effective from: 2026-04-01        effective from: 2026-04-01         at level LOCAL)
 *     author: ...                       author: ...                       effective from: ...
 *     reason: ...                       reason: ...                       author, reason: ...
 *
 *   - recorded: visits
 *     effective from, author, reason: ...
 *
 * What may be set is decided here (docs/decisions/local-policy.md): never later than an Act or a
 * regulation; later than guidance only with `approved by`, a departure. local_law() makes a law of a
 * national one and a policy; the national one is not touched.
 */
#pragma once

#include "law/due.h"

enum local_kind { LOCAL_FIGURE, LOCAL_RULE, LOCAL_SETTING, LOCAL_RECORDED, LOCAL_KINDS };

struct local_item {
	enum local_kind kind;
	str id;                  /* of the rule, the setting or the kind of work (law/area.h) */
	str title;               /* what the council calls it; else what it is about */
	const struct rule *rule; /* in the council's law; of a setting the rule that rests on it; NULL of a
				  * kind of work, and of a setting on which no clock rests */
	struct limit limit;      /* of a figure */
	str choice;              /* of a setting: "papers" */
	enum area area;          /* of what is written down here */
	day from, to;            /* DAY_UNKNOWN: open */
	str author, reason, approved_by;
	bool departure;          /* later than guidance says */
	size_t line, last;       /* in the text, from 1: its first line and its last */
	str text;                /* those lines */
	/* Where it is stored (store/local.h): the number of this item since it was written like this,
	 * the version that it came with, and when. */
	int64_t stored, version;
	instant saved_at;
};

struct local_policy {
	str text;
	struct local_item *item;
	size_t n;
	const struct law *law; /* the national one with all of these in it */
	struct rule *rule;     /* the rules of that law */
};

enum { LOCAL_TEXT_MOST = 256 << 10, LOCAL_ITEMS_MOST = 500 };

/* Everything lives in the arena, with a copy of the text. An empty text is a policy that says nothing. */
MUST_USE bool local_read(struct arena *arena, const struct law *national, str text,
	struct local_policy **out, struct err *err);
/* Says to the policy's law how its items are stored, after item[i].stored was set. */
void local_number(struct local_policy *local);

/* The item by the number that it is stored under; NULL. */
const struct local_item *local_find(const struct local_policy *local, int64_t stored);
/* The one that a clock of the rule, counted from that day, rests on, by struct clock.local; NULL. */
const struct local_item *local_of(const struct rule *rule, day from, int64_t stored);
/* The policy's text with this item instead of `old` (NULL: after all others; empty: without it). What an
 * older item of the same kind and id says of days from `from` on ends the day before. */
str local_text_with(struct arena *arena, const struct local_policy *policy,
	const struct local_item *old, const struct local_item *item);
/* The one in force of that rule's figure, or that setting, on the day; NULL: none. */
const struct local_item *local_on(const struct local_policy *local, enum local_kind kind, str id, day on);

/* May a council set a figure for the rule at all? False, with the sentence that forbids it. */
MUST_USE bool local_may_set(const struct rule *rule, struct err *why);
/* Hours against hours, and back against back: else no question of earlier or later. False, with why. */
MUST_USE bool local_is_comparable(
	const struct rule *rule, const struct limit *limit, struct err *err);
/* Is that limit on no day of the calendar later than the rule's own? False, with a day as example. */
MUST_USE bool local_is_never_later(const struct law *law, const struct rule *rule,
	const struct limit *limit, struct err *example);
/* Do the clocks of `rule` rest on the item: its own, halves of it, what prepares its meeting, what is met
 * by what is written down? */
bool local_touches(const struct local_item *item, const struct rule *rule);

/* "Cla-review-first: 15 working days" for lists of items. */
void buf_local_item(struct buf *buf, const struct local_item *item);
/* The item as text in the grammar, ending with a line end; texts are quoted where they must be. */
void buf_local_text(struct buf *buf, const struct local_item *item);

/* ---- settings: which there are */
struct choice_row {
	str setting, title, rule, value, words;
	enum word word;
	str key;
};
extern const struct choice_row choice_rows[];
extern const size_t choice_rows_n;
/* Do clocks rest on it: is it from which day a limit counts? */
bool choice_moves_clocks(const struct choice_row *choice);
/* What stands on the day, chosen or not. The policy may be NULL. */
const struct choice_row *local_choice(const struct local_policy *local, str setting, day on);
/* The row of a value; NULL. With an empty value the first: what stands where nothing was said. */
const struct choice_row *choice_find(str setting, str value);
