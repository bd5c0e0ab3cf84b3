/* prove.c - what is neither a version nor an event: children's own rows, imports and what they
 * carry, settings, people, authorities, the counter. Each is held against the entry of the ledger
 * that tells of it; entries of an older duly carry no digest of an import or a person. */
#include "store/inside.h"

#include <sodium.h>
#include <string.h>

#define IMPORT                                                                                     \
	"SELECT id, authority, kind, files, known_to, actor, began_at, ended_at, children, events, " \
	"rejected FROM import "
SQL(import_one, IMPORT "WHERE id = $1");
SQL(import_coverage, "SELECT word, from_day, to_day FROM coverage WHERE import = $1");
SQL(imports_entered,
	"SELECT i.id, l.save FROM import i JOIN ledger l ON l.objects = 'import:' || i.id AND l.act = "
	"'import:' || i.kind AND l.authority = i.authority AND l.actor = i.actor AND l.at = i.began_at "
	"ORDER BY i.id");
/* What the ledger tells of settings, each with its entry: by itself, or with others. */
#define SETTINGS_TOLD                                                                              \
	"(SELECT objects AS key, seq, digest FROM ledger WHERE act = 'set' "                       \
	"UNION ALL SELECT key, seq, digest FROM setting_told)"
SQL(settings_entered,
	"SELECT t.key, s.value, t.digest FROM " SETTINGS_TOLD " t JOIN (SELECT key, max(seq) AS seq "
	"FROM " SETTINGS_TOLD " u GROUP BY key) k ON k.key = t.key AND k.seq = t.seq "
	"LEFT JOIN setting s ON s.key = t.key ORDER BY t.key");
SQL(settings_summed,
	"SELECT l.seq, l.digest, l.changed, t.key, t.digest FROM ledger l LEFT JOIN setting_told t "
	"ON t.seq = l.seq WHERE l.act = 'set-several' ORDER BY l.seq");
SQL(settings_told_of_nothing,
	"SELECT t.seq, t.key FROM setting_told t LEFT JOIN ledger l ON l.seq = t.seq AND "
	"l.act = 'set-several' WHERE l.seq IS NULL ORDER BY t.seq");
SQL(people_entered,
	"SELECT p.id, p.login, p.name, p.role, p.team, p.authority, p.added_at, p.login_key, "
	"p.name_key, l.digest FROM person p JOIN (SELECT objects, max(seq) AS seq FROM ledger WHERE "
	"act IN ('person:add', 'person:change') GROUP BY objects) k ON k.objects = 'person:' || p.id "
	"JOIN ledger l ON l.seq = k.seq ORDER BY p.id");
SQL(numbers_most,
	"SELECT coalesce((SELECT value FROM counter WHERE name = 'id'), -1), "
	"coalesce((SELECT max(id) FROM subject), 0), coalesce((SELECT max(id) FROM event), 0), "
	"coalesce((SELECT max(id) FROM import), 0), coalesce((SELECT max(id) FROM person), 0), "
	"coalesce((SELECT max(save) FROM ledger), 0), "
	"(SELECT count(*) FROM subject WHERE kind = 'child'), "
	"(SELECT count(*) FROM counter)");

/* Each answers with what should not be there: a number, and perhaps a name. */
#define NOT_AS_WRITTEN                                                                             \
	"OR l.authority IS NULL OR s.authority <> l.authority OR (coalesce(s.import, 0) <> v.import " \
	"AND NOT (s.import IS NULL AND EXISTS (SELECT 1 FROM setting d WHERE d.key = "              \
	"'demonstration' AND d.value = 'yes')))"
SQL(subjects_not_made,
	"SELECT s.id, s.key FROM subject s LEFT JOIN (SELECT subject, min(id) AS id FROM "
	"version_child WHERE version = 1 GROUP BY subject) f ON f.subject = s.id "
	"LEFT JOIN version_child v ON v.id = f.id AND v.version = 1 "
	"LEFT JOIN ledger l ON l.save = v.save AND l.save <> 0 "
	"WHERE s.kind = 'child' AND (v.id IS NULL OR v.number IS NULL OR s.key <> v.number "
	NOT_AS_WRITTEN ") ORDER BY s.id");
/* Of whatever is no child; what two people removed of its first version is gone. */
SQL(matters_not_made,
	"SELECT s.id, s.key FROM subject s LEFT JOIN (SELECT subject, min(id) AS id FROM "
	"version_matter WHERE version = 1 GROUP BY subject) f ON f.subject = s.id "
	"LEFT JOIN version_matter v ON v.id = f.id AND v.version = 1 "
	"LEFT JOIN ledger l ON l.save = v.save AND l.save <> 0 "
	"WHERE s.kind <> 'child' AND (v.id IS NULL OR ((v.kind IS NULL OR v.reference IS NULL OR "
	"s.kind <> v.kind OR s.key <> v.reference) AND NOT EXISTS (SELECT 1 FROM tombstone t WHERE "
	"t.record = v.id AND t.version = 1)) " NOT_AS_WRITTEN ") ORDER BY s.id");
SQL(subjects_gone,
	"SELECT v.subject, '' FROM (SELECT subject FROM version_child UNION SELECT subject FROM "
	"version_matter UNION SELECT subject FROM version_matter_step) v LEFT JOIN subject s "
	"ON s.id = v.subject WHERE s.id IS NULL ORDER BY 1");
SQL(clocks_of_nobody,
	"SELECT DISTINCT c.subject, '' FROM clock c LEFT JOIN subject s ON s.id = c.subject WHERE "
	"s.id IS NULL ORDER BY 1");
SQL(rows_of_nobody,
	"SELECT c.subject, '' FROM (SELECT subject FROM child_row UNION ALL SELECT subject FROM "
	"matter_row) c LEFT JOIN subject s ON s.id = c.subject WHERE s.id IS NULL ORDER BY 1");
SQL(access_to_nobody,
	"SELECT DISTINCT a.subject, '' FROM access a LEFT JOIN subject s ON s.id = a.subject WHERE "
	"s.id IS NULL ORDER BY 1");
SQL(imports_not_entered,
	"SELECT i.id, i.kind FROM import i LEFT JOIN ledger l ON l.objects = 'import:' || i.id AND "
	"l.act = 'import:' || i.kind AND l.authority = i.authority AND l.actor = i.actor AND "
	"l.at = i.began_at WHERE l.seq IS NULL ORDER BY i.id");
SQL(imports_gone,
	"SELECT l.seq, l.objects FROM ledger l LEFT JOIN import i ON l.objects = 'import:' || i.id "
	"WHERE substr(l.act, 1, 7) = 'import:' AND i.id IS NULL ORDER BY l.seq");
SQL(coverage_of_nothing,
	"SELECT c.import, c.word FROM coverage c LEFT JOIN import i ON i.id = c.import WHERE "
	"i.id IS NULL ORDER BY c.import");
SQL(settings_not_entered,
	"SELECT 0, s.key FROM setting s LEFT JOIN " SETTINGS_TOLD " t ON t.key = s.key "
	"WHERE t.seq IS NULL AND s.key NOT IN ('key-mark', 'law-mark', 'policy-mark') ORDER BY s.key");
SQL(calendars_not_entered,
	"SELECT c.number, c.name FROM calendar c LEFT JOIN ledger l ON "
	"l.objects = 'calendar:' || c.number AND l.act = 'calendar' AND l.actor = c.person AND "
	"l.at = c.came_at WHERE l.seq IS NULL AND c.file <> '' ORDER BY c.number");
SQL(calendars_gone,
	"SELECT l.seq, l.objects FROM ledger l LEFT JOIN calendar c ON "
	"l.objects = 'calendar:' || c.number WHERE l.act = 'calendar' AND c.number IS NULL "
	"ORDER BY l.seq");
SQL(calendars_entered,
	"SELECT c.number, coalesce(l.digest, c.digest), c.name, c.holidays, c.file FROM calendar c "
	"LEFT JOIN ledger l ON l.objects = 'calendar:' || c.number AND l.act = 'calendar' "
	"ORDER BY c.number");
SQL(people_not_entered,
	"SELECT p.id, p.login FROM person p LEFT JOIN ledger l ON l.objects = 'person:' || p.id AND "
	"l.act = 'person:add' WHERE l.seq IS NULL ORDER BY p.id");
SQL(people_gone,
	"SELECT l.seq, l.objects FROM ledger l LEFT JOIN person p ON l.objects = 'person:' || p.id "
	"WHERE l.act = 'person:add' AND p.id IS NULL ORDER BY l.seq");
SQL(people_turned,
	"SELECT p.id, p.login FROM person p LEFT JOIN (SELECT objects, max(seq) AS seq FROM ledger "
	"WHERE act IN ('person:disable', 'person:enable') GROUP BY objects) k "
	"ON k.objects = 'person:' || p.id LEFT JOIN ledger l ON l.seq = k.seq WHERE p.disabled <> "
	"CASE WHEN l.act = 'person:disable' THEN 1 ELSE 0 END ORDER BY p.id");
SQL(authorities_missing,
	"SELECT s.id, s.authority FROM subject s LEFT JOIN authority a ON a.code = s.authority WHERE "
	"a.id IS NULL ORDER BY s.id");
SQL(authorities_added,
	"SELECT a.id, a.code FROM authority a WHERE a.id < 1 OR a.id > (SELECT count(*) FROM "
	"authority) OR (NOT EXISTS (SELECT 1 FROM ledger l WHERE l.authority = a.code) AND NOT EXISTS "
	"(SELECT 1 FROM person p WHERE p.authority = a.code) AND NOT EXISTS (SELECT 1 FROM ledger l "
	"WHERE l.act = 'person:works-for:' || a.code) AND NOT EXISTS (SELECT 1 FROM ledger l "
	"WHERE l.act = 'set' AND l.objects = 'none-restricted:' || a.code)) ORDER BY a.id");

static const struct {
	const struct sql *sql;
	const char *what;
} nothing_answers[] = {
	{ &subjects_gone, "the child's row in subject is gone" },
	{ &subjects_not_made, "the child's row in subject is not what its first record made" },
	{ &matters_not_made, "the matter's row in subject is not what its first record made" },
	{ &clocks_of_nobody, "clocks stand for a child who is not there" },
	{ &rows_of_nobody, "a row of the lists stands for a child who is not there" },
	{ &access_to_nobody, "access stands to a child who is not there" },
	{ &imports_not_entered, "no entry of the ledger tells of this import" },
	{ &imports_gone, "the import that an entry of the ledger tells of is gone" },
	{ &coverage_of_nothing, "coverage stands for an import that is not there" },
	{ &settings_not_entered, "no entry of the ledger tells of this setting" },
	{ &settings_told_of_nothing, "no entry of the ledger sums up what is told of this setting" },
	{ &calendars_not_entered, "no entry of the ledger tells of this calendar" },
	{ &calendars_gone, "the calendar that an entry of the ledger tells of is gone" },
	{ &people_not_entered, "no entry of the ledger tells of this person" },
	{ &people_gone, "the person that an entry of the ledger tells of is gone" },
	{ &people_turned, "the person is not enabled or disabled as the ledger says" },
	{ &authorities_missing, "the child's authority is gone" },
	{ &authorities_added, "nothing tells of this authority" },
};

/* ---- digests: keyed, each part with its length */

static void text(struct buf *buf, str value)
{
	buf_int(buf, (int64_t)value.n);
	buf_char(buf, ':');
	buf_str(buf, value);
}

static void number(struct buf *buf, struct stmt *stmt, int column)
{
	if (db_is_null(stmt, column))
		buf_char(buf, '-');
	else
		buf_int(buf, db_int(stmt, column));
	buf_char(buf, ';');
}

static void digest_of(const struct store *store, struct buf *buf, unsigned char out[static DIGEST])
{
	crypto_generichash(out, DIGEST, (const unsigned char *)buf->p, buf->n, store->key, KEY);
	buf_close(buf);
}

void person_digest(const struct store *store, int64_t id, str login, str name, str role, str team,
	str authority, int64_t added_at, unsigned char out[static DIGEST])
{
	struct buf buf = { 0 };
	buf_format(&buf, "person;%lld;%lld;", (long long)id, (long long)added_at);
	text(&buf, login);
	text(&buf, name);
	text(&buf, role);
	text(&buf, team);
	text(&buf, authority);
	digest_of(store, &buf, out);
}

/* Coverage has no order: its rows are summed up, and counted. */
static bool coverage_digest(struct store *store, int64_t import, int64_t *n,
	unsigned char sum[static DIGEST], struct err *err)
{
	struct stmt *stmt = db_use(store->db, &import_coverage);
	db_bind_int(stmt, 1, import);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct buf buf = { 0 };
		unsigned char digest[DIGEST];
		buf_format(&buf, "coverage;%lld;", (long long)import);
		text(&buf, db_text(stmt, 0));
		number(&buf, stmt, 1);
		number(&buf, stmt, 2);
		digest_of(store, &buf, digest);
		for (size_t i = 0; i < DIGEST; i++)
			sum[i] ^= digest[i];
		++*n;
	}
	return row == DB_DONE;
}

bool import_read_digest(
	struct store *store, int64_t import, unsigned char out[static DIGEST], struct err *err)
{
	unsigned char sum[DIGEST] = { 0 };
	int64_t n = 0;
	if (!coverage_digest(store, import, &n, sum, err))
		return false;
	struct buf buf = { 0 };
	struct stmt *stmt = db_use(store->db, &import_one);
	db_bind_int(stmt, 1, import);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		buf_lit(&buf, "import;");
		for (int i = 0; i < 11; i++) {
			if (i >= 1 && i <= 3)
				text(&buf, db_text(stmt, i));
			else
				number(&buf, stmt, i);
		}
		buf_format(&buf, "%lld;", (long long)n);
		buf_bytes(&buf, sum, DIGEST);
	}
	db_reset(stmt);
	digest_of(store, &buf, out);
	return row == DB_ROW || (row == DB_DONE && err_set(err, ERR_BROKEN, "an import is gone"));
}

/* ---- what is there, against its entry */

static bool prove_nothing(struct prove *p, struct err *err)
{
	for (size_t i = 0; i < sizeof nothing_answers / sizeof *nothing_answers; i++) {
		struct stmt *stmt = db_use(p->store->db, nothing_answers[i].sql);
		enum db_row row;
		while ((row = db_step(stmt, err)) == DB_ROW)
			p->fault(p->to, nothing_answers[i].what, db_int(stmt, 0), db_text(stmt, 1));
		if (row == DB_FAIL)
			return false;
	}
	return true;
}

static bool prove_imports(struct prove *p, struct err *err)
{
	struct {
		struct entered {
			int64_t id, save;
		} *item;
		size_t n, room;
	} found = { 0 };
	struct stmt *stmt = db_use(p->store->db, &imports_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(&found) = (struct entered){ db_int(stmt, 0), db_int(stmt, 1) };
	bool done = row == DB_DONE;
	for (size_t i = 0; done && i < found.n; i++) {
		unsigned char digest[DIGEST];
		done = import_read_digest(p->store, found.item[i].id, digest, err);
		if (done)
			p->import(p->to, found.item[i].id, found.item[i].save, digest);
	}
	p->imports = (int64_t)found.n;
	mem_free(found.item);
	return done;
}

static bool same_digest(str stored, const unsigned char digest[static DIGEST])
{
	return stored.n == DIGEST && memcmp(stored.p, digest, DIGEST) == 0;
}

static bool prove_settings(struct prove *p, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &settings_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		unsigned char digest[DIGEST];
		setting_digest(p->store, db_text(stmt, 1), digest);
		if (db_is_null(stmt, 1))
			p->fault(p->to, "the setting is gone", 0, db_text(stmt, 0));
		else if (!same_digest(db_bytes(stmt, 2), digest))
			p->fault(p->to, "the setting was changed", 0, db_text(stmt, 0));
		p->settings++;
	}
	return row == DB_DONE;
}

/* An entry of several settings, against the rows that it sums up: none may be another, more or less. */
static bool prove_sums(struct prove *p, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &settings_summed);
	unsigned char sum[DIGEST] = { 0 }, said[DIGEST] = { 0 };
	int64_t seq = 0, left = 0;
	enum db_row row;
	do {
		row = db_step(stmt, err);
		int64_t of = row == DB_ROW ? db_int(stmt, 0) : 0;
		if (of != seq) {
			if (seq != 0 && (left != 0 || memcmp(sum, said, DIGEST) != 0))
				p->fault(p->to, "what an entry tells of settings was changed", seq,
					(str){ 0 });
			memset(sum, 0, sizeof sum);
			seq = of;
			left = of == 0 ? 0 : db_int(stmt, 2);
			if (of != 0 && db_bytes(stmt, 1).n == DIGEST)
				memcpy(said, db_bytes(stmt, 1).p, DIGEST);
		}
		if (of != 0 && !db_is_null(stmt, 3) && db_bytes(stmt, 4).n == DIGEST) {
			setting_sum(p->store, db_text(stmt, 3),
				(const unsigned char *)db_bytes(stmt, 4).p, sum);
			left--;
		}
	} while (row == DB_ROW);
	return row == DB_DONE;
}

static bool prove_people(struct prove *p, struct err *err)
{
	static const unsigned char none[DIGEST];
	struct stmt *stmt = db_use(p->store->db, &people_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		unsigned char digest[DIGEST];
		str login = db_text(stmt, 1), name = db_text(stmt, 2);
		person_digest(p->store, db_int(stmt, 0), login, name, db_text(stmt, 3),
			db_text(stmt, 4), db_text(stmt, 5), db_int(stmt, 6), digest);
		bool bare = same_digest(db_bytes(stmt, 9), none);
		p->people_bare += bare;
		p->people++;
		arena_reset(p->arena);
		if ((!bare && !same_digest(db_bytes(stmt, 9), digest)) ||
			!str_equal(db_text(stmt, 7), folded(p->arena, login)) ||
			!str_equal(db_text(stmt, 8), folded(p->arena, name)))
			p->fault(p->to, "the person was changed", db_int(stmt, 0), login);
	}
	return row == DB_DONE;
}

static bool prove_calendars(struct prove *p, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &calendars_entered);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		unsigned char digest[DIGEST];
		calendar_digest(p->store, db_int(stmt, 0), db_text(stmt, 3), db_text(stmt, 4), digest);
		if (!same_digest(db_bytes(stmt, 1), digest))
			p->fault(p->to, "the calendar was changed", db_int(stmt, 0),
				db_text(stmt, 2));
	}
	return row == DB_DONE;
}

/* A counter that is behind would give a number out twice. */
static bool prove_counter(struct prove *p, struct err *err)
{
	struct stmt *stmt = db_use(p->store->db, &numbers_most);
	if (db_step(stmt, err) != DB_ROW)
		return false;
	for (int i = 1; i <= 5; i++)
		p->most = db_int(stmt, i) > p->most ? db_int(stmt, i) : p->most;
	if (db_int(stmt, 0) < p->most || db_int(stmt, 7) != 1)
		p->fault(p->to, "the counter of numbers is behind what it gave", p->most, (str){ 0 });
	p->children = db_int(stmt, 6);
	db_reset(stmt);
	return true;
}

bool prove_rest(struct prove *p, struct err *err)
{
	return prove_nothing(p, err) && prove_imports(p, err) && prove_settings(p, err) && prove_sums(p, err) &&
		prove_people(p, err) && prove_calendars(p, err) && prove_decisions(p, err) && prove_counter(p, err) &&
		prove_sight(p, err) && prove_local(p, err);
}
