/* What the grammar of rules can say, tried by rules of its own: each shape at its edges, where the law's
 * rules never come, and a council's policy may. */
#include "told.h"

#include "law/local.h"

/* A rule has four keys that are the same for all. */
#define RULE(id, keys)                                                                             \
	"- rule: " id "\n  title: Its title\n" keys                                                \
	"  level: GOOD\n  authority: Ourselves\n  read at source: no\n  local: always\n"
#define WHY "  effective from: 2000-01-01\n  author: \"A Head\"\n  reason: \"As agreed\"\n"

static const struct law *law_of(const char *rules, const char *policy)
{
	struct law *own = arena_new(arena, struct law);
	struct local_policy *local;
	struct err err;
	own->calendar = law->calendar;
	if (!rules_load(arena, str_of(rules), &own->rules, &err))
		fail_msg("%s", err.text);
	if (policy == NULL)
		return own;
	if (!local_read(arena, own, str_of(policy), &local, &err))
		fail_msg("%s", err.text);
	return local->law;
}

/* A clock a line: rule, from, due and state; then the law's date, the data standard's and the day it was
 * met, where there are any. */
static str clocks_by(const struct law *by, const char *as_of, const char *rows, bool reasons)
{
	struct buf text = { 0 };
	day today = day_text(as_of);
	struct told told = tell(by, rows, &coverage_all, today);
	for (size_t i = 0; i < told.clocks.n; i++) {
		const struct clock *clock = &told.clocks.item[i];
		buf_str(&text, clock->rule->id);
		if (reasons) {
			buf_lit(&text, ": ");
			buf_clock_reason(&text, clock, today, word_text);
		} else {
			put_day(&text, " ", clock->from);
			put_day(&text, " ", clock->due);
			buf_format(&text, " %.*s", STR_ARGS(clock_state_text(clock_state(clock, today))));
			put_day(&text, " law ", clock->due_law);
			put_day(&text, " data ", clock->due_data);
			put_day(&text, " met ", clock->met_on);
		}
		buf_char(&text, '\n');
	}
	told_close(&told);
	return kept(&text);
}

#define check_clocks(by, as_of, rows, want) check_str(clocks_by(by, as_of, rows, false), want)
#define check_reasons(by, as_of, rows, want) check_str(clocks_by(by, as_of, rows, true), want)

TEST(a_rule_holds_for_what_begins_from_its_first_day_to_its_last)
{
	const struct law *by = law_of(
		RULE("both", "  trigger: looked-after-began\n  within: 5 days\n  met by: iro-appointed\n"
			     "  effective from: 2026-01-01\n  effective to: 2026-12-31\n")
		RULE("first", "  trigger: looked-after-began\n  within: 5 days\n  met by: iro-appointed\n"
			      "  effective from: 2026-01-01\n")
		RULE("last", "  trigger: looked-after-began\n  within: 5 days\n  met by: iro-appointed\n"
			     "  effective to: 2026-12-31\n"), NULL);
	check_clocks(by, "2027-06-01", "C1,a,looked-after-began,2025-12-31,\n",
		"last 2025-12-31 2026-01-05 overdue\n");
	check_clocks(by, "2027-06-01", "C1,a,looked-after-began,2026-01-01,\n",
		"both 2026-01-01 2026-01-06 overdue\nfirst 2026-01-01 2026-01-06 overdue\n"
		"last 2026-01-01 2026-01-06 overdue\n");
	check_clocks(by, "2027-06-01", "C1,a,looked-after-began,2026-12-31,\n",
		"both 2026-12-31 2027-01-05 overdue\nfirst 2026-12-31 2027-01-05 overdue\n"
		"last 2026-12-31 2027-01-05 overdue\n");
	check_clocks(by, "2027-06-01", "C1,a,looked-after-began,2027-01-01,\n",
		"first 2027-01-01 2027-01-06 overdue\n");
	check_clocks(by, "2027-06-01", "C1,a,looked-after-began,,\n",
		"both unknown\nfirst unknown\nlast unknown\n");
}

TEST(what_prepares_a_meeting_holds_for_meetings_from_its_first_day_to_its_last)
{
#define MEETING RULE("meeting", "  trigger: looked-after-began\n  within: 20 days\n  met by: cla-review-held\n")
	const struct law *by = law_of(MEETING
		RULE("both", "  before: meeting\n  within: 3 days before\n  met by: review-reports-sent\n"
			     "  effective from: 2026-01-21\n  effective to: 2026-12-31\n")
		RULE("first", "  before: meeting\n  within: 3 days before\n  met by: review-reports-sent\n"
			      "  effective from: 2026-01-21\n")
		RULE("last", "  before: meeting\n  within: 3 days before\n  met by: review-reports-sent\n"
			     "  effective to: 2026-12-31\n"), NULL);
	check_clocks(by, "2025-12-01", "C1,a,looked-after-began,2025-11-30,\n",
		"last 2025-12-20 2025-12-17 due\nmeeting 2025-11-30 2025-12-20 due\n");
	check_clocks(by, "2026-01-02", "C1,a,looked-after-began,2026-01-01,\n",
		"both 2026-01-21 2026-01-18 due\nfirst 2026-01-21 2026-01-18 due\n"
		"last 2026-01-21 2026-01-18 due\nmeeting 2026-01-01 2026-01-21 due\n");
	check_clocks(by, "2027-01-02", "C1,a,looked-after-began,2027-01-01,\n",
		"first 2027-01-21 2027-01-18 due\nmeeting 2027-01-01 2027-01-21 due\n");
}

TEST(the_data_standard_s_date_stands_beside_the_law_s_where_both_can_be_counted)
{
	const struct law *by = law_of(
		RULE("law", "  trigger: looked-after-began\n  within: 30 days\n  met by: cla-review-held\n"
			    "  twin: data\n")
		RULE("data", "  trigger: looked-after-began\n  within: 40 days\n  met by: cla-review-held\n"),
		NULL);
	check_clocks(by, "2026-01-02", "C1,a,looked-after-began,2026-01-01,\n",
		"law 2026-01-01 2026-01-31 due data 2026-02-10\n");
	check_clocks(by, "2299-12-31", "C1,a,looked-after-began,2299-11-25,\n",
		"law 2299-11-25 2299-12-25 overdue\n");
	check_clocks(by, "2299-12-31", "C1,a,looked-after-began,2299-12-25,\n",
		"law 2299-12-25 unknown\n");
}

TEST(the_end_of_the_next_month_is_its_last_day)
{
	const struct law *by = law_of(
		RULE("law", "  trigger: looked-after-began\n  within: the end of the next month\n"
			    "  met by: cla-review-held\n"),
		NULL);
	check_clocks(by, "2026-02-01", "C1,a,looked-after-began,2026-01-31,\n",
		"law 2026-01-31 2026-02-28 due\n");
	check_clocks(by, "2026-12-02", "C1,a,looked-after-began,2026-12-01,\n",
		"law 2026-12-01 2027-01-31 due\n");
	check_clocks(by, "2299-12-31", "C1,a,looked-after-began,2299-12-05,\n",
		"law 2299-12-05 unknown\n");
}

#define EARLIER                                                                                    \
	RULE("early", "  trigger: icpc-held\n  within: 30 days\n  or earlier: 10 days after birth\n" \
		      "  met by: rcpc-held\n")

TEST(whichever_of_two_limits_ends_first_is_the_date)
{
	const struct law *by = law_of(EARLIER, NULL);
	check_clocks(by, "2026-06-02", "C1,a,icpc-held,2026-06-01,\n", "early 2026-06-01 2026-07-01 due\n");
	check_clocks(by, "2026-06-02", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-05-25,\n",
		"early 2026-06-01 2026-07-01 due\n");
	check_clocks(by, "2026-06-02", "C1,a,icpc-held,2026-06-01,\nC1,,birth,,\n",
		"early 2026-06-01 2026-07-01 due\n");
	check_clocks(by, "2026-06-30", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-06-05,\n",
		"early 2026-06-05 2026-06-15 overdue\n");
	check_clocks(by, "2026-06-30", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-06-25,\n",
		"early 2026-06-01 2026-07-01 due\n");
	check_reasons(by, "2026-06-06", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-06-05,\n",
		"early: 10 days from “birth” on 2026-06-05\n");
	/* The first cannot be counted, then neither can. */
	check_clocks(by, "2299-12-31", "C1,a,icpc-held,2299-12-10,\nC1,,birth,2299-12-15,\n",
		"early 2299-12-15 2299-12-25 overdue\n");
	check_clocks(by, "2299-12-31", "C1,a,icpc-held,2299-12-10,\nC1,,birth,2299-12-25,\n",
		"early 2299-12-10 unknown\n");
}

TEST(the_second_limit_is_held_against_the_council_s_date_and_against_the_law_s)
{
	const struct law *sooner = law_of(EARLIER, "- policy: early\n  within: 20 days\n" WHY);
	check_clocks(sooner, "2026-06-02", "C1,a,icpc-held,2026-06-01,\n",
		"early 2026-06-01 2026-06-21 due law 2026-07-01\n");
	check_clocks(sooner, "2026-06-30", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-06-05,\n",
		"early 2026-06-05 2026-06-15 overdue law 2026-06-15\n");
	check_reasons(sooner, "2026-06-30", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-06-05,\n",
		"early: 10 days from “birth” on 2026-06-05\n");
	check_clocks(sooner, "2026-06-20", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-06-13,\n",
		"early 2026-06-01 2026-06-21 due law 2026-06-23\n");
	check_clocks(sooner, "2026-06-28", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-06-26,\n",
		"early 2026-06-01 2026-06-21 overdue law 2026-07-01\n");
	const struct law *later = law_of(EARLIER, "- policy: early\n  within: 40 days\n" WHY);
	check_clocks(later, "2026-06-24", "C1,a,icpc-held,2026-06-01,\nC1,,birth,2026-06-23,\n",
		"early 2026-06-23 2026-07-03 due law 2026-07-01\n");
}

TEST(a_council_s_date_stands_alone_where_the_law_s_cannot_be_counted)
{
	const struct law *by = law_of(
		RULE("meeting", "  trigger: looked-after-began\n  within: 5 working days\n"
				"  met by: cla-review-held\n")
		RULE("reports", "  before: meeting\n  within: 10 working days before\n"
				"  met by: review-reports-sent\n"),
		"- policy: meeting\n  within: 4 days\n" WHY
		"- policy: reports\n  within: 21 days before\n" WHY);
	check_clocks(by, "2199-12-30", "C1,a,looked-after-began,2199-12-27,\n",
		"meeting 2199-12-27 2199-12-31 due\nreports 2199-12-31 2199-12-10 overdue law 2199-12-13\n");
	check_clocks(by, "2012-01-01", "C1,a,looked-after-began,2012-01-01,\n",
		"meeting 2012-01-01 2012-01-05 due law 2012-01-09\nreports 2012-01-05 2011-12-15 overdue\n");
}

TEST(a_day_that_is_given_is_a_day_or_it_is_unknown)
{
	const struct law *by = law_of(
		RULE("given", "  trigger: review-requested\n  within: the day given as by\n"
			      "  met by: cla-review-held\n"), NULL);
	check_clocks(by, "2026-06-02", "C1,a,review-requested,2026-06-01,by=2026-06-20\n",
		"given 2026-06-01 2026-06-20 due\n");
	check_clocks(by, "2026-06-02", "C1,a,review-requested,2026-06-01,by=June\n",
		"given 2026-06-01 unknown\n");
	check_clocks(by, "2026-06-02", "C1,a,review-requested,2026-06-01,\n",
		"given 2026-06-01 unknown\n");
}

TEST(a_rule_takes_over_from_the_last_of_its_own_events_while_it_is_in_force)
{
#define TAKES_OVER                                                                                 \
	"  trigger: placement-began\n  from: previous\n  takes over at: cla-review-held\n"         \
	"  while: reviewed\n  within: 42 days\n  met by: cla-visit-held\n  met when: {alone: yes}\n"
	const struct law *by = law_of(RULE("over", TAKES_OVER), NULL);
	const char *began = "C1,c,looked-after-began,2026-01-01,\nC1,p,placement-began,2026-01-01,\n"
			    "C1,p,cla-visit-held,2026-01-05,alone=yes\nC1,p,cla-visit-held,2026-01-08,alone=no\n";
	check_clocks(by, "2026-01-09", began, "");
	check_clocks(by, "2026-01-12", arena_format(arena, "%sC1,c,cla-review-held,2026-01-10,\n", began).p,
		"over 2026-01-05 2026-02-16 due\n");
	/* A visit after the review counts by itself: nothing is taken over at the next. */
	check_clocks(by, "2026-01-22",
		arena_format(arena, "%sC1,c,cla-review-held,2026-01-10,\nC1,p,cla-visit-held,2026-01-15,alone=yes\n"
				    "C1,c,cla-review-held,2026-01-20,\n", began).p,
		"over 2026-01-05 2026-02-16 met met 2026-01-15\nover 2026-01-15 2026-02-26 due\n");
	const struct law *ended = law_of(RULE("over", TAKES_OVER "  effective to: 2026-01-09\n"), NULL);
	check_clocks(ended, "2026-01-12",
		arena_format(arena, "%sC1,c,cla-review-held,2026-01-10,\n", began).p, "");
}

TEST(what_was_done_for_another_meeting_or_otherwise_than_asked_prepares_nothing)
{
	const struct law *by = law_of(
		RULE("meeting", "  trigger: looked-after-began\n  within: 20 days\n  met by: cla-review-held\n")
		RULE("closed", "  before: meeting\n  within: 3 days before\n  met by: expected-birth\n")
		RULE("seen", "  before: meeting\n  within: 3 days before\n  met by: cla-visit-held\n"
			     "  met when: {alone: yes}\n"), NULL);
	/* What is of no thread at all belongs, whatever thread a file writes beside it. */
	check_clocks(by, "2026-01-12",
		"C1,a,looked-after-began,2026-01-01,\nC1,x,expected-birth,2026-01-08,\n"
		"C1,p,cla-visit-held,2026-01-09,alone=no\nC1,p,cla-visit-held,2026-01-10,alone=yes\n",
		"closed 2026-01-21 2026-01-18 met met 2026-01-08\nmeeting 2026-01-01 2026-01-21 due\n"
		"seen 2026-01-21 2026-01-18 met met 2026-01-10\n");
}

TEST(what_cannot_be_counted_stays_so_though_it_was_done_on_a_day_not_recorded)
{
	const struct law *by = law_of(
		RULE("meeting", "  trigger: looked-after-began\n  within: 2 days\n  met by: cla-review-held\n")
		RULE("reports", "  before: meeting\n  within: 10 working days before\n"
				"  met by: review-reports-sent\n"), NULL);
	check_reasons(by, "2012-01-01",
		"C1,a,looked-after-began,2012-01-01,\nC1,,review-reports-sent,,\n",
		"meeting: 2 days from “looked-after-began” on 2012-01-01\n"
		"reports: the calendar of working days does not reach that far\n");
	check_reasons(by, "2026-06-01",
		"C1,a,looked-after-began,2026-06-01,\nC1,,review-reports-sent,,\n",
		"meeting: 2 days from “looked-after-began” on 2026-06-01\n"
		"reports: done, but the date of “review-reports-sent” is not recorded\n");
}

TEST(reviewed_is_whoever_was_reviewed_since_care_began)
{
	const struct law *by = law_of(
		RULE("yes", "  trigger: cla-visit-held\n  while: reviewed\n  within: 5 days\n  met by: nothing\n"
			    "  silence: nothing\n"), NULL);
	const char *asked = "C1,p,cla-visit-held,2026-06-10,\n";
	check_clocks(by, "2026-06-10", asked, "");
	check_clocks(by, "2026-06-10", arena_format(arena, "C1,c,cla-review-held,2026-06-01,\n%s", asked).p,
		"yes 2026-06-10 2026-06-15 due\n");
	check_clocks(by, "2026-06-10",
		arena_format(arena, "C1,c,cla-review-held,2026-06-01,\nC1,c,looked-after-began,2026-06-05,\n%s",
			asked).p, "");
	check_clocks(by, "2026-06-10",
		arena_format(arena, "C1,c,looked-after-began,2026-06-01,\nC1,c,cla-review-held,2026-06-05,\n%s",
			asked).p, "yes 2026-06-10 2026-06-15 due\n");
}

TEST(how_a_child_is_placed_is_read_from_codes_and_from_what_is_written)
{
#define WHILE(id, words) \
	RULE(id, "  trigger: cla-visit-held\n  while: " words "\n  within: 5 days\n  met by: nothing\n  silence: nothing\n")
	const struct law *by = law_of(WHILE("adoption", "placed for adoption")
		WHILE("breaks", "in short breaks") WHILE("general", "placed as most are")
		WHILE("home", "living with a parent") WHILE("order", "at home under a care order")
		WHILE("others", "under others' arrangements"), NULL);
	const struct {
		const char *care, *placement, *changed, *want;
	} cases[] = {
		{ "legal=C1", "code=U4", "", "general" },
		{ "legal=V3", "code=U4", "", "breaks" },
		{ "legal=V4", "code=P1", "", "breaks,home" },
		{ "legal=V2", "code=A3", "", "adoption" },
		{ "legal=V2", "code=A6", "", "adoption" },
		{ "legal=V2", "code=R2", "", "others" },
		{ "legal=V2", "code=R5", "", "others" },
		{ "legal=V2", "code=P1", "", "general,home" },
		{ "legal=V2", "with_parent=yes", "", "general,home" },
		{ "legal=V2", "code=P1", "C1,o,legal-status-changed,2026-06-03,code=C2\n", "home,order" },
		{ "legal=V2", "code=P1", "C1,o,legal-status-changed,2026-06-01,code=C2\n", "general,home" },
		{ "legal=V2", "code=U4", "C1,o,legal-status-changed,2026-06-03,code=C2\n", "general" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		str rows = arena_format(arena,
			"C1,c,looked-after-began,2026-05-01,%s\nC1,p,placement-began,2026-06-02,%s\n%s"
			"C1,p,cla-visit-held,2026-06-10,\n",
			cases[i].care, cases[i].placement, cases[i].changed);
		str got = clocks_by(by, "2026-06-10", rows.p, false), line;
		struct buf names = { 0 };
		while (str_split(&got, '\n', &line)) {
			if (names.n > 0 && line.n > 0)
				buf_char(&names, ',');
			buf_str(&names, str_upto(line, str_find(line, ' ')));
		}
		check_str(buf_view(&names), cases[i].want);
		buf_close(&names);
	}
	/* With no placement at all, and a care order made: as most are. */
	check_clocks(by, "2026-06-10", "C1,p,cla-visit-held,2026-06-10,\n",
		"general 2026-06-10 2026-06-15 due\n");
}

static struct clock made(const struct rule *rule)
{
	struct clock clock = clock_blank;
	clock.rule = rule;
	clock.from = clock.due = 100;
	return clock;
}

TEST(a_clock_read_back_is_told_by_what_stands_in_it)
{
	const struct rule *rule = rules_find(law->rules, S("cla-review-first"));
	struct clock clock = made(rule);
	check_int(clock_state(&clock, 100), CLOCK_DUE);
	check_int(clock_state_law(&clock, 100), CLOCK_DUE);
	clock.ended_by = WORD_LOOKED_AFTER_ENDED;
	clock.ended_on = 99;
	check_int(clock_state(&clock, 100), CLOCK_NOT_REQUIRED);
	/* What was done is done, though the period ended as well. */
	clock.met_on = 98;
	check_int(clock_state(&clock, 100), CLOCK_MET);
	/* Without a date nothing is said of it but that. */
	clock = made(rule);
	clock.due = DAY_UNKNOWN;
	check_int(clock_state(&clock, 100), CLOCK_UNKNOWN);
}

TEST(clocks_that_were_never_asked_for_are_closed_all_the_same)
{
	struct clocks none = { 0 };
	clocks_close(&none);
	check_int(none.n, 0);
}

TEST(the_first_in_care_is_the_first_that_is_such_a_placement)
{
	const struct law *by = law_of(
		RULE("first", "  trigger: placement-began\n  first in: care\n  when: {code: U4}\n"
			      "  within: 5 days\n  met by: cla-visit-held\n"), NULL);
	check_clocks(by, "2026-03-02",
		"C1,c,looked-after-began,2026-01-01,\nC1,p,placement-began,2026-01-01,code=R1\n"
		"C1,q,placement-began,2026-02-01,code=U4\nC1,r,placement-began,2026-03-01,code=U4\n",
		"first 2026-02-01 2026-02-06 overdue\n");
}

TEST(care_that_ends_and_begins_on_one_day_ends_what_ran_before)
{
	str got = clocks_by(law, "2026-03-02",
		"C1,a,looked-after-began,2026-01-01,\nC1,b,looked-after-began,2026-01-02,\n"
		"C1,a,looked-after-ended,2026-03-01,\nC1,b,looked-after-ended,2026-03-01,\n"
		"C1,b,looked-after-began,2026-03-01,\n", false), line;
	struct buf found = { 0 };
	while (str_split(&got, '\n', &line)) {
		if (str_starts(line, S("cla-review-first "))) {
			buf_str(&found, line);
			buf_char(&found, ';');
		}
	}
	check_str(buf_view(&found), "cla-review-first 2026-01-01 2026-01-29 missed;"
		"cla-review-first 2026-01-02 2026-01-30 missed;cla-review-first 2026-03-01 2026-03-27 due;");
	buf_close(&found);
}

TEST(from_which_day_a_council_counts_holds_from_its_first_day_to_its_last)
{
	const struct law *by = law_of(rules_embedded_yaml().p,
		"- setting: transfer-in-trigger\n  choice: papers\n  effective from: 2026-04-01\n"
		"  effective to: 2026-12-31\n  author: \"A Head\"\n  reason: \"As agreed\"\n");
	static const char *const days[] = { "2026-03-31", "2026-04-01", "2026-12-31", "2027-01-01" };
	for (size_t i = 0; i < 4; i++) {
		str rows = arena_format(arena, "C1,t,transfer-in-notified,%s,by=notice\n"
			"C1,u,transfer-in-notified,%s,by=papers\n", days[i], days[i]);
		str got = clocks_by(by, "2027-06-01", rows.p, false), line;
		size_t found = 0;
		while (str_split(&got, '\n', &line))
			found += str_starts(line, S("transfer-in-conference "));
		check_int(found, i == 0 || i == 3 ? 2 : 1);
	}
}

TEST(beside_a_council_s_date_stands_what_it_is_without_the_policy)
{
	const struct law *by = law_of(EARLIER, "- policy: early\n  within: 20 days\n" WHY);
	check_reasons(by, "2026-06-02", "C1,a,icpc-held,2026-06-01,\n",
		"early: 20 days from “icpc-held” on 2026-06-01, by the council's policy; without it the date "
		"is 2026-07-01\n");
}

TEST(who_is_placed_nowhere_was_not_reviewed_there)
{
	const struct law *by = law_of(
		WHILE("not", "not yet reviewed since placed for adoption"), NULL);
	check_clocks(by, "2026-06-10", "C1,p,cla-visit-held,2026-06-10,\n",
		"not 2026-06-10 2026-06-15 due\n");
}

/* Regulation 10(3) is secure accommodation's alone. */
TEST(hours_in_all_run_out_on_a_sunday_where_the_rule_says_nothing_of_noon)
{
	const char *stays = "C1,s,secure-placement-began,2026-06-01T09:00,\n"
			    "C1,s,secure-placement-ended,2026-06-03T10:00,\n"
			    "C1,t,secure-placement-began,2026-06-13T15:00,\n";
#define HOURS "  trigger: secure-placement-began\n  within: 72 hours\n  in all in: 28 days\n" \
	      "  met by: secure-placement-ended\n"
	check_clocks(law_of(RULE("stay", HOURS), NULL), "2026-06-13", stays,
		"stay 2026-06-01 2026-06-04 met met 2026-06-03\nstay 2026-06-13 2026-06-14 due\n");
	check_clocks(law_of(RULE("stay", HOURS "  to noon: yes\n"), NULL), "2026-06-13", stays,
		"stay 2026-06-01 2026-06-04 met met 2026-06-03\nstay 2026-06-13 2026-06-15 due\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_rule_holds_for_what_begins_from_its_first_day_to_its_last),
		CLAIM(what_prepares_a_meeting_holds_for_meetings_from_its_first_day_to_its_last),
		CLAIM(the_data_standard_s_date_stands_beside_the_law_s_where_both_can_be_counted),
		CLAIM(the_end_of_the_next_month_is_its_last_day),
		CLAIM(whichever_of_two_limits_ends_first_is_the_date),
		CLAIM(the_second_limit_is_held_against_the_council_s_date_and_against_the_law_s),
		CLAIM(a_council_s_date_stands_alone_where_the_law_s_cannot_be_counted),
		CLAIM(a_day_that_is_given_is_a_day_or_it_is_unknown),
		CLAIM(a_rule_takes_over_from_the_last_of_its_own_events_while_it_is_in_force),
		CLAIM(what_was_done_for_another_meeting_or_otherwise_than_asked_prepares_nothing),
		CLAIM(what_cannot_be_counted_stays_so_though_it_was_done_on_a_day_not_recorded),
		CLAIM(reviewed_is_whoever_was_reviewed_since_care_began),
		CLAIM(how_a_child_is_placed_is_read_from_codes_and_from_what_is_written),
		CLAIM(a_clock_read_back_is_told_by_what_stands_in_it),
		CLAIM(clocks_that_were_never_asked_for_are_closed_all_the_same),
		CLAIM(the_first_in_care_is_the_first_that_is_such_a_placement),
		CLAIM(care_that_ends_and_begins_on_one_day_ends_what_ran_before),
		CLAIM(from_which_day_a_council_counts_holds_from_its_first_day_to_its_last),
		CLAIM(beside_a_council_s_date_stands_what_it_is_without_the_policy),
		CLAIM(who_is_placed_nowhere_was_not_reviewed_there),
		CLAIM(hours_in_all_run_out_on_a_sunday_where_the_rule_says_nothing_of_noon),
	};
	return cmocka_run_group_tests_name("clock shapes", tests, open_law, close_law);
}
