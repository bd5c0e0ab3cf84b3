/* demo.h - an authority that does not exist: its children and what happened to each, from a seed.
 *
 * A pure generator: the same seed, number of children and day make the same authority, one family
 * after another, in memory that does not grow with their number. The shares are those of England
 * (looked after children, child protection plans and timeliness as published for 2024 and 2025).
 * Children are of Wexcombe, which is no council; addresses are the pseudo postcodes ZZ99, which no
 * letter reaches; providers' and workers' registrations begin with a 9 and are nobody's.
 *
 * All dates are true of the child up to `now`, and none is later but a booking; a reader that knows
 * less (a return for an earlier year) leaves out what came after its day.
 */
#pragma once

#include "base/instant.h"
#include "job/demo_names.h"
#include "law/calendar.h"

#define DEMO_AUTHORITY "999" /* no authority has this code */
#define DEMO_BESIDE "998"    /* nor this one */

struct demo_options {
	int64_t children; /* 1 to 1,000,000 */
	uint64_t seed;
	day now; /* with 12 years of calendar before it and a year after */
	const struct calendar *calendar;
};

/* The most that one child has of each; more is not made. */
enum {
	DEMO_STATUSES = 6,
	DEMO_PLACEMENTS = 14,
	DEMO_REVIEWS = 32,
	DEMO_MISSING = 8,
	DEMO_WORKERS = 20,
	DEMO_VISITS = 40,
	DEMO_GROUPS = 12,
	DEMO_FACTORS = 4,
};

struct demo_status {
	day on;
	const char *code; /* C2 */
};

struct demo_placement {
	day began, ended;            /* DAY_UNKNOWN: it is where the child is */
	const char *code, *provider; /* U4, PR1 */
	const char *change_reason;   /* why it ended in another placement */
	char post[12], urn[12];      /* empty when the return wants none */
	bool same_carer;             /* as the placement before */
	day plan_made;               /* DAY_UNKNOWN: not made */
};

struct demo_review {
	day held;
	const char *participation;       /* PN1; of a conference, empty */
	day decisions_sent, record_sent; /* DAY_UNKNOWN: not */
	bool adoption;                   /* in the series of a child placed for adoption */
};

struct demo_missing {
	instant from, to;  /* INSTANT_UNKNOWN: missing now */
	char kind;         /* M or A */
	instant interview; /* INSTANT_UNKNOWN: not held, or nobody wrote the time */
};

struct demo_worker {
	int worker; /* staff number */
	day from;
	const char *reason; /* MANAGE */
};

struct demo_visit {
	day held;
	bool alone;
};

struct demo_visits {
	struct demo_visit item[DEMO_VISITS];
	size_t n;
};

struct demo_care {
	day began, ended;
	const char *end_reason; /* E4A */
	const char *need;       /* N1 */
	bool short_breaks, asylum, remand, adopted;
	struct demo_status status[DEMO_STATUSES];
	size_t statuses;
	struct demo_placement placement[DEMO_PLACEMENTS];
	size_t placements;
	struct demo_review review[DEMO_REVIEWS];
	size_t reviews;
	day review_due;    /* of the next; DAY_UNKNOWN: none to come */
	day review_booked; /* DAY_UNKNOWN: not */
	struct demo_missing missing[DEMO_MISSING];
	size_t missings;
	struct demo_worker worker[DEMO_WORKERS];
	size_t workers;
	day adoption_decided, adoption_matched;
	day service_notified, officer_appointed,
		plan_made; /* only of periods begun since `watch` */
	struct demo_visits visits;
	const char *previous; /* PREV_PERM: Z1 */
	day previous_on;
};

/* An episode of need, from referral to closure. */
struct demo_need {
	day received, decided, closed;
	const char *source, *need, *closure; /* 6, N1, RC8 */
	bool nfa;
	day assessment, authorised;
	const char *factor[DEMO_FACTORS];
	size_t factors;
	day plan_began, plan_ended; /* of a child in need plan */
};

/* Enquiries under section 47, and the plan they led to. */
struct demo_protection {
	bool enquired, planned, not_required; /* not_required: no conference */
	day strategy, ended;                  /* of the enquiry; DAY_UNKNOWN: it runs */
	day conference;                       /* DAY_UNKNOWN: not held */
	day conference_booked;                /* when it is still to come */
	day decisions_sent, record_sent;      /* of the initial conference */
	day began, plan_ended;
	const char *category, *latest;
	int plans_before;
	struct demo_review review[DEMO_REVIEWS];
	size_t reviews;
	day review_due, review_booked;
	day group[DEMO_GROUPS];
	size_t groups;
	struct demo_visits visits;
};

struct demo_child {
	char number[24]; /* LAchildID, CHILD */
	char forename[DEMO_NAME], surname[DEMO_NAME];
	day born;
	char sex;
	const char *ethnicity;
	char upn[24];
	const char *disability[3];
	size_t disabilities;
	int64_t siblings;    /* number of the group; 0: none known here */
	int officer, worker; /* staff numbers; -1: none */
	const char *team;
	bool restricted;
	char home[12]; /* postcode; empty: unaccompanied */
	bool has_care, has_protection;
	struct demo_care care;
	struct demo_need need;
	struct demo_protection protection;
	struct dice dice; /* for what a reader adds, such as a year's health return */
};

struct demo;

struct demo *demo_open(const struct demo_options *options); /* yours until demo_close */
void demo_close(struct demo *demo);
/* The next child, valid until the next call; NULL after the last. */
const struct demo_child *demo_next(struct demo *demo);

/* The end of the last collection year before `now`: 31 March. Both returns end here. */
day demo_returned(const struct demo_options *options);
/* From here on the authority is on Duly, and what no return carries is known too. */
day demo_watch(const struct demo_options *options);

/* Staff numbers: reviewing officers come first, then social workers. */
int demo_officers(const struct demo_options *options);
int demo_workers(const struct demo_options *options);

int demo_age(day born, day on);                                   /* in whole years */
const char *demo_status_on(const struct demo_care *care, day on); /* legal status; NULL outside */
