/* demo_matter.c - what is no child in the demonstration: disputes at each stage, one of them late, homes
 * with a visit a month, complaints of three stages, incidents, requests for records, yearly reports. Dice of
 * their own, so that nothing else moves. The first few tell one story each; where there are many children
 * there are more disputes and complaints, in the shares of an ordinary year: mostly settled early. */
#include "job/demo_store.h"

#include "base/mem.h"

enum { STEPS_MOST = 64 };

/* So many days before now; the last row of a story has no kind. */
struct of_matter {
	const char *kind;
	int ago;
	const char *choice, *regards;
	enum answer answer;
	const char *note;
};

struct tale {
	const char *kind, *about;
	bool child;
	enum answer agreed;
	struct of_matter step[8];
};

#define NO ANSWER_NO
#define YES ANSWER_YES
#define RAISED(ago, formal) { "dispute-raised", (ago), "", "", (formal), "" }
#define FORMAL(ago) { "dispute-made-formal", (ago), "", "", ANSWER_UNKNOWN, "" }
#define STAGE(ago, stage, note) { "dispute-stage-answered", (ago), (stage), "", ANSWER_UNKNOWN, (note) }
#define CLOSED(ago, outcome) { "dispute-closed", (ago), (outcome), "", ANSWER_UNKNOWN, "" }
#define RECEIVED(ago, stage, about, extended)                                                      \
	{ "complaint-received", (ago), (stage), (about), (extended), "" }
#define ANSWERED(ago, stage) { "complaint-answered", (ago), (stage), "", ANSWER_UNKNOWN, "" }
#define PLAIN(kind, ago) { (kind), (ago), "", "", ANSWER_UNKNOWN, "" }

static const struct tale tales[] = {
	{ "dispute", "No life story work in two years", true, YES, { RAISED(6, NO) } },
	{ "dispute", "The review’s decision on family time was not carried out", true, YES,
		{ RAISED(64, NO), FORMAL(47), STAGE(41, "1", "The team has no worker to supervise"),
			STAGE(34, "2", "To be paid for from next quarter") } },
	{ "dispute", "Drift: the plan for permanence is not agreed", true, NO,
		{ RAISED(22, NO), FORMAL(9), STAGE(3, "1", "A meeting is set for next week") } },
	{ "dispute", "Placement to end without a review", true, YES,
		{ RAISED(13, YES), PLAIN("cafcass-referred", 2) } },
	{ "dispute", "No health assessment", true, ANSWER_UNKNOWN, { RAISED(27, NO) } },
	{ "dispute", "School place outside the area", true, YES,
		{ RAISED(96, NO), CLOSED(88, "changed") } },
	{ "dispute", "Section 20 with no plan", true, YES,
		{ RAISED(170, YES), STAGE(164, "1", ""), STAGE(157, "2", ""), CLOSED(149, "changed") } },
	{ "complaint", "Not told of a review", true, ANSWER_UNKNOWN,
		{ RECEIVED(7, "1", "service", NO) } },
	{ "complaint", "What was said at the conference", true, ANSWER_UNKNOWN,
		{ RECEIVED(19, "1", "conference", YES) } },
	{ "complaint", "Calls not returned", false, ANSWER_UNKNOWN,
		{ RECEIVED(72, "1", "service", NO), ANSWERED(60, "1") } },
	{ "complaint", "Clothes lost in a move", true, ANSWER_UNKNOWN,
		{ RECEIVED(110, "1", "service", NO), ANSWERED(97, "1"), RECEIVED(58, "2", "service", YES) } },
	{ "complaint", "Family time cancelled", true, ANSWER_UNKNOWN,
		{ RECEIVED(210, "1", "service", NO), ANSWERED(198, "1"), RECEIVED(180, "2", "service", NO),
			ANSWERED(146, "2"), PLAIN("panel-requested", 130), PLAIN("panel-met", 95),
			PLAIN("panel-report-sent", 90), ANSWERED(72, "3") } },
	{ "complaint", "A change of placement without notice", true, ANSWER_UNKNOWN,
		{ RECEIVED(150, "1", "service", NO), ANSWERED(139, "1"), RECEIVED(120, "2", "service", NO),
			ANSWERED(86, "2"), PLAIN("panel-requested", 24) } },
	{ "incident", "A child was seriously hurt at home", true, ANSWER_UNKNOWN,
		{ PLAIN("incident-known", 15), PLAIN("incident-notified", 10) } },
	{ "incident", "A young person died in care of another council’s placement", false, ANSWER_UNKNOWN,
		{ PLAIN("incident-known", 214), PLAIN("incident-notified", 210),
			PLAIN("rapid-review-done", 190), PLAIN("practice-review-decided", 160) } },
	{ "request", "Their own file, from birth to eighteen", true, ANSWER_UNKNOWN,
		{ { "access-requested", 12, "", "", NO, "" } } },
	{ "request", "A care leaver’s file of eleven volumes", false, ANSWER_UNKNOWN,
		{ { "access-requested", 51, "", "", YES, "" } } },
	{ "request", "Records of one placement", false, ANSWER_UNKNOWN,
		{ { "access-requested", 39, "", "", NO, "" } } },
	{ "request", "Their own file", false, ANSWER_UNKNOWN,
		{ { "access-requested", 92, "", "", NO, "" }, PLAIN("access-answered", 66) } },
	{ "request", "Number of children placed out of the area", false, ANSWER_UNKNOWN,
		{ PLAIN("information-requested", 9) } },
	{ "request", "Spending on agency workers", false, ANSWER_UNKNOWN,
		{ PLAIN("information-requested", 80), PLAIN("information-answered", 57) } },
	{ "authority", "", false, ANSWER_UNKNOWN,
		{ PLAIN("officer-report-published", 150), PLAIN("partnership-report-published", 61),
			PLAIN("scrutiny-reviewed", 352) } },
};
enum { TALES = sizeof tales / sizeof *tales };

/* Of an ordinary year beyond the stories: settled, and mostly early. */
static const struct tale settled[] = {
	{ "dispute", "Visits not alone", true, YES, { RAISED(40, NO), CLOSED(33, "changed") } },
	{ "dispute", "Pathway plan not begun", true, YES, { RAISED(61, NO), CLOSED(52, "changed") } },
	{ "dispute", "Care plan not ready for the review", true, ANSWER_UNKNOWN,
		{ RAISED(83, NO), FORMAL(71), STAGE(66, "1", ""), CLOSED(62, "changed") } },
	{ "dispute", "Brothers and sisters not placed together", true, NO,
		{ RAISED(119, YES), STAGE(113, "1", ""), STAGE(105, "2", ""), CLOSED(95, "unchanged") } },
	{ "complaint", "Rude on the telephone", true, ANSWER_UNKNOWN,
		{ RECEIVED(55, "1", "service", NO), ANSWERED(44, "1") } },
	{ "complaint", "Papers came late", true, ANSWER_UNKNOWN,
		{ RECEIVED(131, "1", "service", NO), PLAIN("complaint-ended", 124) } },
};
enum { SETTLED = sizeof settled / sizeof *settled };

static const char *const homes[] = { "Larkmead", "Sandmartin House", "Tern Lodge", "Hollin Court",
	"Quarry View", "Osier Cottage", "Fallow Rise", "Kestrel House" };
enum { HOMES = sizeof homes / sizeof *homes };

struct making {
	const struct demo_options *options;
	const struct demo_storing *storing;
	struct arena *arena;
	int64_t import;
	struct demo_stored *stored;
	struct matter *matter;
	struct change change[STEPS_MOST + 1];
	size_t n;
};

static struct matter *begin(struct making *m, const char *kind, str about)
{
	arena_reset(m->arena);
	m->n = 1;
	m->matter = record_new(m->arena, &matter_type);
	m->matter->kind = str_of(kind);
	m->matter->about = about;
	m->change[0] = (struct change){ .act = CHANGE_ADD, .type = &matter_type, .record = m->matter,
		.new_subject = true };
	return m->matter;
}

static void step(struct making *m, const char *kind, day on, const struct of_matter *told)
{
	must(m->n <= STEPS_MOST);
	struct matter_step *step = record_new(m->arena, &matter_step_type);
	step->kind = str_of(kind);
	step->on = on;
	if (told != NULL) {
		step->choice = str_of(told->choice);
		step->regards = str_of(told->regards);
		step->answer = told->answer;
		step->note = str_of(told->note);
	}
	m->change[m->n++] = (struct change){ .act = CHANGE_ADD, .type = &matter_step_type,
		.record = step, .subject = -1 };
}

static bool save(struct making *m, struct err *err)
{
	struct problems problems = { 0 };
	struct save save = { .mode = SAVE_IMPORT,
		.actor = m->storing->actor,
		.authority = m->storing->authority,
		.import = m->import,
		.change = m->change,
		.n = m->n,
		.problems = &problems,
		.arena = m->arena };
	for (size_t i = 1; i < m->n; i++) {
		struct lefts left = { 0 };
		record_leaves(m->arena, &matter_step_type, m->change[i].record, &left);
		m->stored->events += (int64_t)left.n;
	}
	if (store_save(m->storing->store, &save, err))
		return true;
	if (problems.n > 0) /* ours is always right: a fault of the generator */
		return err_set(err, ERR_BROKEN, "%.*s: %.*s", STR_ARGS(m->matter->about),
			STR_ARGS(problems.item[0].message));
	return false;
}

static bool tell(struct making *m, const struct tale *tale, const char *number, int later, struct err *err)
{
	struct matter *matter = begin(m, tale->kind, str_of(tale->about));
	if (tale->child)
		matter->number = str_of(number);
	matter->agreed = tale->agreed;
	for (size_t i = 0; i < sizeof tale->step / sizeof *tale->step && tale->step[i].kind != NULL; i++)
		step(m, tale->step[i].kind, m->options->now - tale->step[i].ago - later, &tale->step[i]);
	return save(m, err);
}

/* A visit each month and its report two weeks later; one home missed a month, and one report is
 * still to be written. */
static bool home(struct making *m, struct dice *dice, size_t which, struct err *err)
{
	day now = m->options->now;
	struct civil civil = day_civil(now - dice_in(dice, 250, 400));
	day month = day_of(civil.year, civil.month, 1), opened = month + dice_in(dice, 0, 2);
	begin(m, "home", str_of(homes[which]));
	step(m, "home-opened", opened, NULL);
	for (int i = 0; month <= now; i++, month = day_add_months(month, 1)) {
		day visit = month + dice_in(dice, 3, 9);
		if (visit > now || (which == 1 && i == 3))
			continue;
		step(m, "home-visit-held", visit, NULL);
		day report = visit + dice_in(dice, 7, 17);
		if (report <= now && !(which == 2 && report > now - 45))
			step(m, "home-report-sent", report, NULL);
	}
	day reviewed = day_add_months(opened, 6) - dice_in(dice, 1, 20);
	for (; reviewed <= now; reviewed = day_add_months(reviewed, 6) - 5)
		step(m, "home-quality-reviewed", reviewed, NULL);
	return save(m, err);
}

bool demo_matters(const struct demo_options *options, const struct demo_storing *storing, int64_t import,
	const struct demo_looked_after *children, struct demo_stored *stored, struct err *err)
{
	struct making *m = mem_alloc(1, sizeof *m);
	*m = (struct making){ .options = options, .storing = storing, .import = import,
		.stored = stored, .arena = arena_open(1 << 20) };
	struct dice dice = dice_of(options->seed, UINT64_C(0x6d617474657273));
	size_t at = 0;
	bool done = true;
	for (size_t i = 0; done && i < TALES; i++) {
		if (tales[i].child && children->n == 0)
			continue;
		done = tell(m, &tales[i], children->n == 0 ? "" : children->item[at % children->n].number, 0,
			err);
		at += tales[i].child;
	}
	/* Some eight in a hundred looked after children a year. */
	for (size_t i = 0; done && i < children->n; i++) {
		if (dice_chance(&dice, 60))
			done = tell(m, &settled[dice_in(&dice, 0, SETTLED - 1)], children->item[i].number,
				dice_in(&dice, 0, 200), err);
	}
	size_t many = 3 + children->n / 60;
	for (size_t i = 0; done && i < HOMES && i < many; i++)
		done = home(m, &dice, i, err);
	arena_close(m->arena);
	mem_free(m);
	return done;
}
