/* What the rules make of events. Each claim gives facts as a file would, and reads the clocks of
 * one rule: "thread from due state", then what else stands in them. */
#include "told.h"

static void put_clock(
	struct buf *buf, const struct facts *facts, const struct clock *clock, day today)
{
	buf_str(buf, facts_thread(facts, clock->thread));
	buf_char(buf, ' ');
	buf_day(buf, clock->from);
	buf_char(buf, ' ');
	if (clock->due_at != INSTANT_UNKNOWN)
		buf_instant_local(buf, clock->due_at);
	else
		buf_day(buf, clock->due);
	buf_char(buf, ' ');
	buf_str(buf, clock_state_text(clock_state(clock, today)));
	put_day(buf, " met=", clock->met_on);
	put_day(buf, " booked=", clock->booked);
	put_day(buf, " data=", clock->due_data);
	buf_char(buf, '\n');
}

/* The clocks of `rule` on `as_of`, one a line. */
static str clocks_of(const char *rule, const char *as_of, const char *coverage_text,
	const char *rows, bool reasons)
{
	struct buf text = { 0 };
	struct coverage coverage = coverage_all;
	struct err err;
	day today = day_text(as_of);
	if (coverage_text != NULL && !coverage_read(str_of(coverage_text), &coverage, &err))
		fail_msg("%s", err.text);
	struct told told = tell(law, rows, &coverage, today);
	for (size_t i = 0; i < told.clocks.n; i++) {
		const struct clock *clock = &told.clocks.item[i];
		if (!str_equal(clock->rule->id, str_of(rule)))
			continue;
		if (!reasons) {
			put_clock(&text, &told.facts, clock, today);
			continue;
		}
		buf_clock_reason(&text, clock, today, NULL);
		buf_char(&text, '\n');
	}
	told_close(&told);
	return kept(&text);
}

#define check_clocks(rule, as_of, coverage, rows, want)                                            \
	check_str(clocks_of(rule, as_of, coverage, rows, false), want)
#define check_reasons(rule, as_of, coverage, rows, want)                                           \
	check_str(clocks_of(rule, as_of, coverage, rows, true), want)

TEST(a_first_review_is_due_20_working_days_after_the_child_became_looked_after)
{
	check_clocks("cla-review-first", "2027-01-20", NULL,
		"C1,a,looked-after-began,2026-12-18,legal=C1\n", "a 2026-12-18 2027-01-20 due\n");
	check_clocks("cla-review-first", "2027-01-21", NULL,
		"C1,a,looked-after-began,2026-12-18,legal=C1\n", "a 2026-12-18 2027-01-20 overdue\n");
}

TEST(a_review_held_on_its_last_day_is_met_and_a_day_later_met_late)
{
	check_clocks("cla-review-first", "2027-02-01", NULL,
		"C1,a,looked-after-began,2026-12-18,\nC1,a,cla-review-held,2027-01-20,\n",
		"a 2026-12-18 2027-01-20 met met=2027-01-20\n");
	check_clocks("cla-review-first", "2027-02-01", NULL,
		"C1,a,looked-after-began,2026-12-18,\nC1,a,cla-review-held,2027-01-21,\n",
		"a 2026-12-18 2027-01-20 met-late met=2027-01-21\n");
}

TEST(the_second_review_counts_from_the_first_as_held_and_the_third_from_the_second)
{
	const char *rows = "C1,a,looked-after-began,2026-06-01,\nC1,a,cla-review-held,2026-06-12,\n"
			   "C1,a,cla-review-held,2026-09-01,\n";
	check_clocks("cla-review-second", "2026-11-21", NULL, rows,
		"a 2026-06-12 2026-09-12 met met=2026-09-01\n");
	check_clocks("cla-review-subsequent", "2026-11-21", NULL, rows,
		"a 2026-09-01 2027-03-01 due\n");
}

TEST(a_placement_move_restarts_visits_and_never_reviews)
{
	const char *rows = "C1,a,looked-after-began,2026-06-01,\nC1,p1,placement-began,2026-06-01,\n"
			   "C1,p1,placement-ended,2026-06-20,\nC1,p2,placement-began,2026-06-20,\n";
	check_clocks("cla-review-first", "2026-06-21", NULL, rows, "a 2026-06-01 2026-06-29 due\n");
	check_clocks("cla-visit-first", "2026-06-21", NULL, rows,
		"p1 2026-06-01 2026-06-08 missed\np2 2026-06-20 2026-06-27 due\n");
	check_clocks("placement-plan-5wd", "2026-06-21", NULL, rows,
		"p1 2026-06-01 2026-06-08 missed\np2 2026-06-20 2026-06-26 due\n");
	check_clocks("care-plan-10wd", "2026-06-21", NULL, rows, "p1 2026-06-01 2026-06-15 overdue\n");
}

TEST(a_new_period_of_care_starts_the_reviews_again)
{
	check_clocks("cla-review-first", "2026-06-21", NULL,
		"C1,a,looked-after-began,2026-01-05,\nC1,a,looked-after-ended,2026-01-15,\n"
		"C1,b,looked-after-began,2026-06-01,\n",
		"a 2026-01-05 2026-02-02 not-required\nb 2026-06-01 2026-06-29 due\n");
}

TEST(a_child_who_left_after_the_due_date_was_missed)
{
	check_clocks("cla-review-first", "2026-11-21", NULL,
		"C1,a,looked-after-began,2026-01-05,\nC1,a,looked-after-ended,2026-03-02,\n",
		"a 2026-01-05 2026-02-02 missed\n");
}

TEST(the_conference_that_ends_a_plan_meets_its_clock_and_starts_none)
{
	const char *rows = "C1,p,cp-plan-began,2026-01-12,category=NEG\nC1,p,rcpc-held,2026-04-10,\n"
			   "C1,p,cp-plan-ended,2026-04-10,\n";
	check_clocks("rcpc-first", "2026-11-21", NULL, rows,
		"p 2026-01-12 2026-04-12 met met=2026-04-10 data=2026-04-13\n");
	check_clocks("rcpc-subsequent", "2026-11-21", NULL, rows, "");
}

TEST(an_inquorate_conference_is_not_held)
{
	check_clocks("rcpc-first", "2026-05-01", NULL,
		"C1,p,cp-plan-began,2026-01-12,\nC1,p,rcpc-held,2026-04-10,quorate=no\n",
		"p 2026-01-12 2026-04-12 overdue data=2026-04-13\n");
}

TEST(two_plans_are_two_threads)
{
	check_clocks("core-group-first", "2026-11-21", NULL,
		"C1,p1,cp-plan-began,2026-01-12,\nC1,p1,core-group-held,2026-01-20,\n"
		"C1,p1,cp-plan-ended,2026-04-10,\nC1,p2,cp-plan-began,2026-11-10,\n",
		"p1 2026-01-12 2026-01-26 met met=2026-01-20\np2 2026-11-10 2026-11-24 due\n");
}

TEST(a_booking_belongs_to_the_occurrence_it_was_made_for)
{
	const char *rows = "C1,a,looked-after-began,2026-06-01,\n"
			   "C1,a,meeting-booked,2026-06-25,for=cla-review\n"
			   "C1,a,cla-review-held,2026-06-25,\n"
			   "C1,a,meeting-booked,2026-09-20,for=cla-review\n"
			   "C1,a,meeting-booked,2026-10-02,for=cla-review\n"
			   "C1,a,meeting-booked,2026-09-01,for=rcpc\n";
	check_clocks("cla-review-first", "2026-08-01", NULL, rows,
		"a 2026-06-01 2026-06-29 met met=2026-06-25 booked=2026-06-25\n");
	check_clocks("cla-review-second", "2026-08-01", NULL, rows,
		"a 2026-06-25 2026-09-25 due booked=2026-10-02\n");
}

TEST(what_is_booked_in_another_kind_of_period_belongs_by_its_date)
{
	/* Placed for adoption: the series is the placement's, and reviews are booked in the period of care. */
	const char *adoption = "C1,a,looked-after-began,2025-06-02,\n"
			       "C1,p,placed-for-adoption,2026-06-01,code=A3\n"
			       "C1,a,meeting-booked,2026-06-20,for=cla-review\n"
			       "C1,p,adoption-review-held,2026-06-20,\n"
			       "C1,a,meeting-booked,2026-09-10,for=cla-review\n";
	check_clocks("adoption-review-first", "2026-07-01", NULL, adoption,
		"p 2026-06-01 2026-06-29 met met=2026-06-20 booked=2026-06-20\n");
	check_clocks("adoption-review-second", "2026-07-01", NULL, adoption,
		"p 2026-06-20 2026-09-20 due booked=2026-09-10\n");
	/* Whatever limits the next review, one booking is of it: before the child leaves, after authority to
	 * place. */
	const char *early = "C1,a,looked-after-began,2026-01-05,\nC1,a,cla-review-held,2026-01-30,\n"
			    "C1,a,authority-to-place-obtained,2026-02-02,\n"
			    "C1,a,review-requested,2026-02-03,why=leaving;by=2026-03-02\n"
			    "C1,a,meeting-booked,2026-02-25,for=cla-review\n";
	check_clocks("cla-review-early", "2026-02-10", NULL, early,
		"a 2026-02-03 2026-03-02 due booked=2026-02-25\n");
	check_clocks("adoption-review-not-placed-first", "2026-02-10", NULL, early,
		"a 2026-02-02 2026-05-02 due booked=2026-02-25\n");
	/* A conference of another enquiry is none of this one's; that of a child who moved here is. */
	const char *enquiries = "C1,s,strategy-discussion-held,2026-06-01,s47=yes\n"
				"C1,t,meeting-booked,2026-06-15,for=icpc\n"
				"C1,m,transfer-in-notified,2026-06-01,by=notice\n";
	check_clocks("icpc-15wd", "2026-06-02", NULL, enquiries, "s 2026-06-01 2026-06-22 due\n");
	check_clocks("transfer-in-conference", "2026-06-02", NULL, enquiries,
		"m 2026-06-01 2026-06-22 due booked=2026-06-15\n");
	check_clocks("rcpc-first", "2026-06-02", NULL,
		"C1,q,cp-plan-began,2026-05-01,\nC1,r,meeting-booked,2026-07-15,for=rcpc\n",
		"q 2026-05-01 2026-08-01 due data=2026-07-31\n");
	check_clocks("prebirth-rcpc", "2026-06-02", NULL,
		"C1,s,icpc-held,2026-05-01,prebirth=yes\nC1,q,meeting-booked,2026-07-15,for=rcpc\n",
		"s 2026-05-01 2026-08-01 due booked=2026-07-15\n");
}

TEST(an_assessment_is_due_by_its_referral_and_data_count_from_its_start)
{
	const char *rows = "C1,n,referral-received,2026-06-01,\n"
			   "C1,o,assessment-began,2026-06-02,\n"
			   "C1,n,assessment-began,2026-06-03,\n";
	check_clocks("assessment-45wd", "2026-06-02", NULL, rows, "n 2026-06-01 2026-08-03 due\n");
	check_clocks("assessment-45wd", "2026-06-03", NULL, rows,
		"n 2026-06-01 2026-08-03 due data=2026-08-05\n");
}

TEST(what_happens_after_the_day_asked_about_is_not_known_yet)
{
	check_clocks("cla-review-first", "2026-06-20", NULL,
		"C1,a,looked-after-began,2026-06-01,\nC1,a,cla-review-held,2026-06-25,\n",
		"a 2026-06-01 2026-06-29 due\n");
}

TEST(a_missing_date_is_unknown_and_never_overdue)
{
	check_clocks("cla-review-first", "2026-06-20", NULL, "C1,a,looked-after-began,,\n",
		"a   unknown\n");
	check_reasons("cla-review-first", "2026-06-20", NULL, "C1,a,looked-after-began,,\n",
		"the date of looked-after-began is not recorded\n");
	check_reasons("cla-review-first", "2026-09-20", NULL,
		"C1,a,looked-after-began,2026-06-01,\nC1,a,cla-review-held,,\n",
		"done, but the date of cla-review-held is not recorded\n");
	check_clocks("cla-review-second", "2026-09-20", NULL,
		"C1,a,looked-after-began,2026-06-01,\nC1,a,cla-review-held,,\n", "");
}

TEST(hours_need_a_time_and_count_across_the_change_to_summer_time)
{
	check_clocks("police-protection-72h", "2026-03-28", NULL,
		"C1,x,police-protection-began,2026-03-27T14:30,\n",
		"x 2026-03-27 2026-03-30T15:30 due\n");
	check_clocks("police-protection-72h", "2026-04-02", NULL,
		"C1,x,police-protection-began,2026-03-27T14:30,\n"
		"C1,x,police-protection-ended,2026-03-30T15:31,\n",
		"x 2026-03-27 2026-03-30T15:30 met-late met=2026-03-30\n");
	check_reasons("police-protection-72h", "2026-04-02", NULL,
		"C1,x,police-protection-began,2026-03-27,\n",
		"the time of police-protection-began is not recorded, and the limit is in hours\n");
	check_reasons("missing-rhi-72h", "2026-04-10", NULL,
		"C1,x,missing-ended,2026-04-01T10:00,\nC1,x,return-interview-held,2026-04-04,\n",
		"done on the day it fell due, but the time of return-interview-held is not recorded\n");
	check_clocks("missing-rhi-72h", "2026-04-10", NULL,
		"C1,x,missing-ended,2026-04-01T10:00,\nC1,x,return-interview-held,2026-04-03,\n",
		"x 2026-04-01 2026-04-04T10:00 met met=2026-04-03\n");
}

TEST(what_comes_before_a_meeting_is_said_as_people_say_it)
{
	const char *rows = "C1,a,looked-after-began,2026-06-01,\n"
			   "C1,a,meeting-booked,2026-06-24,for=cla-review\n";
	check_reasons("cla-review-reports", "2026-06-10", NULL, rows,
		"3 working days before the meeting, booked for 2026-06-24\n");
	check_reasons("iro-appointed-before-review", "2026-06-10", NULL, rows,
		"before the meeting, booked for 2026-06-24\n");
}

TEST(a_source_that_cannot_carry_the_event_makes_it_unknown)
{
	const char *rows = "C1,a,looked-after-began,2026-06-01,\n";
	check_clocks("cla-review-first", "2026-11-21", "looked-after-began::", rows,
		"a 2026-06-01 2026-06-29 unknown\n");
	check_clocks("cla-review-first", "2026-11-21", "cla-review-held:2026-04-01:2026-06-15", rows,
		"a 2026-06-01 2026-06-29 unknown\n");
	check_reasons("cla-review-first", "2026-11-21", "cla-review-held:2026-04-01:2026-06-15", rows,
		"the source of cla-review-held knows only up to 2026-06-15\n");
	check_clocks("cla-review-first", "2026-11-21", "cla-review-held:2026-04-01:2026-09-30", rows,
		"a 2026-06-01 2026-06-29 overdue\n");
	check_clocks("cla-review-first", "2026-11-21", "cla-review-held:2026-06-10:2026-09-30", rows,
		"a 2026-06-01 2026-06-29 unknown\n");
}

TEST(whoever_began_it_by_hand_is_held_to_it_and_what_a_file_began_is_not_known)
{
	const char *rows = "1,a,private-fostering-known,2026-06-01,\n1,c,looked-after-began,2026-06-01,\n";
	const char *coverage = "looked-after-began::,birth::";
	check_clocks("private-fostering-visit-year1", "2026-08-01", coverage, rows,
		"a 2026-06-01 2026-07-13 overdue\n");
	check_clocks("iro-appointed", "2026-08-01", coverage, rows,
		"c 2026-06-01 2026-06-08 unknown\n");
	/* A school term is of a period that a file began: nobody wrote it. */
	check_clocks("pep-review", "2026-11-01", coverage, rows, "c 2026-09-01 2026-12-31 unknown\n");
	/* Where a source carries what began, it would have to carry what follows. */
	check_clocks("private-fostering-visit-year1", "2026-08-01",
		"looked-after-began::,private-fostering-known::", rows,
		"a 2026-06-01 2026-07-13 unknown\n");
}

/* Of one private fostering that no source says that it carries. */
static enum clock_state fostered(const struct event *event, size_t n)
{
	struct coverage coverage;
	struct clocks clocks = { 0 };
	enum clock_state state = CLOCK_DUE;
	assert_true(coverage_read(S("looked-after-began::"), &coverage, NULL));
	clocks_compute(law, event, n, &coverage, day_text("2026-08-01"), &clocks);
	for (size_t i = 0; i < clocks.n; i++) {
		if (str_equal(clocks.item[i].rule->id, S("private-fostering-visit-year1")))
			state = clock_state(&clocks.item[i], day_text("2026-08-01"));
	}
	clocks_close(&clocks);
	return state;
}

TEST(what_a_file_told_without_saying_that_it_carries_it_nobody_wrote_and_is_not_known)
{
	struct event event[2] = {
		event_of(WORD_PRIVATE_FOSTERING_KNOWN, day_text("2026-06-01"), 1, "", 1),
		event_of(WORD_PRIVATE_FOSTERING_KNOWN, day_text("2026-06-01"), 1, "", 2),
	};
	check_int(fostered(event, 1), CLOCK_OVERDUE);
	event[0].from_file = true;
	check_int(fostered(event, 1), CLOCK_UNKNOWN);
	/* A person wrote the same: they write what becomes of it. */
	check_int(events_sort(event, 2), 1);
	check_int(fostered(event, 1), CLOCK_OVERDUE);
}

TEST(a_series_that_began_before_coverage_starts_at_its_first_known_event)
{
	const char *rows = "C1,a,looked-after-began,2019-02-04,\nC1,a,cla-review-held,2025-05-12,\n";
	const char *coverage = "cla-review-held:2025-04-01:2026-03-31,looked-after-began::";
	check_clocks("cla-review-first", "2025-06-01", coverage, rows,
		"a 2019-02-04 2019-03-04 unknown\n");
	check_clocks("cla-review-second", "2025-06-01", coverage, rows, "");
	check_clocks("cla-review-subsequent", "2025-06-01", coverage, rows,
		"a 2025-05-12 2025-11-12 due\n");
}

TEST(a_review_inside_the_limit_for_the_first_is_the_first)
{
	check_clocks("cla-review-second", "2025-05-01", "cla-review-held:2025-04-01:2026-03-31",
		"C1,a,looked-after-began,2025-03-25,\nC1,a,cla-review-held,2025-04-15,\n",
		"a 2025-04-15 2025-07-15 due\n");
}

TEST(only_a_strategy_discussion_that_began_enquiries_starts_the_15_days)
{
	check_clocks("icpc-15wd", "2026-03-01", NULL,
		"C1,s,strategy-discussion-held,2026-02-02,s47=no\n", "");
	check_clocks("icpc-15wd", "2026-03-01", NULL,
		"C1,s,strategy-discussion-held,2026-02-02,s47=no\n"
		"C1,s,strategy-discussion-held,2026-02-09,s47=yes\n"
		"C1,s,strategy-discussion-held,2026-02-16,s47=yes\n",
		"s 2026-02-09 2026-03-02 due\n");
	check_reasons("icpc-15wd", "2026-03-01", NULL, "C1,s,strategy-discussion-held,2026-02-02,\n",
		"whether this applies is not recorded: s47 of strategy-discussion-held is missing\n");
	check_clocks("icpc-15wd", "2026-05-01", NULL,
		"C1,s,strategy-discussion-held,2026-02-09,s47=yes\nC1,s,s47-ended,2026-02-20,outcome=no-icpc\n",
		"s 2026-02-09 2026-03-02 not-required\n");
	check_clocks("icpc-15wd", "2026-05-01", NULL,
		"C1,s,strategy-discussion-held,2026-02-09,s47=yes\nC1,s,s47-ended,,outcome=no-icpc\n",
		"s 2026-02-09 2026-03-02 not-required\n");
}

TEST(the_record_of_a_review_belongs_to_that_review)
{
	const char *linked = "C1,a,looked-after-began,2026-01-05,\n"
			     "C1,a,cla-review-held,2026-01-20,review=r1\n"
			     "C1,a,cla-review-held,2026-04-15,review=r2\n"
			     "C1,r1,review-decisions-sent,2026-04-16,\n"
			     "C1,r2,review-decisions-sent,2026-04-17,\n";
	check_clocks("iro-decisions-record", "2026-05-01", NULL, linked,
		"a 2026-01-20 2026-01-27 met-late met=2026-04-16\n"
		"a 2026-04-15 2026-04-22 met met=2026-04-17\n");
	const char *loose = "C1,a,cla-review-held,2026-01-20,\nC1,a,cla-review-held,2026-04-15,\n"
			    "C1,r2,review-decisions-sent,2026-04-17,\n";
	check_clocks("iro-decisions-record", "2026-05-01", NULL, loose,
		"a 2026-01-20 2026-01-27 overdue\na 2026-04-15 2026-04-22 met met=2026-04-17\n");
}

TEST(silence_of_the_manager_lets_the_decisions_stand)
{
	const char *rows = "C1,r,review-decisions-received,2026-03-02,\n";
	check_clocks("manager-objection-window", "2026-03-09", NULL, rows, "r 2026-03-02 2026-03-09 due\n");
	check_reasons("manager-objection-window", "2026-03-10", NULL, rows,
		"no reply: decisions stand\n");
}

TEST(placement_for_adoption_replaces_the_review_series)
{
	const char *rows = "C1,a,looked-after-began,2025-06-02,\nC1,a,cla-review-held,2025-06-20,\n"
			   "C1,a,cla-review-held,2025-09-12,\nC1,p,placed-for-adoption,2025-12-01,code=A3\n"
			   "C1,p,adoption-review-held,2025-12-22,\n";
	check_clocks("cla-review-subsequent", "2026-06-01", NULL, rows,
		"a 2025-09-12 2026-03-12 not-required\n");
	check_clocks("adoption-review-first", "2026-06-01", NULL, rows,
		"p 2025-12-01 2025-12-29 met met=2025-12-22\n");
	check_clocks("adoption-review-second", "2026-06-01", NULL, rows,
		"p 2025-12-22 2026-03-22 overdue\n");
}

TEST(a_short_break_series_is_reviewed_under_another_regulation)
{
	check_clocks("cla-review-first", "2026-06-01", NULL,
		"C1,a,looked-after-began,2026-01-05,legal=V4\n", "");
	/* Nor is a review of that series a late first one. */
	check_clocks("cla-review-first", "2026-06-01", NULL,
		"C1,a,looked-after-began,2026-01-05,legal=V4\nC1,a,cla-review-held,2026-03-30,\n", "");
}

TEST(an_assessment_of_a_closed_episode_is_not_owed_and_one_that_was_done_is_told)
{
	check_clocks("assessment-45wd", "2026-06-01", NULL,
		"C1,a,referral-received,2026-01-05,closed=yes\n",
		"a 2026-01-05 2026-03-09 not-required\n");
	check_clocks("assessment-45wd", "2026-06-01", NULL,
		"C1,a,referral-received,2026-01-05,closed=yes\nC1,a,assessment-authorised,2026-03-10,\n",
		"a 2026-01-05 2026-03-09 met-late met=2026-03-10\n");
}

TEST(death_ends_every_clock)
{
	check_clocks("cla-review-first", "2026-06-01", NULL,
		"C1,a,looked-after-began,2026-01-05,\nC1,,death,2026-01-20,\n",
		"a 2026-01-05 2026-02-02 not-required\n");
}

TEST(a_plan_made_before_the_placement_meets_its_clock)
{
	check_clocks("placement-plan-5wd", "2026-02-01", NULL,
		"C1,p,placement-plan-made,2026-01-02,\nC1,p,placement-began,2026-01-05,\n",
		"p 2026-01-05 2026-01-12 met met=2026-01-02\n");
}

TEST(visits_to_a_child_on_a_plan_run_on_from_the_plan_and_then_from_each_visit)
{
	check_clocks("cp-visit", "2026-02-10", NULL,
		"C1,p,cp-plan-began,2026-01-05,\nC1,p,cp-visit-held,2026-01-05,\n"
		"C1,p,cp-visit-held,2026-01-16,\n",
		"p 2026-01-05 2026-01-19 met met=2026-01-05\n"
		"p 2026-01-05 2026-01-19 met met=2026-01-16\n"
		"p 2026-01-16 2026-01-30 overdue\n");
}

TEST(the_same_fact_from_two_sources_is_one_event)
{
	check_clocks("cla-review-second", "2026-02-10", NULL,
		"C1,a,looked-after-began,2026-01-05,\nC1,a,cla-review-held,2026-01-20,participation=PN1\n"
		"C1,a,cla-review-held,2026-01-20,\n",
		"a 2026-01-20 2026-04-20 due\n");
}

TEST(clocks_beyond_what_is_published_are_provisional)
{
	check_reasons("cla-review-first", "2029-03-20", NULL, "C1,a,looked-after-began,2029-03-19,\n",
		"20 working days from looked-after-began on 2029-03-19; provisional: holidays not yet "
		"published\n");
	check_reasons("cla-review-first", "2029-03-20", NULL, "C1,a,looked-after-began,2011-03-19,\n",
		"the calendar of working days does not reach that far\n");
}

TEST(without_threads_only_an_end_tells_one_period_from_the_next)
{
	const char *moves = "C1,,placement-began,2026-05-04,\nC1,,placement-ended,2026-06-01,\n"
			    "C1,,placement-began,2026-06-01,\n";
	check_clocks("placement-plan-5wd", "2026-06-03", NULL, moves,
		" 2026-05-04 2026-05-11 missed\n 2026-06-01 2026-06-08 due\n");
	const char *returns = "C1,,looked-after-began,2025-01-06,\nC1,,cla-review-held,2025-01-20,\n"
			      "C1,,looked-after-ended,2025-03-03,\nC1,,looked-after-began,2026-05-04,\n"
			      "C1,,cla-review-held,2026-05-20,\n";
	check_clocks("cla-review-second", "2026-06-03", NULL, returns,
		" 2025-01-20 2025-04-20 not-required\n 2026-05-20 2026-08-20 due\n");
	check_clocks("cla-review-subsequent", "2026-06-03", NULL, returns, "");
	check_clocks("icpc-15wd", "2026-06-03", NULL,
		"C1,,strategy-discussion-held,2025-01-06,s47=yes\nC1,,s47-ended,2025-01-20,outcome=no-icpc\n"
		"C1,,strategy-discussion-held,2026-06-01,s47=yes\n",
		" 2025-01-06 2025-01-27 not-required\n 2026-06-01 2026-06-22 due\n");
}

TEST(a_period_of_one_day_ends_that_day)
{
	check_clocks("cla-review-first", "2026-09-01", NULL,
		"C1,a,looked-after-began,2026-06-01,\nC1,a,looked-after-ended,2026-06-01,\n",
		"a 2026-06-01 2026-06-29 not-required\n");
}

TEST(a_visit_as_or_after_its_period_ended_starts_nothing)
{
	check_clocks("cla-visit-6-weekly", "2026-09-01", NULL,
		"C1,p,placement-began,2026-06-01,\nC1,p,placement-ended,2026-06-10,\n"
		"C1,p,cla-visit-held,2026-06-12,\n",
		"");
	check_clocks("cla-visit-6-weekly", "2026-09-01", NULL,
		"C1,a,looked-after-began,2026-06-01,\nC1,p,placement-began,2026-06-01,\n"
		"C1,p,cla-visit-held,2026-06-10,\nC1,a,looked-after-ended,2026-06-10,\n",
		"");
	check_clocks("cla-visit-6-weekly", "2026-07-01", NULL,
		"C1,a,looked-after-began,2026-06-01,\nC1,a,looked-after-ended,2026-06-10,\n"
		"C1,b,looked-after-began,2026-06-10,\nC1,q,placement-began,2026-06-10,\n"
		"C1,q,cla-visit-held,2026-06-10,\n",
		"q 2026-06-10 2026-07-22 due\n");
	check_clocks("dispute-stage-answer", "2026-07-01", NULL,
		"dispute:1,,dispute-made-formal,2026-06-01,\ndispute:1,,dispute-stage-answered,2026-06-03,\n"
		"dispute:1,,dispute-closed,2026-06-03,\n",
		" 2026-06-01 2026-06-08 met met=2026-06-03\n");
}

TEST(nothing_runs_after_a_death_dated_or_not)
{
	check_clocks("cla-review-first", "2026-09-01", NULL,
		"C1,a,looked-after-began,2026-06-01,\nC1,,death,,\n",
		"a 2026-06-01 2026-06-29 not-required\n");
	check_clocks("cla-visit-first", "2026-09-01", NULL,
		"C1,,death,2026-05-01,\nC1,p,placement-began,2026-06-01,\n",
		"p 2026-06-01 2026-06-08 not-required\n");
	check_clocks("iro-full-record", "2026-09-01", NULL,
		"C1,,death,2026-05-01,\nC1,a,cla-review-held,2026-06-01,\n", "");
	check_clocks("cla-visit-6-weekly", "2026-09-01", NULL,
		"C1,,death,2026-04-01,\nC1,,placement-began,2026-04-02,\nC1,,placement-ended,2026-05-01,\n"
		"C1,,placement-began,2026-05-01,\nC1,,cla-visit-held,2026-06-01,\n",
		"");
}

TEST(the_record_of_another_meeting_meets_nothing_here)
{
	check_clocks("iro-decisions-record", "2026-06-01", NULL,
		"C1,a,cla-review-held,2026-01-20,review=r1\nC1,a,cla-review-held,2026-04-15,\n"
		"C1,r1,review-decisions-sent,2026-04-16,\n",
		"a 2026-01-20 2026-01-27 met-late met=2026-04-16\na 2026-04-15 2026-04-22 overdue\n");
	check_clocks("iro-decisions-record", "2026-06-01", NULL,
		"C1,a,cla-review-held,2026-01-20,review=r1\nC1,a,cla-review-held,2026-04-15,review=r2\n"
		"C1,,review-decisions-sent,2026-04-16,\n",
		"a 2026-01-20 2026-01-27 overdue\na 2026-04-15 2026-04-22 met met=2026-04-16\n");
	check_clocks("cp-record-distribution", "2026-09-01", NULL,
		"C1,s,icpc-held,2026-02-02,\nC1,p,rcpc-held,2026-04-20,\n"
		"C1,k,conference-record-sent,2026-04-27,\n",
		"s 2026-02-02 2026-02-23 overdue\np 2026-04-20 2026-05-12 met met=2026-04-27\n");
}

TEST(what_was_done_on_an_unknown_day_leaves_unknown_what_it_may_have_met)
{
	check_clocks("care-plan-10wd", "2026-09-01", NULL,
		"C1,p,placement-began,2026-06-01,\nC1,a,care-plan-made,,\n",
		"p 2026-06-01 2026-06-15 unknown\n");
}

TEST(an_hour_that_one_of_two_sources_lacks_makes_no_second_fact)
{
	check_clocks("missing-rhi-72h", "2026-04-02", NULL,
		"C1,x,missing-ended,2026-04-01,\nC1,x,missing-ended,2026-04-01T10:00,\n",
		"x 2026-04-01 2026-04-04T10:00 due\n");
	check_clocks("iro-decisions-record", "2026-06-01", NULL,
		"C1,a,cla-review-held,2026-01-20,\nC1,a,cla-review-held,2026-01-20,review=r1\n"
		"C1,r1,review-decisions-sent,2026-01-21,\n",
		"a 2026-01-20 2026-01-27 met met=2026-01-21\n");
	check_clocks("strategy-record", "2026-06-01", NULL,
		"C1,s,strategy-discussion-held,2026-01-20T09:00,\n"
		"C1,s,strategy-discussion-held,2026-01-20T15:00,\nC1,s,strategy-record-sent,2026-01-20,\n",
		"s 2026-01-20 2026-01-21 met met=2026-01-20\ns 2026-01-20 2026-01-21 met met=2026-01-20\n");
}

TEST(the_first_placement_is_the_first_since_the_day_of_coming_into_care)
{
	check_clocks("care-plan-10wd", "2026-08-01", NULL,
		"C1,a,looked-after-began,2026-06-01T10:00,\nC1,p,placement-began,2026-06-01,\n"
		"C1,q,placement-began,2026-07-01,\n",
		"p 2026-06-01 2026-06-15 overdue\n");
	check_clocks("care-plan-10wd", "2026-08-01", NULL,
		"C1,a,looked-after-began,2026-01-05,\nC1,p,placement-began,2026-01-05,\n"
		"C1,a,looked-after-ended,2026-03-02,\nC1,b,looked-after-began,2026-07-01,\n"
		"C1,q,placement-began,2026-07-01,\n",
		"p 2026-01-05 2026-01-19 missed\nq 2026-07-01 2026-07-15 overdue\n");
}

TEST(two_of_one_day_stand_by_the_hour_where_hours_count)
{
	check_clocks("missing-rhi-72h", "2026-04-02", NULL,
		"C1,x,missing-ended,2026-04-01T14:00,\nC1,y,missing-ended,2026-04-01T06:00,\n",
		"y 2026-04-01 2026-04-04T06:00 due\nx 2026-04-01 2026-04-04T14:00 due\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_first_review_is_due_20_working_days_after_the_child_became_looked_after),
		CLAIM(a_review_held_on_its_last_day_is_met_and_a_day_later_met_late),
		CLAIM(the_second_review_counts_from_the_first_as_held_and_the_third_from_the_second),
		CLAIM(a_placement_move_restarts_visits_and_never_reviews),
		CLAIM(a_new_period_of_care_starts_the_reviews_again),
		CLAIM(a_child_who_left_after_the_due_date_was_missed),
		CLAIM(the_conference_that_ends_a_plan_meets_its_clock_and_starts_none),
		CLAIM(an_inquorate_conference_is_not_held),
		CLAIM(two_plans_are_two_threads),
		CLAIM(a_booking_belongs_to_the_occurrence_it_was_made_for),
		CLAIM(what_is_booked_in_another_kind_of_period_belongs_by_its_date),
		CLAIM(an_assessment_is_due_by_its_referral_and_data_count_from_its_start),
		CLAIM(what_happens_after_the_day_asked_about_is_not_known_yet),
		CLAIM(a_missing_date_is_unknown_and_never_overdue),
		CLAIM(hours_need_a_time_and_count_across_the_change_to_summer_time),
		CLAIM(what_comes_before_a_meeting_is_said_as_people_say_it),
		CLAIM(a_source_that_cannot_carry_the_event_makes_it_unknown),
		CLAIM(whoever_began_it_by_hand_is_held_to_it_and_what_a_file_began_is_not_known),
		CLAIM(what_a_file_told_without_saying_that_it_carries_it_nobody_wrote_and_is_not_known),
		CLAIM(a_series_that_began_before_coverage_starts_at_its_first_known_event),
		CLAIM(a_review_inside_the_limit_for_the_first_is_the_first),
		CLAIM(only_a_strategy_discussion_that_began_enquiries_starts_the_15_days),
		CLAIM(the_record_of_a_review_belongs_to_that_review),
		CLAIM(silence_of_the_manager_lets_the_decisions_stand),
		CLAIM(placement_for_adoption_replaces_the_review_series),
		CLAIM(a_short_break_series_is_reviewed_under_another_regulation),
		CLAIM(an_assessment_of_a_closed_episode_is_not_owed_and_one_that_was_done_is_told),
		CLAIM(death_ends_every_clock),
		CLAIM(a_plan_made_before_the_placement_meets_its_clock),
		CLAIM(visits_to_a_child_on_a_plan_run_on_from_the_plan_and_then_from_each_visit),
		CLAIM(the_same_fact_from_two_sources_is_one_event),
		CLAIM(clocks_beyond_what_is_published_are_provisional),
		CLAIM(without_threads_only_an_end_tells_one_period_from_the_next),
		CLAIM(a_period_of_one_day_ends_that_day),
		CLAIM(a_visit_as_or_after_its_period_ended_starts_nothing),
		CLAIM(nothing_runs_after_a_death_dated_or_not),
		CLAIM(the_record_of_another_meeting_meets_nothing_here),
		CLAIM(what_was_done_on_an_unknown_day_leaves_unknown_what_it_may_have_met),
		CLAIM(an_hour_that_one_of_two_sources_lacks_makes_no_second_fact),
		CLAIM(the_first_placement_is_the_first_since_the_day_of_coming_into_care),
		CLAIM(two_of_one_day_stand_by_the_hour_where_hours_count),
	};
	return cmocka_run_group_tests_name("clock clock", tests, open_law, close_law);
}
