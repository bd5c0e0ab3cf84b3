/* recompute_open.c - how open a child is: what files, signatures and restrictions say. */
#include "store/recompute_inside.h"

SQL(restricted_was,
	"SELECT 1 FROM version_allocation WHERE subject = $1 AND restricted = $2 LIMIT 1");
SQL(signed_after,
	"SELECT 1 FROM ledger i JOIN ledger s ON s.seq > i.seq WHERE i.objects = $1 AND "
	"substr(i.act, 1, 7) = 'import:' AND s.act = 'set' AND s.objects = $2 LIMIT 1");

/* A child is open once a people file said so, or somebody signed that nobody is restricted: which
 * speaks of the children who are there, not of those whom a later file brings. One that a file
 * brought and that no people file names, or names without a yes or a no, stays with the
 * custodian. */
enum openness recompute_openness(const struct chunk *chunk, const struct stood *stood,
	const struct allocation *allocation)
{
	if (allocation != NULL && allocation->restricted != ANSWER_UNKNOWN)
		return allocation->restricted == ANSWER_YES ? RESTRICTED : OPEN;
	bool opened = chunk->demonstration || chunk->store->signing || !stood->real;
	return opened ? OPEN : stood->openness;
}

/* A restriction that stands: what its own workers alone are told of, or without a name. It is said by
 * a person of the service, and needs no file to be known. */
void recompute_restrict_more(struct chunk *chunk, int64_t subject, enum openness *openness)
{
	size_t n;
	const struct row *row = recompute_records_of(&chunk->restrictions, subject, &n);
	for (size_t i = 0; i < n; i++) {
		const struct restriction *restriction = row[i].record;
		if (row[i].draft || !restriction_stands(restriction))
			continue;
		if (str_equal(restriction->kind, S("hidden")))
			*openness = HIDDEN;
		else if (*openness != HIDDEN)
			*openness = RESTRICTED;
	}
}

/* ---- comparing only */

/* What an earlier version of the allocation may have left standing, when none says it now. */
static bool was_said(struct chunk *chunk, const struct stood *stood, bool *said, struct err *err)
{
	struct stmt *stmt = db_use(chunk->store->db, &restricted_was);
	db_bind_int(stmt, 1, stood->id);
	db_bind_int(stmt, 2, stood->openness == RESTRICTED);
	enum db_row row = db_step(stmt, err);
	*said = row == DB_ROW && stood->openness != UNCLEARED;
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool signed_since(struct chunk *chunk, int64_t import, struct err *err)
{
	if (import == chunk->signed_import)
		return true;
	struct stmt *stmt = db_use(chunk->store->db, &signed_after);
	db_bind_text(stmt, 1, arena_format(chunk->arena, "import:%lld", (long long)import));
	db_bind_text(stmt, 2, arena_format(chunk->arena, "none-restricted:%.*s",
		STR_ARGS(chunk->authority)));
	enum db_row row = db_step(stmt, err);
	chunk->signed_import = import;
	chunk->signed_after = row == DB_ROW;
	db_reset(stmt);
	return row != DB_FAIL;
}

/* How open a child is follows from the allocation; where none says, from who signed since. */
bool recompute_openness_due(struct chunk *chunk, const struct stood *stood,
	const struct allocation *allocation, enum openness *out, struct err *err)
{
	*out = recompute_openness(chunk, stood, allocation);
	bool said = allocation != NULL && allocation->restricted != ANSWER_UNKNOWN;
	if (said || chunk->demonstration || !stood->real)
		return true;
	if (!signed_since(chunk, stood->import, err))
		return false;
	*out = chunk->signed_after ? OPEN : UNCLEARED;
	if (*out == stood->openness)
		return true;
	if (!was_said(chunk, stood, &said, err))
		return false;
	if (said)
		*out = stood->openness;
	return true;
}
