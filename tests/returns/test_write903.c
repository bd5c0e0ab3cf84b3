/* Records of a child -> rows of the return -> records again -> rows again: the same bytes. */
#include "check.h"

#include "../random.h"
#include "record/told.h"
#include "returns/ssda903/ssda903.h"
#include "returns/ssda903/write_child.h"
#include "stage.h"

enum { CHILDREN = 400, YEAR = 2026, ITEMS = 64 };

static const struct ssda903_year year = { .from = 20179 /* 2025-04-01 */, .to = 20543 /* 2026-03-31 */ };

/* One child's records, as a store would tell them. */
struct made {
	struct told_child child;
	struct told_list *list;
	int64_t next;
};

static struct made made_child(int n)
{
	struct made made = { .next = 1 };
	made.list = arena_take(arena, record_types_n, sizeof *made.list);
	made.child = (struct told_child){ .number = arena_format(arena, "%d", 1000 + n),
		.of = made.list };
	return made;
}

static void *add(struct made *made, const struct record_type *type, ref *at)
{
	struct told_list *list = &made->list[type->index];
	if (list->item == NULL)
		list->item = arena_take(arena, ITEMS, sizeof *list->item);
	assert_true(list->n < ITEMS);
	void *record = record_new(arena, type);
	list->item[list->n++] = (struct told){ made->next, record };
	if (at != NULL)
		*at = (ref){ made->next };
	made->next++;
	return record;
}

static str one_of(struct random *random, const char *const *codes, size_t n)
{
	return str_of(codes[random_below(random, n)]);
}
#define ONE_OF(random, ...)                                                                        \
	one_of((random), (const char *const[]){ __VA_ARGS__ },                                     \
		sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static day after(struct random *random, day from, size_t most)
{
	return from + 1 + (day)random_below(random, most);
}

/* Statuses and placements that turn at days of their own, now and then at the same. */
static void add_turns(struct made *made, struct random *random, const struct care_period *period, ref care)
{
	day end = period->ended == DAY_UNKNOWN ? year.to + 200 : period->ended, on = period->began;
	str legal = period->legal;
	struct placement *place = NULL;
	for (int i = 0; on < end && i < 12; i++) {
		bool first = i == 0, moves = first || random_below(random, 2) == 0;
		if (moves && place != NULL) {
			place->ended = on;
			place->change_reason = ONE_OF(random, "CARPL", "OTHER", "CHILD");
		}
		if (moves) {
			place = add(made, &placement_type, NULL);
			place->care = care;
			place->began = on;
			place->code = ONE_OF(random, "U4", "U6", "K2", "P1", "");
			place->provider = ONE_OF(random, "PR1", "PR4", "");
			place->postcode = ONE_OF(random, "ZZ99 1AA", "ZZ99 2BB", "");
			place->urn = ONE_OF(random, "SC910001", "");
			if (!first)
				place->same_carer = random_below(random, 4) == 0 ? ANSWER_YES : ANSWER_NO;
		}
		if (!first && (!moves || random_below(random, 3) == 0)) {
			struct legal_status *status = add(made, &legal_status_type, NULL);
			legal = str_equal(legal, S("C1")) ? S("C2") : S("C1");
			*status = (struct legal_status){ .care = care, .changed = on, .code = legal };
		}
		on = after(random, on, 300);
	}
	if (place != NULL)
		place->ended = period->ended;
}

static void add_care(struct made *made, struct random *random, day began, day ended)
{
	ref care;
	struct care_period *period = add(made, &care_period_type, &care);
	period->began = began;
	period->ended = ended;
	period->legal = ONE_OF(random, "V2", "C1", "E1");
	period->end_reason = ended == DAY_UNKNOWN ? (str){ 0 } : ONE_OF(random, "E4A", "E11", "E8");
	period->need = ONE_OF(random, "N1", "N8", "");
	period->home_post = ONE_OF(random, "ZZ99 3DD", "");
	add_turns(made, random, period, care);
	for (day on = began; random_below(random, 8) > 0;) {
		on = after(random, on, 150);
		if (on >= (ended == DAY_UNKNOWN ? year.to : ended))
			break;
		struct cla_review *review = add(made, &cla_review_type, NULL);
		review->care = care;
		review->held = on;
		review->participation = ONE_OF(random, "PN1", "PN7", "");
	}
	struct earlier_permanence *earlier = add(made, &earlier_permanence_type, NULL);
	*earlier = (struct earlier_permanence){ care, ONE_OF(random, "Z1", "P2"),
		ONE_OF(random, "330", ""), ONE_OF(random, "ZZ/05/2015", "") };
}

static void add_rest(struct made *made, struct random *random)
{
	struct child *child = add(made, &child_type, NULL);
	child->number = made->child.number;
	child->born = day_of(2008, 1, 1) + (day)random_below(random, 4000);
	child->sex = ONE_OF(random, "M", "F");
	child->ethnicity = ONE_OF(random, "WBRI", "OOTH", "");
	child->upn = ONE_OF(random, "A999000000001", "");
	child->mother = random_below(random, 2) == 0 ? ANSWER_NO : ANSWER_YES;
	child->unaccompanied = random_below(random, 4) == 0 ? ANSWER_YES : ANSWER_UNKNOWN;
	if (child->unaccompanied == ANSWER_YES)
		child->unaccompanied_until = day_add_months(child->born, 216);
	if (random_below(random, 2) == 0) {
		struct health_year *health = add(made, &health_year_type, NULL);
		health->ended = year.to;
		health->sdq_score = (int64_t)random_below(random, 41);
		health->convicted = ANSWER_NO;
		health->teeth_check = ANSWER_YES;
	}
	day on = day_of(2024, 6, 1);
	for (size_t i = random_below(random, 4); i > 0; i--) {
		struct worker_spell *spell = add(made, &worker_spell_type, NULL);
		spell->worker = ONE_OF(random, "SW900001", "SW900002");
		spell->began = on;
		spell->reason = ONE_OF(random, "MANAGE", "FCONTA");
		on = after(random, on, 300);
		if (i > 1)
			spell->ended = on;
	}
	if (random_below(random, 3) == 0) {
		struct adoption_plan *plan = add(made, &adoption_plan_type, NULL);
		plan->decided = day_of(2025, 2, 1) + (day)random_below(random, 90);
		plan->matched = after(random, plan->decided, 90);
		plan->adopters = 2;
		plan->adopters_sex = S("MF");
	}
}

/* Care of before the year, up to it, over it, or of two times within it. */
static struct made random_child(struct random *random, int n)
{
	struct made made = made_child(n);
	add_rest(&made, random);
	day began = day_of(2022, 6, 1) + (day)random_below(random, 1500);
	bool leaves = random_below(random, 2) == 0;
	day ended = leaves ? after(random, began + 30, 900) : DAY_UNKNOWN;
	add_care(&made, random, began, ended);
	if (leaves && random_below(random, 2) == 0)
		add_care(&made, random, after(random, ended + 5, 100), DAY_UNKNOWN);
	return made;
}

static void write_heads(struct buf out[])
{
	for (int i = 0; i < SSDA903_FILES; i++) {
		buf_clear(&out[i]);
		ssda903_write_columns(&out[i], (enum ssda903_file)i);
	}
}

/* What was staged of a child, as records that call each other. */
static struct told_child told_of(const struct staged_child *staged)
{
	struct told_list *list = arena_take(arena, record_types_n, sizeof *list);
	for (size_t i = 0; i < staged->n; i++) {
		struct told_list *of = &list[staged->item[i].type->index];
		if (of->item == NULL)
			of->item = arena_take(arena, staged->n, sizeof *of->item);
		of->item[of->n++] =
			(struct told){ staged_ref(staged, &staged->item[i]).id, staged->item[i].record };
	}
	return (struct told_child){ .number = staged->number, .of = list };
}

TEST(rows_that_are_read_in_and_written_again_are_the_same_bytes)
{
	struct random random = random_open("rows of the 903");
	struct buf first[SSDA903_FILES] = { 0 }, second[SSDA903_FILES] = { 0 };
	size_t rows[SSDA903_FILES] = { 0 };
	write_heads(first);
	write_heads(second);
	for (int i = 0; i < CHILDREN; i++) {
		struct made made = random_child(&random, i);
		ssda903_write_child(arena, &year, &made.child, first, rows);
	}
	check_true(rows[SSDA903_EPISODES] > CHILDREN && rows[SSDA903_SW_EPISODES] > 100);
	struct source source[SSDA903_FILES];
	for (int i = 0; i < SSDA903_FILES; i++)
		source[i] = (struct source){ str_of(ssda903_file_name((enum ssda903_file)i)),
			buf_view(&first[i]) };
	check_true(ssda903_stage(source, SSDA903_LIBERTY, day_of(2026, 11, 22), &staging, &err));
	check_int(staging.rejects.n, 0);
	for (size_t i = 0; i < staging.children.n; i++) {
		struct told_child child = told_of(&staging.children.item[i]);
		ssda903_write_child(arena, &year, &child, second, rows);
	}
	for (int i = 0; i < SSDA903_FILES; i++) {
		check_str(buf_view(&second[i]), arena_text(arena, buf_view(&first[i])));
		buf_close(&first[i]);
		buf_close(&second[i]);
	}
}

/* The REVIEWS of one child with a review in parts over the end of the year, and another on one day. */
static str reviews_by(bool started)
{
	struct made made = made_child(1);
	struct random random = random_open("reviews in parts");
	struct buf out[SSDA903_FILES] = { 0 };
	size_t rows[SSDA903_FILES] = { 0 };
	struct ssda903_year by = year;
	by.review_started = started;
	add_rest(&made, &random);
	ref care;
	struct care_period *period = add(&made, &care_period_type, &care);
	period->began = day_of(2025, 10, 1);
	period->legal = S("V2");
	static const int held[][2] = { { 26, 0 }, { 190, 175 } }; /* completed, started: days after that */
	for (size_t i = 0; i < 2; i++) {
		struct cla_review *review = add(&made, &cla_review_type, NULL);
		review->care = care;
		review->held = period->began + held[i][0];
		review->started = held[i][1] == 0 ? DAY_UNKNOWN : period->began + held[i][1];
		review->participation = S("PN1");
	}
	ssda903_write_child(arena, &by, &made.child, out, rows);
	str told = arena_str(arena, buf_view(&out[SSDA903_REVIEWS]));
	for (int i = 0; i < SSDA903_FILES; i++)
		buf_close(&out[i]);
	return told;
}

static bool tells(str rows, const char *on)
{
	return strstr(arena_text(arena, rows), on) != NULL;
}

TEST(a_review_in_parts_is_returned_on_the_day_that_the_council_has_chosen)
{
	str completed = reviews_by(false), started = reviews_by(true);
	check_true(tells(completed, "27/10/2025") && tells(started, "27/10/2025"));
	check_false(tells(completed, "25/03/2026")); /* its day of completion is in the next year */
	check_true(tells(started, "25/03/2026"));
	check_false(tells(completed, "09/04/2026") || tells(started, "09/04/2026"));
	/* What chooses it. */
	check_false(ssda903_review_started(ssda903_review_day(NULL, year.to)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			rows_that_are_read_in_and_written_again_are_the_same_bytes, begin, end),
		cmocka_unit_test_setup_teardown(
			a_review_in_parts_is_returned_on_the_day_that_the_council_has_chosen, begin, end),
	};
	return cmocka_run_group_tests_name("returns write903", tests, open_arena, close_arena);
}
