/* Of a child's clocks only the rows that changed are written: counted by the database itself. */
#include "family.h"

#include "store/inside.h"

/* Each row that is put in or taken out is counted, by either engine. */
static void watch(struct place *place)
{
	static const char *const lite =
		"CREATE TABLE written (put INTEGER, dropped INTEGER);"
		"INSERT INTO written VALUES (0, 0);"
		"CREATE TRIGGER written_in AFTER INSERT ON clock BEGIN UPDATE written SET put = put + 1; END;"
		"CREATE TRIGGER written_up AFTER UPDATE ON clock BEGIN UPDATE written SET put = put + 1; END;"
		"CREATE TRIGGER written_out AFTER DELETE ON clock BEGIN "
		"UPDATE written SET dropped = dropped + 1; END;";
	static const char *const postgres =
		"CREATE TABLE written (put BIGINT, dropped BIGINT);"
		"INSERT INTO written VALUES (0, 0);"
		"CREATE FUNCTION written_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
		"IF TG_OP = 'DELETE' THEN UPDATE written SET dropped = dropped + 1; "
		"ELSE UPDATE written SET put = put + 1; END IF; RETURN NULL; END $$;"
		"CREATE TRIGGER written_any AFTER INSERT OR UPDATE OR DELETE ON clock "
		"FOR EACH ROW EXECUTE FUNCTION written_one();";
	bool is_lite = db_engine(store_db(place->store)) == DB_SQLITE;
	OK(db_script(store_db(place->store), is_lite ? lite : postgres, ERR));
}

/* Every clock of the child, in their order, but for their places. */
static str told(struct place *place, int64_t child)
{
	struct clocks clocks = { 0 };
	struct buf b = { 0 };
	OK(store_clocks(place->store, place->arena, child, &clocks, ERR));
	for (size_t i = 0; i < clocks.n; i++) {
		const struct clock *clock = &clocks.item[i];
		buf_format(&b, "%.*s %d %d %d %lld;", STR_ARGS(clock->rule->id), clock->from, clock->due,
			clock->met_on, (long long)clock->from_event);
	}
	str made = arena_str(place->arena, buf_view(&b));
	buf_close(&b);
	return made;
}

static void by_hand(struct place *place, const char *text)
{
	OK(db_script(store_db(place->store), text, ERR));
	OK(db_script(store_db(place->store), "UPDATE written SET put = 0, dropped = 0", ERR));
}

/* The child is made anew: so many rows are put in and taken out, and all is as it should be. */
static void writes(struct place *place, int64_t child, str want, int64_t put, int64_t dropped)
{
	struct subjects subjects = { 0 };
	struct ledger_report report;
	subjects_add(&subjects, child);
	OK(step_begin(place->store, ERR));
	OK(recompute(place->store, S("EX1"), &subjects, ERR));
	OK(step_end(place->store, ERR));
	mem_free(subjects.item);
	check_int(COUNT(place, "SELECT put FROM written"), put);
	check_int(COUNT(place, "SELECT dropped FROM written"), dropped);
	assert_true(str_equal(told(place, child), want));
	OK(store_verify(place->store, place->arena, &report, ERR));
}

#define COLUMNS(n, day, event)                                                                     \
	"SELECT subject, " n ", rule, thread, " day ", from_at, from_word, " event ", due, due_at, "  \
	"due_data, last_working_day, provisional, booked, met_on, met_at, met_event, ended_on, "    \
	"ended_by, disapplied, doubt, known_to, due_law, due_law_at, local_item, calendar FROM clock "

TEST(only_the_rows_of_clocks_that_changed_are_written)
{
	struct place *place = place_open();
	struct basket basket;
	put_child(place, &basket, "1", day_of(2026, 3, 2), day_of(2026, 3, 20));
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	int64_t child = basket.change[0].subject;
	watch(place);
	str want = told(place, child);
	assert_true(COUNT(place, "SELECT count(*) FROM clock") > 20);
	/* The places of three that lie together in the middle. */
	int64_t at[3];
	char text[1200];
	for (int i = 0; i < 3; i++) {
		snprintf(text, sizeof text, "SELECT n FROM clock ORDER BY n LIMIT 1 OFFSET %d", 8 + i);
		at[i] = place_count(place, text);
	}
	by_hand(place, "UPDATE written SET put = 9");
	writes(place, child, want, 0, 0);
	snprintf(text, sizeof text, "UPDATE clock SET booked = 1 WHERE n = %lld", (long long)at[1]);
	by_hand(place, text);
	writes(place, child, want, 1, 1);
	/* One that is a clock no more: nothing is put in. */
	snprintf(text, sizeof text, "INSERT INTO clock " COLUMNS("n + 1", "from_day + 1", "from_event + 900")
		"WHERE n = %lld", (long long)at[1]);
	by_hand(place, text);
	writes(place, child, want, 0, 1);
	/* One that was none: nothing is taken out, and what stands behind it stays. */
	snprintf(text, sizeof text, "DELETE FROM clock WHERE n = %lld", (long long)at[1]);
	by_hand(place, text);
	writes(place, child, want, 1, 0);
	/* Two that changed places: one of them is put where it belongs. */
	snprintf(text, sizeof text, "UPDATE clock SET n = -1 WHERE n = %lld; UPDATE clock SET n = %lld "
		"WHERE n = %lld; UPDATE clock SET n = %lld WHERE n = -1", (long long)at[0],
		(long long)at[0], (long long)at[2], (long long)at[2]);
	by_hand(place, text);
	writes(place, child, want, 2, 2);
	place_close(place);
}

/* Again and again into one gap, until there is no room: then all of them get places anew, once. */
TEST(a_gap_that_is_full_is_made_anew_and_the_order_stays)
{
	struct place *place = place_open();
	struct basket basket;
	put_child(place, &basket, "1", day_of(2026, 3, 2), day_of(2026, 3, 20));
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	int64_t child = basket.change[0].subject, all = COUNT(place, "SELECT count(*) FROM clock");
	watch(place);
	str want = told(place, child);
	OK(db_script(store_db(place->store), "DELETE FROM clock WHERE n > (SELECT min(n) FROM clock) AND n < "
		"(SELECT max(n) FROM clock)", ERR));
	by_hand(place, "UPDATE clock SET n = (SELECT min(n) + 1 FROM clock) WHERE n = (SELECT max(n) FROM clock)");
	writes(place, child, want, all, 2);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(only_the_rows_of_clocks_that_changed_are_written),
		CLAIM(a_gap_that_is_full_is_made_anew_and_the_order_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
