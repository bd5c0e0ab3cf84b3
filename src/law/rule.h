/* rule.h - a timescale: from what fact, counted how, met by what, and on whose authority.
 *
 * The rules are one text file, law/rules.yaml, embedded at build: a policy lead can read a rule
 * aloud. A council's local policy uses the same grammar. `struct rule` is what a rule says, with
 * every word resolved; due.h counts, clock/ decides.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "law/word.h"

/* How a limit is counted: timescales of the regulations, section 0.1 of the domain notes. */
enum unit {
	UNIT_WORKING_DAYS, /* trigger day is day 0; due at the end of the n-th working day */
	UNIT_DAYS,         /* calendar days after the trigger day; holidays do not extend */
	UNIT_WEEKS,
	UNIT_MONTHS, /* the corresponding date, or the last day of a shorter month */
	UNIT_HOURS,  /* elapsed hours from an instant, in UTC */
	UNIT_YEARS,
	UNIT_MONTH_END, /* the last day of the calendar month; n 1: of the next */
	UNIT_TERM_END,  /* the last day of the school term */
	UNIT_HALFWAY,   /* half of another rule's limit, down to a working day */
	UNIT_GIVEN,     /* the day that the trigger's detail gives: planned, or ordered by a court */
};

/* How long, and which way. */
struct limit {
	int n;
	enum unit unit;
	bool before;   /* counted back from the day: "3 working days before" */
	bool with_day; /* the day itself is day 1: "7 days beginning with the day" */
};

enum base {
	BASE_TRIGGER,  /* from the trigger event */
	BASE_PREVIOUS, /* from the previous actual event, whenever that was held */
};

/* How things stand on a day, where a rule hangs on it: each is one function of clock/while.c, and
 * one line of `while` in the rules' text. */
enum circumstance {
#define CIRCUMSTANCE(name, text) CIRCUMSTANCE_##name,
#include "law/circumstances.def"
#undef CIRCUMSTANCE
	CIRCUMSTANCES
};

/* With whom a duty usually lies: `usually with` in the rules' text. */
enum hand {
	HAND_UNSAID,
#define HAND(name, text, article) HAND_##name,
#include "law/hands.def"
#undef HAND
	HANDS
};

/* Acts and regulations bind; guidance is to be followed unless there is good reason not to; a
 * data definition is what is counted; the rest is habit. */
enum level { LEVEL_ACT, LEVEL_REG, LEVEL_SG, LEVEL_DATA, LEVEL_LOCAL, LEVEL_GOOD };

/* May a council set its own figure? A statutory limit may only be made stricter. */
enum local_figure { LOCAL_NO, LOCAL_STRICTER, LOCAL_ALWAYS };

/* A test on an event's detail: key is one of the values. */
struct condition {
	str key;
	const str *values;
	size_t n;
	str because; /* for `unless`: why the rule then does not apply */
};

enum { RULE_WORDS = 4, RULE_CONDITIONS = 4, RULE_CIRCUMSTANCES = 3, RULE_HOSTS = 6 };

struct word_set {
	enum word word[RULE_WORDS];
	size_t n;
	struct word_bits bits; /* the same, once the rules are indexed: asked of every clock */
};

enum part {
	PART_TRIGGER = 1,
	PART_MEETING = 2,
	PART_END = 4,
	PART_UNTIL = 8,     /* another rule takes over */
	PART_TAKE_OVER = 16, /* this one does */
	PART_TOO_LATE = 32, /* what the duty had to precede */
};

/* A duty that stands in the text and is not in force, or may not be shown yet. */
struct duty_switch {
	str name, why;
	bool on;
	day from; /* when on; DAY_UNKNOWN: always */
	bool shown;
};

/* A council's own figure for a limit, and which of several triggers it counts from: for what happens
 * on these days. local.h reads them. */
struct local_item;
struct figure {
	struct limit limit;
	day from, to;  /* DAY_UNKNOWN: open */
	bool later;    /* a departure from guidance; else never later than the law's date */
	int64_t item;  /* struct local_item.stored */
	const struct local_item *of;
};
struct trigger_choice {
	enum word word;
	struct condition when; /* without values: any of that word */
	day from, to;
	int64_t item;
	const struct local_item *of; /* NULL: what stands without a policy */
};

struct rule {
	/* First what is asked of each rule for each event that may trigger it: of 150 rules this fits
	 * where the processor finds it at once, and the whole of them does not. */
	unsigned index; /* position in struct rules */
	unsigned rank;  /* position among the ids in order of bytes */
	day effective_from, effective_to; /* DAY_UNKNOWN: open */
	/* Which trigger event of a thread opens a clock: 0 all, 1 the first, -1 all but the first. */
	int nth;
	enum base base;
	/* Only the first trigger event since the child last became looked after: a first placement's
	 * duty does not come back with each move, though every placement is a thread of its own. */
	bool first_in_care;
	bool may_precede;  /* met too by an event before the trigger ("before, or within ...") */
	/* What meets it meets one trigger alone, of those before it: the earliest that it is still in time
	 * for, else the earliest that waits. For a limit in days, weeks or months. */
	bool one_each;
	bool next_working; /* it moves on to the next working day, where the law says so */
	bool is_twin;      /* some other rule's twin: it makes no clock of its own */
	bool verified;     /* the authority's own text was read, not a paraphrase or a memory */
	enum circumstance circumstance[RULE_CIRCUMSTANCES]; /* `while`: all hold on the day of the trigger */
	size_t circumstances, whens, unlesses, not_helds, met_whens; /* how many of each there are */
	struct limit limit;
	/* What was done earlier than this after the trigger does not count; n 0: all does. */
	struct limit counts_from;
	/* Time in all within this long, earlier stays included; n 0: each stay is counted by itself. */
	struct limit in_all_in;
	bool to_noon; /* it may last until noon after a Sunday or a public holiday */
	const struct rule *halfway; /* UNIT_HALFWAY: of which limit */
	const struct rule *twin;    /* `data_twin`: the data standard's own count of this limit */
	/* A second limit, from another event of the subject: whichever ends first. */
	enum word earlier_word;
	struct limit earlier;
	struct word_set trigger; /* empty for a rule that prepares a meeting */
	struct word_set met_by;  /* `satisfied_by`: none for a window that only passes */
	struct word_set ends;    /* `stops_on`: the period ends, and the duty with it */
	struct word_set until; /* after these another rule takes over, and this duty is no more */
	struct word_set takes_over; /* from these on the last trigger before them counts, too */
	struct word_set too_late;   /* what it had to precede: not done by then is missed */
	str booking;            /* value of `for` in meeting-booked; empty: nothing to book */
	/* What a council's policy adds, in a law of its own (local.h). */
	struct figure *figure;
	size_t figures;
	struct trigger_choice *choice;
	size_t choices;
	/* What each word is to this rule, in bits of enum part: asked of every event of a subject. */
	uint8_t part[WORDS];

	/* Then what it says in full. */
	str id;    /* "cla-review-first" */
	str title; /* "First review of a looked after child" */
	enum hand with;
	/* The rules whose meeting this one prepares: it counts back from the day on which that was
	 * held, else is booked for, else is due. */
	const struct rule *prepares[RULE_HOSTS];
	size_t prepared;
	str given; /* UNIT_GIVEN: the key of the trigger's detail */
	/* Detail that an ending event must carry, asked only of words that know the key (a section
	 * 47 that ended in a decision to go to conference does not end the wait for it; nor does one
	 * whose outcome nobody recorded). Ask rule_is_ended_by(). */
	struct condition ends_when[RULE_CONDITIONS];
	size_t ends_whens;
	struct condition until_when[RULE_CONDITIONS];
	size_t until_whens;
	/* Detail of the trigger. `when`: not recorded makes the clock unknown, another value makes
	 * no clock. `unless`: that value makes it not required; not recorded means it applies. */
	struct condition when[RULE_CONDITIONS], unless[RULE_CONDITIONS];
	/* Detail that an event must not carry to count as held: an inquorate conference is not held
	 * (practice: adjourned, inquorate or cancelled is not held). Also asked of the trigger. */
	struct condition not_held[RULE_CONDITIONS];
	struct condition met_when[RULE_CONDITIONS]; /* detail that the meeting event must carry */
	const struct rule *chain; /* the rule whose meeting events are this one's triggers, first of
				   * the series: tells whether the first known event is the first */
	const struct duty_switch *behind; /* NULL: none */
	str silence;              /* for a window: what it means that nobody replied */
	enum level level;
	enum local_figure local;
	str authority; /* "Care Planning, Placement and Case Review (England) Regulations 2010" */
	str edition;   /* "SI 2010/959" or "2010"; guidance carries its edition and dates */
	str citation;  /* "regulation 33(1)"; shown as one only when verified */
	str note;
	str offset;         /* what it says of how long, in full: buf_offset() */
	bool own;           /* the rule itself is the council's */
	int64_t item;       /* ... by this struct local_item.stored */
	const struct local_item *of;
	str reason, author; /* ... and why, and whose */
};

struct rules {
	const struct rule *rule;
	size_t n;
	const struct duty_switch *duty;
	size_t duties;
	uint32_t version; /* names the text that the nation's rules came from, for whoever reads a date later */
	/* Which rules an event of a word may trigger: index lists, built once. */
	struct rule_list {
		const struct rule *const *rule;
		size_t n;
	} by_trigger[WORDS], by_take_over[WORDS];
	/* By index of the host: the rules that prepare its meeting. */
	const struct rule_list *by_host;
};

str rules_embedded_yaml(void);
/* Everything lives in the arena. The error names the line, the rule and what to write. */
MUST_USE bool rules_load(
	struct arena *arena, str yaml, const struct rules **out, struct err *err);
const struct rule *rules_find(const struct rules *rules, str id); /* NULL when there is none */

bool word_set_has(const struct word_set *set, enum word word);
/* What an event of `word` with this detail is to the rule. Conditions on detail are read here and
 * nowhere else, so that a list, a clock and a test cannot differ; most rules ask for none. */
bool rule_detail_ends(const struct rule *rule, enum word word, str detail);
bool rule_detail_is_until(const struct rule *rule, enum word word, str detail);
bool rule_detail_meets(const struct rule *rule, str detail);

static inline bool rule_is_ended_by(const struct rule *rule, enum word word, str detail)
{
	return (rule->part[word] & (unsigned)PART_END) != 0 && rule_detail_ends(rule, word, detail);
}
static inline bool rule_is_until(const struct rule *rule, enum word word, str detail)
{
	return (rule->part[word] & (unsigned)PART_UNTIL) != 0 &&
		rule_detail_is_until(rule, word, detail);
}
/* Does the data standard count the limit from the same events? */
static inline bool rule_twin_shares(const struct rule *rule)
{
	return (rule->twin->part[rule->trigger.word[0]] & (unsigned)PART_TRIGGER) != 0;
}
/* And was held. */
static inline bool rule_is_met_by(const struct rule *rule, enum word word, str detail)
{
	return (rule->part[word] & (unsigned)PART_MEETING) != 0 &&
		(rule->not_helds + rule->met_whens == 0 || rule_detail_meets(rule, detail));
}

enum condition_answer { CONDITION_YES, CONDITION_NO, CONDITION_NOT_RECORDED };
enum condition_answer condition_ask(const struct condition *condition, str detail);

/* Is the duty in force, as far as its switch goes; may its rule be seen? */
bool rule_is_on(const struct rule *rule);
bool rule_is_shown(const struct rule *rule);
str circumstance_text(enum circumstance circumstance); /* "not yet reviewed" */
str hand_text(enum hand hand);  /* "social worker"; empty: not said */
str hand_words(enum hand hand); /* "the social worker" */
str unit_text(enum unit unit);   /* "working days" */
/* "20 working days", "3 working days before", "7 days beginning with the day". False when it is no
 * limit; for halfway and given, *of is what is named. */
MUST_USE bool limit_read(str text, struct limit *out, str *of);
void buf_limit(struct buf *buf, const struct limit *limit);
str level_text(enum level level); /* "REG" */
str level_words(enum level level); /* "Regulations" */
/* Who says what stands without a council's policy: "The law says", "National guidance says". */
str level_says(enum level level);
str base_text(enum base base);   /* "trigger", "previous" */
str local_text(enum local_figure local); /* "no", "stricter", "always" */
/* "20 working days", "1 month", "the same day" */
void buf_offset(struct buf *buf, const struct rule *rule);
/* "Care Planning ... Regulations 2010 (SI 2010/959), regulation 33(1)": the citation only when it
 * was read at source, so that a memory is never printed as one. */
void buf_source(struct buf *buf, const struct rule *rule);
