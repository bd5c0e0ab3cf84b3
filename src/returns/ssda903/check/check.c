#include "returns/ssda903/check/authority.h"
#include "returns/ssda903/check/run.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- what rules ask */

int check_year(const struct check *check)
{
	return check->asked->year;
}

day check_start(const struct check *check)
{
	return check->start;
}

day check_end(const struct check *check)
{
	return check->end;
}

code check_authority(const struct check *check)
{
	return code_of(authority_for_children(check->asked->authority));
}

void find_in(struct check *check, enum table table, uint32_t row, uint32_t child)
{
	const struct finding *last = check->out->n > 0 ? &check->out->item[check->out->n - 1] : NULL;
	/* A rule that holds a row against many others may say the same as often. */
	if (last != NULL && last->rule == check->now && last->table == (uint16_t)table && last->row == row)
		return;
	ARRAY_MORE(check->out) = (struct finding){ check->now, (uint16_t)table, row, child };
}

/* ---- rows in the order of their days */

struct in_order *in_order_room(struct check *check, size_t n)
{
	if (check->order.room < n) {
		mem_free(check->order.item);
		check->order.item = mem_alloc(n * 2, sizeof *check->order.item);
		check->order.room = n * 2;
	}
	return check->order.item;
}

/* ---- what must be there */

static void want(struct buf *why, bool there, const char *before, str what)
{
	if (there)
		return;
	buf_str(why, why->n > 0 ? S(", ") : S("needs "));
	buf_str(why, str_of(before));
	buf_str(why, what);
}

static str missing(struct arena *arena, const struct check_rule *rule, const struct return_rows *rows,
	const struct check_asked *asked)
{
	struct buf why = { 0 };
	for (enum table t = 0; t < TABLES; t++) {
		if ((rule->tables >> t & 1) != 0)
			want(&why, rows->this_year.table[t].given, "", table_rows[t].title);
		if ((rule->tables_last >> t & 1) != 0)
			want(&why, rows->last_year.table[t].given, "last year's ", table_rows[t].title);
	}
	want(&why, (rule->needs & NEEDS_POSTCODES) == 0 || asked->postcodes != NULL, "", S("postcodes"));
	want(&why, (rule->needs & NEEDS_PROVIDERS) == 0 || asked->providers != NULL, "", S("Ofsted's list of providers"));
	want(&why, (rule->needs & NEEDS_AUTHORITY) == 0 || asked->authority.n > 0, "", S("the code of the authority"));
	str out = arena_str(arena, buf_view(&why));
	buf_close(&why);
	return out;
}

static bool is_of_year(const struct check_rule *rule, int year)
{
	return year >= rule->first && (rule->last == 0 || year <= rule->last);
}

static int compare_codes(const void *a, const void *b)
{
	const code *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static struct codes read_list(struct arena *arena, const char *list)
{
	str rest = str_of(list), word;
	struct codes out = { arena_take(arena, strlen(list) / 2 + 1, sizeof *out.item), 0 };
	while (str_split(&rest, ' ', &word))
		out.item[out.n++] = code_of(word);
	qsort(out.item, out.n, sizeof *out.item, compare_codes);
	return out;
}

/* ---- one cell */

static bool has_code(const struct codes *codes, code cell)
{
	size_t low = 0, high = codes->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (codes->item[middle] == cell)
			return true;
		if (codes->item[middle] < cell)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void ask_cells(struct check *check, const struct running *running, const struct return_rows *rows)
{
	const struct check_rule *rule = running->rule;
	size_t size = table_rows[rule->table].size;
	const char *row = rows->this_year.table[rule->table].row;
	for (size_t i = 0; i < rows->this_year.table[rule->table].n; i++, row += size) {
		const uint32_t *head = (const void *)row;
		const void *cell = row + rule->column;
		bool right;
		if (rule->kind == RULE_DAY) {
			day on = *(const day *)cell;
			right = on == DAY_UNKNOWN ? rule->blank : is_day(on);
		} else {
			code of = *(const code *)cell;
			right = of == 0 ? rule->blank : has_code(&running->codes, of);
		}
		if (!right)
			find_in(check, rule->table, head[0], head[1]);
	}
}

/* ---- all of it */

static int compare_findings(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->table != y->table)
		return x->table < y->table ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Sorts what was found since the last time, and counts it; what is wanted at once leaves. */
static void settle(struct check *check)
{
	struct check_result *out = check->out;
	const struct finding_sink *sink = &check->asked->sink;
	if (out->n > 1)
		qsort(out->item, out->n, sizeof *out->item, compare_findings);
	size_t kept = 0;
	for (size_t i = 0; i < out->n; i++) {
		if (kept > 0 && compare_findings(&out->item[kept - 1], &out->item[i]) == 0)
			continue;
		out->item[kept++] = out->item[i];
		out->rule[out->item[i].rule].outcome = CHECK_FAILED;
		out->rule[out->item[i].rule].findings++;
	}
	out->n = kept;
	out->found += kept;
	if (sink->take != NULL && kept > 0) {
		sink->take(sink->to, out->item, kept);
		out->n = 0;
	}
}

/* Where nobody wants findings before the end, they are sorted once. */
static void settle_some(struct check *check)
{
	if (check->asked->sink.take != NULL && check->out->n > 0)
		settle(check);
}

static size_t most_rows(const struct year_rows *year, size_t children)
{
	uint32_t most = 0;
	const uint32_t *start = year->table[TABLE_EPISODES].start;
	for (size_t i = 0; i < children; i++)
		most = start[i + 1] - start[i] > most ? start[i + 1] - start[i] : most;
	return most + 1;
}

static void choose(struct check *check, struct arena *arena, const struct return_rows *rows)
{
	size_t n = check_rules_n(), from = n;
	check->running = arena_take(arena, n, sizeof *check->running);
	check->out->rule = arena_take(arena, n, sizeof *check->out->rule);
	for (size_t i = 0; i < n; i++) {
		const struct check_rule *rule = check_rule(i);
		struct rule_outcome *outcome = &check->out->rule[i];
		outcome->outcome = CHECK_NOT_RUN;
		if (!is_of_year(rule, check->asked->year))
			continue;
		outcome->of_year = true;
		outcome->why = check->asked->without != NULL && check->asked->without[i]
			? S("was left out")
			: missing(arena, rule, rows, check->asked);
		if (outcome->why.n > 0)
			continue;
		outcome->outcome = CHECK_PASSED;
		struct running running = { .rule = rule, .index = (uint16_t)i, .of_child = rule->of_child,
			.kind = (uint16_t)rule->kind };
		if (rule->kind == RULE_CODE)
			running.codes = read_list(arena, rule->list);
		bool of_child = rule->kind == RULE_CHILD || rule->kind == RULE_EPISODE;
		check->running[of_child ? --from : check->n++] = running;
	}
	check->before_child = check->n;
	memmove(&check->running[check->n], &check->running[from], (n - from) * sizeof *check->running);
	check->n += n - from;
}

static void ask_child(struct check *check, const struct child_rows *child)
{
	episodes_stand(check, child, check->at);
	for (size_t i = check->before_child; i < check->n; i++) {
		const struct running *running = &check->running[i];
		check->now = running->index;
		if (running->kind == RULE_CHILD)
			running->of_child(check, child);
		else if (child->episodes_n > 0)
			ask_episodes(check, running->rule, child, check->at);
	}
}

/* Rows without a number are no one child's: each is asked alone. */
static void ask_alone(struct check *check, const struct return_rows *rows)
{
	size_t n;
#define TABLE(NAME, name, title, file)                                                             \
	const struct name##_row *name = rows_of(&rows->this_year, TABLE_##NAME, 0, &n);            \
	for (size_t i = 0; i < n; i++) {                                                           \
		struct child_rows one = { .number = rows->child[0], .name = &name[i], .name##_n = 1, \
			.stay = check->stay + (TABLE_##NAME == TABLE_EPISODES ? i : 0) };          \
		child_rows_order(check, &one);                                                          \
		ask_child(check, &one);                                                            \
	}
#define DAY(table, field, column)
#define CODE(table, field, column)
#define TEXT(table, field, column)
#define END(NAME)
#include "returns/ssda903/check/tables.def"
#undef TABLE
#undef DAY
#undef CODE
#undef TEXT
#undef END
}

void check_run(struct arena *arena, const struct return_rows *rows, const struct check_asked *asked,
	struct check_result *out)
{
	*out = (struct check_result){ 0 };
	struct check check = { .asked = asked, .out = out, .start = day_of(asked->year - 1, 4, 1),
		.end = day_of(asked->year, 3, 31) };
	choose(&check, arena, rows);
	check.room = arena_take(arena, most_rows(&rows->this_year, rows->children), sizeof *check.room);
	check.room_last =
		arena_take(arena, most_rows(&rows->last_year, rows->children), sizeof *check.room_last);
	check.at = arena_take(arena, most_rows(&rows->this_year, rows->children), sizeof *check.at);
	check.stay = stays_find(arena, &rows->this_year, asked);
	check.stay_last = stays_find(arena, &rows->last_year, asked);
	for (size_t i = 0; i < check.before_child; i++) {
		const struct running *running = &check.running[i];
		check.now = running->index;
		if (running->kind == RULE_ALL)
			running->rule->of_all(&check, rows);
		else
			ask_cells(&check, running, rows);
	}
	settle_some(&check);
	ask_alone(&check, rows);
	settle_some(&check);
	for (uint32_t child = 1; child < rows->children; child++) {
		struct child_rows one;
		child_rows_open(&check, rows, child, &one);
		ask_child(&check, &one);
		settle_some(&check);
	}
	mem_free(check.order.item);
	settle(&check);
}

void check_result_close(struct check_result *result)
{
	mem_free(result->item);
	*result = (struct check_result){ 0 };
}
