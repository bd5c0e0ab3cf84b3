/* monday.c - the children, clocks, plans and reviews that the ten numbers are made of: of all, which
 * is the slow way, or of a range of subjects, whose rows are then kept (monday_kept.c). */
#include "store/monday_inside.h"

#include <stdlib.h>
#include <string.h>

#define BESIDE(code)                                                                               \
	", r.iro, r.chair, r.born, (SELECT max(i.known_to) FROM import i WHERE i.authority = " code \
	" AND i.kind <> 'people'), (SELECT max(i.ended_at) FROM import i WHERE i.authority = " code \
	") "
SQL(monday_children,
	"SELECT " PICK_COLUMNS BESIDE("$3") "FROM access a JOIN child_row r ON r.subject = a.subject "
	"WHERE r.authority = $3 AND" SEEN_NOW);
/* For who sees totals and no child: open and restricted ones, and no name. */
SQL(monday_authority,
	"SELECT r.subject, 1, r.born, r.next_due, r.unsure_due, r.unknowns, r.looked_after, "
	"r.on_plan, r.number, r.name_key, r.team, r.view_on, r.contact_on, r.sibling_key" BESIDE(
		"$1")
	"FROM child_row r WHERE r.authority = $1 AND r.openness IN (0, 1)");

#define REVIEWS                                                                                    \
	"'cla-review-first', 'cla-review-second', 'cla-review-subsequent', "                       \
	"'cla-review-adjourned', 'adoption-review-first', 'adoption-review-second', "              \
	"'adoption-review-subsequent'"
#define CONFERENCES "'icpc-15wd', 'transfer-in-conference', 'rcpc-first', 'rcpc-subsequent'"
#define OTHERS                                                                                     \
	"'cp-visit', 'core-group-first', 'iro-decisions-record', 'iro-full-record', "              \
	"'iro-distribute-record', 'cp-decision-notice', 'cp-record-distribution'"
/* $1 the first of April. What began a period of care is asked of every first review. */
#define CLOCKS(rule)                                                                               \
	"SELECT c.subject, c.rule, c.from_day, c.due, c.booked, c.met_on, c.ended_on, c.ended_by, " \
	"c.disapplied, c.doubt, c.known_to, c.due_law, c.local_item FROM clock c WHERE " rule " IN (" REVIEWS               \
	", " CONFERENCES ", " OTHERS ") AND (c.due >= $1 OR c.due_law >= $1 OR c.met_on IS NULL OR c.rule IN "        \
	"('cla-review-first', 'rcpc-first', 'rcpc-subsequent'))"
SQL(monday_clocks, CLOCKS("c.rule"));
/* Not by the rules' index, which has everybody's: of a few subjects all clocks are read. */
SQL(monday_clocks_between, CLOCKS("(c.rule || '')") " AND c.subject BETWEEN $2 AND $3");
/* Each plan, with the end of the child's plan before it, and the last visit alone. */
#define PLANS(more)                                                                                \
	"SELECT p.subject, p.began, p.ended, p.plans_before, (SELECT max(q.ended) FROM "           \
	"record_cp_plan q WHERE q.subject = p.subject AND q.id <> p.id AND q.withdrawn_at IS NULL " \
	"AND q.draft = 0 AND q.ended <= p.began), (SELECT max(v.held) FROM record_visit v WHERE "  \
	"v.subject = p.subject AND v.kind = 'cp' AND v.alone = 1 AND v.withdrawn_at IS NULL AND "  \
	"v.draft = 0) FROM record_cp_plan p WHERE p.withdrawn_at IS NULL AND p.draft = 0 " more    \
	"ORDER BY p.subject, p.began"
SQL(monday_plans, PLANS(""));
SQL(monday_plans_between, PLANS("AND p.subject BETWEEN $1 AND $2 "));
/* $1 four weeks ago; the latest of each child's last, and the one before it. */
#define REVIEWED(held, more)                                                                             \
	"SELECT r.subject, r.held, r.participation, (SELECT q.participation FROM record_cla_review " \
	"q WHERE q.subject = r.subject AND q.held < r.held AND q.withdrawn_at IS NULL AND "        \
	"q.draft = 0 ORDER BY q.held DESC LIMIT 1) FROM record_cla_review r WHERE " held " >= $1 AND " \
	"r.withdrawn_at IS NULL AND r.draft = 0 " more "ORDER BY r.subject, r.held"
SQL(monday_reviews, REVIEWED("r.held", ""));
SQL(monday_reviews_between, REVIEWED("(r.held + 0)", "AND r.subject BETWEEN $2 AND $3 "));

struct beside {
	day born;
	str iro, chair;
};

/* Names of officers, each once. */
struct names {
	str *item;
	size_t n, room;
};

struct service {
	struct store *store;
	const struct monday_query *query;
	struct monday_day on;
	struct arena *arena; /* of what is read, until the page is made */
	struct {
		struct pick_row *item;
		size_t n, room;
	} rows;
	struct {
		struct beside *item;
		size_t n, room;
	} beside;
	struct names officers;
	struct monday_children children; /* whose clocks, plans and reviews are read */
	struct monday *out;
};

static void add_name(struct names *names, str name)
{
	for (size_t i = 0; i < names->n; i++) {
		if (str_equal(names->item[i], name))
			return;
	}
	if (name.n > 0)
		ARRAY_MORE(names) = name;
}

static bool read_children(struct service *s, struct err *err)
{
	struct stmt *stmt = db_use(
		s->store->db, s->query->named ? &monday_children : &monday_authority);
	enum db_row row;
	if (s->query->named)
		access_bind(stmt, s->query->actor, store_now(s->store));
	else
		db_bind_text(stmt, 1, s->query->actor->authority);
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct pick_row *pick = &ARRAY_MORE(&s->rows);
		pick_read(s->arena, stmt, pick);
		pick->place = s->rows.n - 1;
		ARRAY_MORE(&s->beside) = (struct beside){
			.iro = seen_text(s->arena, stmt, PICK_COLUMNS_N),
			.chair = seen_text(s->arena, stmt, PICK_COLUMNS_N + 1),
			.born = seen_day(stmt, PICK_COLUMNS_N + 2),
		};
		s->out->known_to = seen_day(stmt, PICK_COLUMNS_N + 3);
		s->out->imported = db_is_null(stmt, PICK_COLUMNS_N + 4)
			? INSTANT_UNKNOWN
			: db_int(stmt, PICK_COLUMNS_N + 4);
	}
	return row == DB_DONE;
}

static void make_children(struct service *s)
{
	s->rows.n = pick_merge(s->rows.item, s->rows.n);
	s->children.n = s->rows.n;
	s->children.item = mem_alloc(s->rows.n + 1, sizeof *s->children.item);
	for (size_t i = 0; i < s->rows.n; i++) {
		const struct pick_row *row = &s->rows.item[i];
		const struct beside *beside = &s->beside.item[row->place];
		s->children.item[i] = (struct monday_child){ .subject = row->subject,
			.level = row->level,
			.born = beside->born,
			.looked_after = row->looked_after,
			.on_plan = row->on_plan,
			.unknowns = row->unknowns,
			.has_iro = beside->iro.n > 0,
			.has_chair = beside->chair.n > 0 || beside->iro.n > 0,
			.care_began = DAY_UNKNOWN,
			.plan_began = DAY_UNKNOWN,
			.last_alone = DAY_UNKNOWN };
		if (row->looked_after)
			add_name(&s->officers, beside->iro);
		if (row->on_plan)
			add_name(&s->officers, beside->chair.n > 0 ? beside->chair : beside->iro);
	}
}

static void bind_range(struct stmt *stmt, int at, const struct monday_range *range)
{
	if (range == NULL)
		return;
	db_bind_int(stmt, at, range->first);
	db_bind_int(stmt, at + 1, range->last);
}

static struct monday_child *child_of(const struct monday_children *children, int64_t subject)
{
	size_t low = 0, high = children->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (children->item[middle].subject < subject)
			low = middle + 1;
		else
			high = middle;
	}
	return low < children->n && children->item[low].subject == subject ? &children->item[low] : NULL;
}

static bool read_plans(struct store *store, const struct monday_day *on,
	const struct monday_children *children, const struct monday_range *range, struct err *err)
{
	struct stmt *stmt = db_use(
		store->db, range == NULL ? &monday_plans : &monday_plans_between);
	enum db_row row;
	bind_range(stmt, 1, range);
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct monday_child *child = child_of(children, db_int(stmt, 0));
		if (child == NULL)
			continue;
		struct monday_plan plan = { .began = seen_day(stmt, 1),
			.ended = seen_day(stmt, 2),
			.before = db_is_null(stmt, 3) ? -1 : db_int(stmt, 3),
			.last_ended = seen_day(stmt, 4) };
		child->last_alone = seen_day(stmt, 5);
		monday_plan(on, child, &plan);
	}
	return row == DB_DONE;
}

static bool read_clocks(struct store *store, const struct monday_day *on,
	const struct monday_children *children, const struct monday_range *range, struct err *err)
{
	struct stmt *stmt = db_use(
		store->db, range == NULL ? &monday_clocks : &monday_clocks_between);
	const struct rules *rules = on->law->rules;
	const struct rule *rule = NULL;
	enum db_row row;
	db_bind_int(stmt, 1, on->year);
	bind_range(stmt, 2, range);
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct monday_child *child = child_of(children, db_int(stmt, 0));
		if (child == NULL)
			continue;
		str id = db_text(stmt, 1);
		/* The same rule comes many times running. */
		if (rule == NULL || !str_equal(rule->id, id))
			rule = rules_find(rules, id);
		if (rule == NULL)
			continue;
		struct clock clock = clock_blank;
		clock.rule = rule;
		clock.from = seen_day(stmt, 2);
		clock.due = seen_day(stmt, 3);
		/* The numbers are the nation's wherever it sets the limit; a council's own, where only
		 * councils do. */
		if (rule->local != LOCAL_ALWAYS && !db_is_null(stmt, 11))
			clock.due = seen_day(stmt, 11);
		clock.local = db_int(stmt, 12);
		clock.booked = seen_day(stmt, 4);
		clock.met_on = seen_day(stmt, 5);
		clock.ended_on = seen_day(stmt, 6);
		clock.ended_by = word_find(db_text(stmt, 7));
		clock.disapplied = db_text(stmt, 8);
		clock.doubt = (enum clock_doubt)db_int(stmt, 9);
		clock.known_to = seen_day(stmt, 10);
		monday_clock(on, child, &clock);
	}
	return row == DB_DONE;
}

static bool read_reviews(struct store *store, const struct monday_day *on,
	const struct monday_children *children, const struct monday_range *range, struct err *err)
{
	struct stmt *stmt = db_use(
		store->db, range == NULL ? &monday_reviews : &monday_reviews_between);
	enum db_row row;
	db_bind_int(stmt, 1, on->today - 28);
	bind_range(stmt, 2, range);
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct monday_child *child = child_of(children, db_int(stmt, 0));
		if (child == NULL)
			continue;
		struct monday_review review = { .held = seen_day(stmt, 1),
			.participation = db_text(stmt, 2), .previous = db_text(stmt, 3) };
		monday_review(on, child, &review);
	}
	return row == DB_DONE;
}

bool monday_read(struct store *store, const struct monday_day *on,
	const struct monday_children *children, const struct monday_range *range, struct err *err)
{
	if (!read_plans(store, on, children, range, err) ||
		!read_clocks(store, on, children, range, err) ||
		!read_reviews(store, on, children, range, err))
		return false;
	for (size_t i = 0; i < children->n; i++)
		monday_say(on, &children->item[i]);
	return true;
}

static void sum(struct service *s)
{
	struct monday *out = s->out;
	monday_none(out);
	for (size_t i = 0; i < s->children.n; i++) {
		const struct monday_child *child = &s->children.item[i];
		monday_add(out, child->in, child->of, child->unknown, child->carried);
		for (size_t m = 0; m < MONDAY_MEASURES; m++) {
			if ((child->in >> m & 1) != 0 && child->since[m] != 0)
				monday_waits(out, (enum monday_measure)m, child->since[m]);
		}
	}
	monday_total(out, (int64_t)s->officers.n);
}

/* The children of one measure, those who wait longest first. */
static bool list(struct service *s, struct arena *arena, struct err *err)
{
	struct monday *out = s->out;
	struct caseload_query query = { .today = s->on.today };
	struct pick all = { .query = &query };
	struct pick_counts counts;
	uint64_t bit = (uint64_t)1 << s->query->measure;
	size_t n = 0, first = (size_t)(s->query->page - 1) * LIST_PAGE;
	for (size_t i = 0; i < s->rows.n; i++) {
		if ((s->children.item[i].in & bit) != 0)
			s->rows.item[n++] = s->rows.item[i];
	}
	out->total = (int64_t)n;
	if (first >= n)
		return true;
	out->n = n - first < LIST_PAGE ? n - first : LIST_PAGE;
	out->row = arena_take(arena, out->n, sizeof *out->row);
	pick_say(&all, s->rows.item, n, &counts);
	pick_sort(&all, s->rows.item, n, first + out->n);
	return pick_fetch(s->store, arena, s->rows.item + first, out->n, out->row, err);
}

bool monday_slowly(struct store *store, struct arena *arena, const struct monday_query *query,
	struct monday *out, struct err *err)
{
	struct service s = { .store = store, .query = query, .out = out,
		.on = monday_day_of(store_law(store), query->today),
		.arena = arena_open((size_t)256 << 20) };
	*out = (struct monday){ .known_to = DAY_UNKNOWN, .imported = INSTANT_UNKNOWN };
	bool done = read_children(&s, err);
	if (done)
		make_children(&s);
	done = done && monday_read(store, &s.on, &s.children, NULL, err);
	if (done)
		sum(&s);
	if (done && query->listed)
		done = list(&s, arena, err);
	mem_free(s.rows.item);
	mem_free(s.beside.item);
	mem_free(s.officers.item);
	mem_free(s.children.item);
	arena_close(s.arena);
	return done;
}
