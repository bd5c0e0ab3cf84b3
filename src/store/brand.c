#include "store/brand.h"

#include "store/inside.h"
#include "store/setting.h"

#include <sodium.h>
#include <string.h>

SQL(brand_read,
	"SELECT s.key, s.value FROM setting s WHERE s.key IN ('brand-colour', 'brand-logo')");
SQL(brand_logo,
	"SELECT p.bytes FROM setting s JOIN picture p ON p.sha256 = s.value "
	"WHERE s.key = 'brand-logo'");
SQL(picture_add,
	"INSERT INTO picture (sha256, bytes, added_at) VALUES ($1, $2, $3) "
	"ON CONFLICT (sha256) DO NOTHING");

static void keep(char *out, size_t room, str value)
{
	bool fits = value.n < room;
	memcpy(out, value.p == NULL ? "" : value.p, fits ? value.n : 0);
	out[fits ? value.n : 0] = '\0';
}

bool store_brand(struct store *store, struct brand *out, struct err *err)
{
	*out = (struct brand){ 0 };
	struct stmt *stmt = db_use(store->db, &brand_read);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (str_equal(db_text(stmt, 0), S("brand-colour")))
			keep(out->colour, sizeof out->colour, db_text(stmt, 1));
		else
			keep(out->logo, sizeof out->logo, db_text(stmt, 1));
	}
	return row == DB_DONE;
}

bool store_brand_logo(struct store *store, struct arena *arena, str *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &brand_logo);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = arena_str(arena, db_bytes(stmt, 0));
	db_reset(stmt);
	return row == DB_ROW || (row == DB_DONE && err_set(err, ERR_MISSING, "there is no logo"));
}

static bool picture_keep(struct store *store, str bytes, char hex[static 65], struct err *err)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
	sodium_bin2hex(hex, 65, hash, sizeof hash);
	struct stmt *stmt = db_use(store->db, &picture_add);
	db_bind_text(stmt, 1, str_of(hex));
	db_bind_bytes(stmt, 2, bytes);
	db_bind_int(stmt, 3, store_now(store));
	return db_do(stmt, err);
}

bool store_brand_set(struct store *store, const struct actor *actor, str colour, const str *logo,
	struct err *err)
{
	char hex[65] = "";
	struct brand before;
	bool begun = step_begin(store, err), joined = store->joined;
	bool done = begun && store_brand(store, &before, err) &&
		    (logo == NULL || logo->n == 0 || picture_keep(store, *logo, hex, err));
	const struct setting both[] = { { S("brand-colour"), colour }, { S("brand-logo"), str_of(hex) } };
	/* What is as it was is not told again. */
	bool other = done && logo != NULL && !str_equal(str_of(hex), str_of(before.logo));
	bool coloured = done && !str_equal(colour, str_of(before.colour));
	store->joined = true; /* the settings are a step of this one */
	done = done &&
	       store_set_all(store, actor, coloured ? both : both + 1, (size_t)coloured + other, err);
	store->joined = joined;
	done = done && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}
