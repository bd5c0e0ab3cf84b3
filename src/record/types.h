/* types.h - every record type that Duly keeps so far: what is in each.
 *
 * The members are the columns. What each is called, and which events it leaves, stands in the
 * type's own file. Dates unknown to a source are unknown here.
 */
#pragma once

#include "record/record.h"

/* Who the child is. The council's own number comes first: it is what the files share. */
struct child {
	str number; /* LAchildID of the census, CHILD of the 903 */
	str forename, surname;
	day born, expected, died;
	str sex, ethnicity, upn;
	/* What the census asks, and no clock needs. */
	str disabilities; /* "MOB LD"; NONE: has none; empty: not known */
	str upn_unknown;  /* why there is no pupil number: UN1 */
	str upn_former;
	enum answer mother;      /* has a child of her own */
	day own_child_born;
	enum answer unaccompanied; /* came seeking asylum, and alone; is or was */
	day unaccompanied_until; /* the day on which that ceases; it may be still to come */
};

/* Who works with the child, from the people file: names or sign-in names as the council wrote. */
struct allocation {
	str iro, chair, social_worker, team, sibling_group;
	enum answer restricted; /* listed without a name; opened with a reason */
};

struct care_period {
	day began, ended;
	str legal;      /* legal status at the start, national code: V2 */
	str end_reason; /* REC: E4A */
	str remanded_to; /* of J1 at the start: accommodation, detention; empty: not known */
	str legal_end;   /* legal status at the end, where it matters: of a child sentenced (E9) */
	str need;        /* category of need at the start: N1 */
	str home_post;   /* postcode of the home that the child came from */
};

struct legal_status {
	ref care;
	day changed;
	str code;
	str remanded_to; /* of J1 */
};

struct placement {
	ref care;
	day began, ended;
	str code;         /* PLACE: U4, A5 */
	str provider;     /* PR1 */
	str change_reason; /* REASON_PLACE_CHANGE */
	enum answer to_18, with_parent, reg24;
	/* What no file carries. */
	enum answer emergency, out_of_area;
	enum answer reg19;         /* with a parent who was not assessed before */
	enum answer outside_terms; /* with a foster parent whose approval does not cover it */
	enum answer six_monthly;   /* long-term foster placement: the child agreed to such visits */
	str postcode;    /* of the placement */
	str urn;         /* Ofsted's number of the home, school or agency */
	enum answer same_carer; /* as in the placement before it */
};

struct cla_review {
	ref care;
	ref placement; /* of a child placed for adoption: the review is of that series */
	day held;          /* completed, where it was held in parts */
	day started;       /* of a review in parts; else DAY_UNKNOWN */
	str participation; /* PN1 */
};

struct missing_episode {
	ref care;
	str kind; /* M missing, A away without authorisation */
	struct when began, ended, interview;
};

/* An episode of need: from referral to closure. */
struct referral {
	day received, decided, closed;
	str source;  /* 1A */
	str need;    /* N1 */
	str closure; /* RC1 */
	enum answer nfa; /* no further action */
};

struct assessment {
	ref referral;
	day began, authorised;
	str factors; /* "1A 2B" */
	day reviewed; /* by the authority itself, as it went on */
};

/* A child in need plan: what is done for a child who needs neither protection nor care. */
struct need_plan {
	ref referral;
	day began, ended;
};

struct section47 {
	ref referral;
	day strategy; /* the discussion at which the enquiries were begun */
	day began, ended;
	enum answer icpc_required;
	day target; /* by which the conference was to be held, as the authority counted */
};

/* The child's own part of a child protection conference. */
struct conference {
	str kind;      /* icpc, rcpc, transfer-in */
	ref section47; /* of an initial conference */
	ref plan;      /* of a review conference */
	day held;
	enum answer quorate;
	day decisions_sent, record_sent;
	enum answer prebirth; /* held before the child was born */
	ref referral; /* of a transfer-in conference: the episode of need in which it was */
};

struct cp_plan {
	day began, ended;
	str category, category_latest; /* NEG PHY SAB EMO MUL */
	int64_t plans_before;          /* number of previous plans; -1 unknown */
	ref referral;                  /* the episode of need in which a file told of it */
};

struct core_group {
	ref plan;
	day held;
};

struct visit {
	str kind;   /* cla, cp */
	ref thread; /* the placement, or the plan */
	day held;
	enum answer alone;
};

struct booking {
	str meeting; /* cla-review, icpc, rcpc, midway */
	ref thread;  /* the care period, the plan or the section 47 enquiry */
	day on;      /* the day it is booked for */
	str starts;  /* "14:30", London time; empty: not agreed yet */
	int64_t minutes; /* how long; -1: not said */
	str room;    /* as the list of rooms has it, or where else */
	str chair;   /* who chairs, where not the child's own officer or chair; as in an allocation */
};
/* "14:30" as minutes of the day; -1 for anything else. */
int booking_minute(str starts);
enum { BOOKING_MINUTES_MOST = 600 };
/* The type as a form moves a booking: the same meeting, on another day, at another hour or place. */
const struct record_type *booking_moved(struct arena *arena);

/* Dated steps of a period of care that stand alone: one row a step. */
struct care_step {
	ref care;
	str step; /* a word: iro-appointed, care-plan-made, review-decisions-sent, ... */
	ref review;
	ref placement;
	day on;
};

/* Anything else that was done, in a few words (step.h). */
struct child_step {
	str kind;       /* a word: remanded */
	ref about;      /* the period, placement, plan, order ... that it belongs to */
	struct when on; /* the hour only where it counts */
	day by;         /* a day that is planned or given with it */
	str choice;     /* one of a few, by the kind */
	enum answer answer;
};
enum {
	STEP_THREADS = THREAD_CARE | THREAD_PLACEMENT | THREAD_S47 | THREAD_PLAN | THREAD_CONFERENCE |
		THREAD_PROTECTION | THREAD_MISSING | THREAD_SECURE | THREAD_ARRANGEMENT |
		TO_PRE_PROCEEDINGS | TO_APPLICATION | TO_PROCEEDINGS | TO_REPORT |
		TO_ASSESSMENT_ORDER | TO_COURT_END | TO_LONG_STAY | TO_VISITING,
};

/* Somebody in the child's life, the child included: what is said of the child's own phone, school
 * or safe contact stands with the relation "child". Whatever could lead to where they are is a
 * protected fact of that person. */
struct person_around {
	str name;
	str relation; /* mother, father, grandparent, carer ... */
	str described; /* in the council's words: "mother's sister" */
	enum answer parental_responsibility;
	enum answer lives_with; /* the child */
	str language;
	enum answer interpreter;
	str address, phone, email, school, gp, workplace, other_place, vehicle;
	str safe_contact; /* how and when it is safe */
	enum answer do_not_write, do_not_ring;
	day until; /* no longer around the child since */
	str own_number; /* the council's number for them, where they have a record of their own */
};

/* What one person around the child must not learn of another. */
struct must_not_learn {
	ref whose;     /* person_around */
	ref kept_from; /* person_around */
	enum answer address, phone, email, school, gp, workplace, other_place, vehicle;
	enum answer times; /* of meetings and of contact */
	str reason;
};

/* What a review or conference agreed that somebody is to do for the child. */
struct action {
	str what;
	str owner;   /* as it was written: a name, or "school" */
	day agreed;  /* the day of the meeting that agreed it */
	day due;
	enum answer done;
};

/* What the child said, in the child's own words. How they were said is kept apart from the code of
 * taking part in a review. */
struct child_view {
	str words;
	struct when said;
	str method;            /* room, video, phone, text, letter, picture, advocate, carer */
	ref review;            /* the review that they were for; none: between reviews */
	enum answer read_back; /* was what is written here read back to the child? */
	str heard_by;          /* who heard or was sent it, where not who records it */
};

/* The reviewing officer, the chair or a colleague in touch with the child. */
struct contact {
	struct when on;
	str method; /* visit, room, video, phone, text, letter */
	enum answer alone;
	str why_not; /* not alone: why */
	str note;
};

/* What whoever takes over should know first. */
struct handover_note {
	str note;
	str who; /* who takes over, where that is known */
};

/* Another number stands for the same child: before birth and after, two systems, a slip. */
struct same_child {
	str number; /* the council's other number */
	str known_how;
};

/* Who may see the child is less than the policy would give: see policy_level(). It stands until it
 * is ended; the day it is to be reviewed ends nothing. */
struct restriction {
	str kind; /* restricted, hidden */
	str reason, decided_by;
	day began, review_on, ended;
};
bool restriction_stands(const struct restriction *restriction);

/* Somebody of the staff to whom this child's record does not exist: their own, or a relative's. */
struct barred {
	str login;
	str reason;
};

/* What has clocks and is no child (matter.h): what it is, and which child it concerns. */
struct matter {
	str kind;      /* dispute, home, ...: a kind of subject */
	str reference; /* "D-12": by which the subject is known */
	str number;    /* the council's number for the child; empty: none is named */
	str about;     /* in a few words; of a home, its name */
	str elsewhere; /* its reference in another system */
	enum answer agreed; /* of a dispute: does the child agree that it is raised? */
};

/* And what was done. */
struct matter_step {
	str kind; /* a word: dispute-raised */
	day on;
	str choice, regards; /* one of a few, by the kind */
	enum answer answer;
	str note; /* what was said, in a few lines */
};

/* ---- what the return of looked after children asks for and no clock counts from: record/returned.c */

/* The health of a child who was looked after for a whole year: OC2. */
struct health_year {
	day ended;         /* the 31 March that ends the year */
	int64_t sdq_score; /* 0 to 40; -1: none */
	str sdq_reason;    /* why there is none: SDQ2 */
	enum answer convicted, health_check, immunisations, teeth_check, health_assessment,
		substance_misuse, intervention_received, intervention_offered;
};

/* A young person who has left care, in the year of a birthday: OC3. */
struct leaver_year {
	day ended; /* the 31 March that ends the year */
	str in_touch, activity, accommodation;
};

/* The decision that a child should be placed for adoption, and what became of it: PlacedAdoption, AD1. */
struct adoption_plan {
	day decided;
	day ceased; /* the decision that the child should no longer be */
	str ceased_reason; /* RD1 */
	day matched; /* with the adopters */
	enum answer foster_carer; /* who adopts was the child's foster carer */
	int64_t adopters; /* 1, 2; -1: not known */
	str adopters_sex, adopters_status; /* MF, L11 */
};

/* Whether care had ended for good before: PrevPerm. */
struct earlier_permanence {
	ref care;      /* the period that began after it */
	str option;    /* P1, Z1 */
	str authority; /* the council where it was: three digits, or a code of the list */
	str on;        /* as far as it is known: "ZZ/05/2015" */
};

/* Who was the child's social worker, from when to when: SWEpisodes. */
struct worker_spell {
	str worker; /* registration number: SW123456 */
	day began, ended;
	str reason; /* why it came to this worker: TSPROC */
};

/* An order that the child may be deprived of liberty: DoLo. */
struct liberty_order {
	day began, ended;
};

extern const struct record_type health_year_type, leaver_year_type, adoption_plan_type,
	earlier_permanence_type, worker_spell_type, liberty_order_type;
extern const struct record_type restriction_type, barred_type;
extern const struct code_list codes_restriction;
extern const struct record_type child_type, allocation_type, care_period_type, legal_status_type,
	placement_type, cla_review_type, missing_episode_type, referral_type, assessment_type,
	section47_type, conference_type, cp_plan_type, core_group_type, visit_type, booking_type,
	care_step_type, person_around_type, must_not_learn_type, action_type, child_view_type,
	contact_type, handover_note_type, same_child_type, child_step_type, matter_type,
	matter_step_type, need_plan_type;
extern const struct code_list codes_relation;
