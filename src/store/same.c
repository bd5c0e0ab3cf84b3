/* same.c - one child under two numbers: which subjects are one, and whether two may be made one.
 *
 * A same_child record stands on the child who stays listed, and names the other number. Records keep
 * the subject that they were written with; clocks, lists and pages of the listed child run over the
 * records of both, and the other is listed no more. Withdrawing the record undoes it. A number is
 * joined to one child, and a child that others are joined to is joined to none: no chains. */
#include "store/history.h"
#include "store/inside.h"

#define STANDS(alias) alias ".ended IS NULL AND " alias ".withdrawn_at IS NULL AND " alias ".draft = 0"
SQL(same_all,
	"SELECT s.id, o.id, o.openness, "
	"(SELECT count(*) FROM record_restriction q WHERE q.subject = o.id AND " STANDS("q") "), "
	"(SELECT count(*) FROM record_restriction h WHERE h.subject = o.id AND h.kind = 'hidden' "
	"AND " STANDS("h") ") FROM record_same_child r JOIN subject s ON s.id = r.subject "
	"JOIN subject o ON o.authority = s.authority AND o.kind = s.kind AND o.key = r.number "
	"AND o.id <> s.id WHERE s.authority = $1 AND r.withdrawn_at IS NULL AND r.draft = 0 "
	"ORDER BY r.id");
/* Who is barred from the one and not from the other would read the one under the other's number. */
SQL(same_other,
	"SELECT o.id, r.openness, m.openness, "
	"(SELECT count(*) FROM record_barred b WHERE b.subject = o.id AND b.withdrawn_at IS NULL "
	"AND b.draft = 0 AND NOT EXISTS (SELECT 1 FROM record_barred c WHERE c.subject = $1 "
	"AND c.login = b.login AND c.withdrawn_at IS NULL AND c.draft = 0)) "
	"FROM subject o LEFT JOIN child_row r ON r.subject = o.id "
	"LEFT JOIN child_row m ON m.subject = $1 "
	"WHERE o.authority = $2 AND o.kind = 'child' AND o.key = $3");

SQL(same_matters,
	"SELECT m.subject FROM record_matter m JOIN subject o ON o.id = $1 JOIN subject s "
	"ON s.id = m.subject AND s.authority = o.authority WHERE m.number = o.key "
	"AND m.draft = 0 ORDER BY 1");

static enum openness openness_of(struct stmt *stmt)
{
	if (db_int(stmt, 4) > 0)
		return HIDDEN;
	enum openness stored = (enum openness)db_int(stmt, 2);
	return db_int(stmt, 3) > 0 && stored < RESTRICTED ? RESTRICTED : stored;
}

bool same_read(struct store *store, str authority, struct same *out, struct err *err)
{
	*out = (struct same){ 0 };
	struct stmt *stmt = db_use(store->db, &same_all);
	db_bind_text(stmt, 1, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct same_pair pair = { db_int(stmt, 0), db_int(stmt, 1), openness_of(stmt) };
		/* The first that says something of a child stands. */
		if (same_main(out, pair.other) == 0 && same_main(out, pair.main) == 0 &&
			!same_is_main(out, pair.other))
			ARRAY_MORE(out) = pair;
	}
	return row == DB_DONE;
}

void same_close(struct same *same)
{
	mem_free(same->item);
	*same = (struct same){ 0 };
}

int64_t same_main(const struct same *same, int64_t subject)
{
	for (size_t i = 0; i < same->n; i++) {
		if (same->item[i].other == subject)
			return same->item[i].main;
	}
	return 0;
}

bool same_is_main(const struct same *same, int64_t subject)
{
	for (size_t i = 0; i < same->n; i++) {
		if (same->item[i].main == subject)
			return true;
	}
	return false;
}

bool store_is_same(struct store *store, str authority, int64_t main, int64_t other, bool *out,
	struct err *err)
{
	struct same same;
	if (!same_read(store, authority, &same, err))
		return false;
	*out = same_main(&same, other) == main;
	same_close(&same);
	return true;
}

/* ---- may these two be made one? */

static str why_not(struct store *store, const struct actor *actor, str authority, int64_t subject,
	str number, struct err *err)
{
	static const str unknown =
		S_INIT("There is no other child with that number whom you can see");
	struct stmt *stmt = db_use(store->db, &same_other);
	db_bind_int(stmt, 1, subject);
	db_bind_text(stmt, 2, authority);
	db_bind_text(stmt, 3, number);
	enum db_row row = db_step(stmt, err);
	int64_t other = row == DB_ROW ? db_int(stmt, 0) : 0;
	bool alike = row == DB_ROW && db_int(stmt, 1) == db_int(stmt, 2) && db_int(stmt, 3) == 0;
	db_reset(stmt);
	if (row == DB_FAIL)
		return (str){ 0 };
	int level;
	struct err hidden;
	if (other == 0 || other == subject ||
		!store_access(store, actor, other, &level, &hidden) || level < 2)
		return unknown;
	if (!alike)
		return S("The two are not restricted alike, or not the same staff are barred: "
			 "make them alike first");
	struct same same;
	if (!same_read(store, authority, &same, err))
		return (str){ 0 };
	bool taken = same_main(&same, other) != 0 && same_main(&same, other) != subject;
	bool chain = same_is_main(&same, other) || same_main(&same, subject) != 0;
	same_close(&same);
	return taken || chain
		? S("One of the two is joined to another number already: undo that first")
		: (str){ 0 };
}

bool same_check(struct store *store, const struct actor *actor, struct arena *arena,
	str authority, int64_t subject, const void *record, struct problems *out, struct err *err)
{
	const struct same_child *same = record;
	struct err failed = { 0 };
	str why = why_not(store, actor, authority, subject, same->number, &failed);
	if (failed.code != ERR_NONE)
		return err_set(err, failed.code, "%s", failed.text);
	if (why.n > 0)
		problem_add(arena, out, S("number"), why);
	return true;
}

bool same_touch(struct store *store, str authority, const void *record, struct subjects *touched,
	struct err *err)
{
	int64_t other;
	if (record == NULL)
		return true;
	if (!store_subject_find(store, authority, SUBJECT_CHILD,
		    ((const struct same_child *)record)->number, &other, err))
		return false;
	if (other == 0)
		return true;
	subjects_add(touched, other);
	/* What names the one or the other is listed with the child who is. */
	struct stmt *stmt = db_use(store->db, &same_matters);
	db_bind_int(stmt, 1, other);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(touched, db_int(stmt, 0));
	return row == DB_DONE;
}
