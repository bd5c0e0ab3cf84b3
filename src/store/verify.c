/* verify.c - is everything still what the ledger says was written?
 *
 * Three things must agree: the chain of entries up to its head; the digest that each version of
 * each record carries, made anew from its content; and the sum of digests in the entry of the save
 * that wrote it. So a byte changed in an entry, a version, a record or an event, a row that was
 * added and a row that is gone all show. What is derived from them (clocks, rows of lists, access,
 * openness) is made anew and compared; the rest is held against its entries (prove.c).
 *
 * The chain is in verify_chain.c, what was written in verify_written.c. */
#include "store/local.h"
#include "store/verify_inside.h"

SQL(authority_codes, "SELECT code FROM authority ORDER BY id");

void verify_fault(struct verifying *v, const char *format, ...)
{
	char text[200];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (!v->faulty)
		err_set(v->err, ERR_BROKEN, "%s", text);
	v->faulty = true;
}

void verify_bad_entry(struct verifying *v, int64_t seq)
{
	if (v->report->first_bad == 0 || seq < v->report->first_bad)
		v->report->first_bad = seq;
}

/* ---- what follows from what was written */

static void rest_fault(void *to, const char *what, int64_t id, str name)
{
	struct verifying *v = to;
	v->report->bad_records++;
	if (id != 0 && name.n > 0)
		verify_fault(v, "%lld (%.*s): %s", (long long)id, STR_ARGS(str_upto(name, 60)), what);
	else if (id != 0)
		verify_fault(v, "%lld: %s", (long long)id, what);
	else
		verify_fault(v, "%.*s: %s", STR_ARGS(str_upto(name, 60)), what);
}

/* The digest of an import is the last part of its entry's sum; an older duly left it out. */
static void rest_import(
	void *to, int64_t id, int64_t save, const unsigned char digest[static DIGEST])
{
	struct verifying *v = to;
	struct claim *claim = verify_claim_of(v, save);
	(void)id;
	if (claim != NULL && claim->found != claim->said)
		(void)verify_found(v, save, digest);
	else
		v->report->imports_bare++;
}

static bool check_rest(struct verifying *v, struct err *err)
{
	struct ledger_report *report = v->report;
	struct prove prove = { .store = v->store, .arena = v->arena, .fault = rest_fault,
		.import = rest_import, .to = v };
	if (!prove_rest(&prove, err) || !expunges_prove(v->store, v->arena, &v->stones,
						&report->expunged, rest_fault, v, err))
		return false;
	report->children = prove.children;
	report->imports = prove.imports;
	report->settings = prove.settings;
	report->people = prove.people;
	report->people_bare = prove.people_bare;
	return true;
}

/* While the clocks follow a change of the council's policy they are of two laws. */
static bool is_between_policies(struct verifying *v, str code, bool *out, struct err *err)
{
	struct local_job job;
	bool done = store_local_job(v->store, v->arena, code, &job, err);
	*out = done && job.open;
	v->report->other_law = v->report->other_law || *out;
	return done;
}

static bool compare_authority(struct verifying *v, str code, struct err *err)
{
	bool between;
	if (!is_between_policies(v, code, &between, err) || between)
		return between;
	struct subjects subjects = { 0 };
	instant latest = store_now(v->store) > v->latest ? store_now(v->store) : v->latest;
	struct compared compared = { .latest = instant_day(latest) };
	bool done = subjects_all(v->store, code, &subjects, err) &&
		recompute_compare(v->store, code, &subjects, &compared, err);
	mem_free(subjects.item);
	if (done && compared.differ > 0) {
		v->report->bad_records += compared.differ;
		verify_fault(v, "child %lld: the table %s is not what follows from the records",
			(long long)compared.subject, compared.table);
	}
	return done;
}

/* Rules that changed since make other clocks, and the next duly that writes makes them. */
static bool check_derived(struct verifying *v, struct arena *keep, struct err *err)
{
	bool kept, same;
	if (!law_is_same(v->store, &kept, &same, err))
		return false;
	/* Of a store whose making was cut off there is nothing yet to be made under any law. */
	if (!kept && v->report->entries == 0)
		return true;
	if (!kept)
		rest_fault(v, "the setting is gone", 0, S("law-mark or policy-mark"));
	v->report->other_law = !same;
	if (!same)
		return true;
	struct {
		str *item;
		size_t n, room;
	} codes = { 0 };
	struct stmt *stmt = db_use(v->store->db, &authority_codes);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(&codes) = arena_str(keep, db_text(stmt, 0));
	bool done = row == DB_DONE;
	for (size_t i = 0; done && i < codes.n; i++)
		done = compare_authority(v, codes.item[i], err);
	mem_free(codes.item);
	return done;
}

static bool check_all(struct verifying *v, struct arena *keep, struct err *err)
{
	if (!verify_written(v, err) || !check_rest(v, err))
		return false;
	verify_claims(v);
	return check_derived(v, keep, err);
}

/* In one snapshot, while others write. */
static bool verify(struct store *store, struct arena *keep, const char *witness, bool ledger_only,
	struct ledger_report *out, struct err *err)
{
	*out = (struct ledger_report){ 0 };
	struct err first = { 0 };
	struct verifying v = { .store = store, .report = out, .err = &first,
		.arena = arena_open((size_t)1 << 30) };
	bool begun = !db_begun(store->db);
	bool done = (!begun || db_begin(store->db, err)) && verify_chain(&v, keep, witness, err) &&
		(ledger_only || check_all(&v, keep, err));
	if (begun)
		db_rollback(store->db);
	arena_close(v.arena);
	mem_free(v.claims.item);
	mem_free(v.seen.item);
	mem_free(v.stones.item);
	if (done && v.faulty && err != NULL)
		*err = first;
	return done && !v.faulty;
}

bool store_verify(
	struct store *store, struct arena *arena, struct ledger_report *out, struct err *err)
{
	return verify(store, arena, NULL, false, out, err);
}

bool store_verify_against(struct store *store, struct arena *arena, const char *witness,
	struct ledger_report *out, struct err *err)
{
	return verify(store, arena, witness, false, out, err);
}

bool store_verify_ledger(struct store *store, struct arena *arena, const char *witness,
	struct ledger_report *out, struct err *err)
{
	return verify(store, arena, witness, true, out, err);
}
