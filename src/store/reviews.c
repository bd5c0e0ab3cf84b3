#include "store/reviews.h"

#include "store/inside.h"

#define SEEN(row)                                                                                  \
	"EXISTS (SELECT 1 FROM access a WHERE a.subject = " row ".subject AND" ACCESS_NOW(         \
		"$1", "$2", "$3", "$4") ") "
#define OPENINGS                                                                                   \
	" FROM opening o WHERE o.reviewed_at IS NULL AND o.person <> $1 AND " SEEN("o")
#define RESTRICTIONS                                                                               \
	" FROM record_restriction t WHERE t.ended IS NULL AND t.review_on < $5 "                   \
	"AND t.withdrawn_at IS NULL AND t.draft = 0 AND " SEEN("t")
SQL(reviews_due,
	"SELECT (SELECT count(*)" OPENINGS "), (SELECT count(*)" OPENINGS "AND o.review_by < $5), "
	"(SELECT min(o.review_by)" OPENINGS "AND o.review_by < $5), "
	"(SELECT count(*)" RESTRICTIONS "), (SELECT min(t.review_on)" RESTRICTIONS ")");

bool store_reviews_due(struct store *store, const struct actor *actor, day today,
	struct reviews_due *out, struct err *err)
{
	*out = (struct reviews_due){ .oldest = DAY_UNKNOWN };
	if (!policy_role_may(actor->role, MAY_REVIEW_OPENINGS))
		return true;
	struct stmt *stmt = db_use(store->db, &reviews_due);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, today);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		out->openings = db_int(stmt, 0);
		out->openings_late = db_int(stmt, 1);
		out->restrictions_late = db_int(stmt, 3);
		for (int column = 2; column <= 4; column += 2) {
			day first = db_is_null(stmt, column) ? DAY_UNKNOWN
							     : (day)db_int(stmt, column);
			if (first != DAY_UNKNOWN && (out->oldest == DAY_UNKNOWN || first < out->oldest))
				out->oldest = first;
		}
	}
	db_reset(stmt);
	return row == DB_ROW;
}
