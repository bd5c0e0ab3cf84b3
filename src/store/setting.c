#include "store/setting.h"

#include "store/inside.h"

#include <sodium.h>

SQL(settings_all, "SELECT s.key, s.value FROM setting s");
SQL(setting_told, "INSERT INTO setting_told (seq, key, digest) VALUES ($1, $2, $3)");

bool store_settings(struct store *store, struct arena *arena, const str *key, size_t n, str *value,
	struct err *err)
{
	for (size_t i = 0; i < n; i++)
		value[i] = (str){ 0 };
	struct stmt *stmt = db_use(store->db, &settings_all);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		for (size_t i = 0; i < n; i++) {
			if (str_equal(key[i], db_text(stmt, 0)))
				value[i] = arena_str(arena, db_text(stmt, 1));
		}
	}
	return row == DB_DONE;
}

/* ---- written: one is told by the entry itself, several by rows that the entry sums up */

void setting_digest(const struct store *store, str value, unsigned char out[static DIGEST])
{
	crypto_generichash(out, DIGEST, (const unsigned char *)(value.p == NULL ? "" : value.p),
		value.n, store->key, KEY);
}

void setting_sum(const struct store *store, str key, const unsigned char digest[static DIGEST],
	unsigned char sum[static DIGEST])
{
	struct buf bytes = { 0 };
	unsigned char one[DIGEST];
	buf_format(&bytes, "setting;%zu:", key.n);
	buf_str(&bytes, key);
	buf_bytes(&bytes, digest, DIGEST);
	crypto_generichash(
		one, DIGEST, (const unsigned char *)bytes.p, bytes.n, store->key, KEY);
	buf_close(&bytes);
	for (size_t i = 0; i < DIGEST; i++)
		sum[i] ^= one[i];
}

static bool write_all(struct store *store, const struct setting *setting, size_t n, struct entry *entry,
	struct err *err)
{
	bool done = true;
	for (size_t i = 0; done && i < n; i++) {
		unsigned char digest[DIGEST];
		setting_digest(store, setting[i].value, digest);
		setting_sum(store, setting[i].key, digest, entry->digest);
		done = write_setting(store, setting[i].key, setting[i].value, err) &&
			setting_after(store, setting[i].key, err);
	}
	if (n == 1) {
		entry->act = S("set");
		entry->objects = setting->key;
		setting_digest(store, setting->value, entry->digest);
	}
	return done && ledger_append(store, entry, err);
}

static bool tell_all(struct store *store, const struct setting *setting, size_t n, int64_t seq,
	struct err *err)
{
	bool done = true;
	for (size_t i = 0; done && n > 1 && i < n; i++) {
		unsigned char digest[DIGEST];
		setting_digest(store, setting[i].value, digest);
		struct stmt *stmt = db_use(store->db, &setting_told);
		db_bind_int(stmt, 1, seq);
		db_bind_text(stmt, 2, setting[i].key);
		db_bind_bytes(stmt, 3, str_bytes(digest, DIGEST));
		done = db_do(stmt, err);
	}
	return done;
}

/* The council's own, under its code. */
static str key_of(struct arena *arena, const struct actor *actor, str key)
{
	if (actor->authority.n == 0 || !setting_is_of_authority(key))
		return key;
	return arena_format(arena, "%.*s@%.*s", STR_ARGS(key), STR_ARGS(actor->authority));
}

bool store_set_all(struct store *store, const struct actor *actor, const struct setting *setting,
	size_t n, struct err *err)
{
	struct entry entry = {
		.at = store_now(store),
		.actor = actor->user,
		.role = actor->role,
		.act = S("set-several"),
		.authority = actor->authority,
		.changed = (int64_t)(n > 1 ? n : 0),
	};
	if (n == 0)
		return true;
	struct arena *arena = arena_open(1 << 16);
	struct setting *own = arena_take(arena, n, sizeof *own);
	bool right = true;
	for (size_t i = 0; right && i < n; i++) {
		own[i] = (struct setting){ key_of(arena, actor, setting[i].key), setting[i].value };
		right = setting_check(store, actor, own[i].key, own[i].value, err);
	}
	if (!right) {
		arena_close(arena);
		return false;
	}
	bool begun = step_begin(store, err);
	bool done = begun && write_all(store, own, n, &entry, err) &&
		    tell_all(store, own, n, entry.seq, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	arena_close(arena);
	return done;
}

/* ---- of one council */

SQL(setting_of, "SELECT " SETTING_OF("$1", "$2"));

bool setting_is_of_authority(str key)
{
	static const str keys[] = { S_INIT("authority-name"), S_INIT("brand-colour"),
		S_INIT("brand-logo"), S_INIT("caseload-norm"), S_INIT("duty-hidden"),
		S_INIT("duty-number") };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (str_equal(keys[i], key))
			return true;
	}
	return str_starts(key, S("source-limit:")) || str_starts(key, S("import-mapping:"));
}

bool store_setting_of(struct store *store, struct arena *arena, str authority, str key, str *value,
	struct err *err)
{
	*value = (str){ 0 };
	struct stmt *stmt = db_use(store->db, &setting_of);
	db_bind_text(stmt, 1, key);
	db_bind_text(stmt, 2, authority);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*value = arena_str(arena, db_text(stmt, 0));
	db_reset(stmt);
	return row != DB_FAIL;
}

/* Of a row of settings: is it the key's, in that council? 2: its own; 1: that of the store. */
static int stands_for(str stored, str key, str authority)
{
	if (str_equal(stored, key))
		return 1;
	size_t at = key.n;
	return setting_is_of_authority(key) && stored.n == at + 1 + authority.n &&
			str_starts(stored, key) && stored.p[at] == '@' &&
			str_equal(str_from(stored, at + 1), authority)
		? 2
		: 0;
}

bool store_settings_of(struct store *store, struct arena *arena, str authority, const str *key,
	size_t n, str *value, struct err *err)
{
	int *best = arena_take(arena, n + 1, sizeof *best);
	str first = { 0 };
	for (size_t i = 0; i < n; i++)
		value[i] = (str){ 0 };
	struct stmt *stmt = db_use(store->db, &settings_all);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		str stored = db_text(stmt, 0);
		if (str_equal(stored, S("authority")))
			first = arena_str(arena, db_text(stmt, 1));
		for (size_t i = 0; i < n; i++) {
			int fits = stands_for(stored, key[i], authority);
			if (fits <= best[i])
				continue;
			best[i] = fits;
			value[i] = arena_str(arena, db_text(stmt, 1));
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (best[i] == 1 && setting_is_of_authority(key[i]) && first.n > 0 &&
			!str_equal(first, authority))
			value[i] = (str){ 0 };
	}
	return row == DB_DONE;
}
