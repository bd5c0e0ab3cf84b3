#include "store/children.h"

#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 500, PAGE_CAP = 1 << 30 };

SQL(children_page,
	"SELECT id, key FROM subject WHERE authority = $1 AND kind = 'child' AND key > $2 "
	"ORDER BY key LIMIT 500");

struct page_child {
	int64_t subject;
	size_t place; /* in order of number */
};

struct children {
	struct store *store;
	const struct children_asked *asked;
	struct arena *arena; /* of the page */
	struct same same;
	struct told_child child[PAGE];
	struct told_list *lists[PAGE]; /* of each child, by type: what its `of` shows */
	struct page_child by_subject[PAGE];
	size_t n;
};

static int compare(const void *a, const void *b)
{
	const struct page_child *x = a, *y = b;
	return (x->subject > y->subject) - (x->subject < y->subject);
}

static bool read_page(struct children *children, str after, struct err *err)
{
	struct stmt *stmt = db_use(children->store->db, &children_page);
	db_bind_text(stmt, 1, children->asked->authority);
	db_bind_text(stmt, 2, after);
	children->n = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && children->n < PAGE) {
		size_t n = children->n++;
		children->lists[n] =
			arena_take(children->arena, record_types_n, sizeof *children->lists[n]);
		children->child[n] = (struct told_child){ .subject = db_int(stmt, 0),
			.number = arena_str(children->arena, db_text(stmt, 1)),
			.of = children->lists[n] };
		children->by_subject[n] = (struct page_child){ children->child[n].subject, n };
	}
	db_reset(stmt);
	if (children->n > 0)
		qsort(children->by_subject, children->n, sizeof *children->by_subject, compare);
	return row != DB_FAIL;
}

static void add(struct arena *arena, struct told_list *list, const struct row *row)
{
	if (list->n == list->room) {
		size_t room = list->room == 0 ? 4 : list->room * 2;
		struct told *item = arena_take(arena, room, sizeof *item);
		if (list->n > 0)
			memcpy(item, list->item, list->n * sizeof *item);
		list->item = item;
		list->room = room;
	}
	list->item[list->n++] = (struct told){ row->id, row->record };
}

/* Both are in order of subject. Rows of children who are not listed are passed over. */
static bool read_type(struct children *children, const struct record_type *type, str after,
	struct err *err)
{
	struct stmt *stmt = db_use(children->store->db, &children->store->type[type->index].paged);
	db_bind_text(stmt, 1, children->asked->authority);
	db_bind_text(stmt, 2, after);
	db_bind_text(stmt, 3, children->child[children->n - 1].number);
	enum db_row step;
	size_t at = 0;
	while ((step = db_step(stmt, err)) == DB_ROW) {
		int64_t subject = db_int(stmt, 2);
		while (at < children->n && children->by_subject[at].subject < subject)
			at++;
		if (at == children->n || children->by_subject[at].subject != subject)
			continue;
		struct row row;
		row_read(children->arena, stmt, type, &row);
		add(children->arena,
			&children->lists[children->by_subject[at].place][type->index], &row);
	}
	return step == DB_DONE;
}

/* What was written under the child's other number. There are few. */
static bool read_other(
	struct children *children, struct told_list *lists, int64_t other, struct err *err)
{
	for (size_t i = 0; i < children->asked->n; i++) {
		const struct record_type *type = children->asked->type[i];
		struct stmt *stmt =
			db_use(children->store->db, &children->store->type[type->index].between);
		db_bind_int(stmt, 1, other);
		db_bind_int(stmt, 2, other);
		enum db_row step;
		while ((step = db_step(stmt, err)) == DB_ROW) {
			struct row row;
			row_read(children->arena, stmt, type, &row);
			add(children->arena, &lists[type->index], &row);
		}
		if (step == DB_FAIL)
			return false;
	}
	return true;
}

static bool read_others(struct children *children, size_t n, struct err *err)
{
	for (size_t i = 0; i < children->same.n; i++) {
		const struct same_pair *pair = &children->same.item[i];
		if (pair->main == children->child[n].subject &&
			!read_other(children, children->lists[n], pair->other, err))
			return false;
	}
	return true;
}

static bool each(struct children *children,
	bool (*visit)(void *to, const struct told_child *child, struct err *err), void *to,
	struct err *err)
{
	struct buf after = { 0 };
	bool done = true;
	do {
		arena_reset(children->arena);
		str from = arena_str(children->arena, buf_view(&after));
		done = read_page(children, from, err);
		for (size_t i = 0; done && children->n > 0 && i < children->asked->n; i++)
			done = read_type(children, children->asked->type[i], from, err);
		for (size_t i = 0; done && i < children->n; i++)
			done = same_main(&children->same, children->child[i].subject) != 0 ||
				(read_others(children, i, err) &&
					visit(to, &children->child[i], err));
		must(!arena_full(children->arena));
		if (children->n > 0) {
			buf_clear(&after);
			buf_str(&after, children->child[children->n - 1].number);
		}
	} while (done && children->n == PAGE);
	buf_close(&after);
	return done;
}

bool store_each_child(struct store *store, const struct children_asked *asked,
	bool (*visit)(void *to, const struct told_child *child, struct err *err), void *to,
	struct err *err)
{
	bool begun = !db_begun(store->db);
	if (begun && !db_begin(store->db, err))
		return false;
	struct children *children = mem_alloc(1, sizeof *children);
	children->store = store;
	children->asked = asked;
	children->arena = arena_open(PAGE_CAP);
	bool done = same_read(store, asked->authority, &children->same, err) &&
		each(children, visit, to, err);
	same_close(&children->same);
	arena_close(children->arena);
	mem_free(children);
	if (begun)
		db_rollback(store->db);
	return done;
}
