#include "store/brand.h"

#include "store/inside.h"
#include "store/setting.h"

#include <sodium.h>
#include <string.h>

SQL(brand_read,
	"SELECT s.key, s.value FROM setting s WHERE s.key = 'authority' OR substr(s.key, 1, 6) = "
	"'brand-' OR substr(s.key, 1, 14) = 'authority-name' ORDER BY s.key");
SQL(brand_logo, "SELECT p.bytes FROM picture p WHERE p.sha256 = $1");
SQL(picture_add,
	"INSERT INTO picture (sha256, bytes, added_at) VALUES ($1, $2, $3) "
	"ON CONFLICT (sha256) DO NOTHING");

static void keep(char *out, size_t room, str value)
{
	bool fits = value.n < room;
	memcpy(out, value.p == NULL ? "" : value.p, fits ? value.n : 0);
	out[fits ? value.n : 0] = '\0';
}

static struct brand *brand_at(struct brands *brands, str code)
{
	for (size_t i = 0; i < brands->n; i++) {
		if (str_equal(str_of(brands->item[i].code), code))
			return &brands->item[i];
	}
	if (brands->n == BRANDS_MOST)
		return NULL;
	struct brand *brand = &brands->item[brands->n++];
	keep(brand->code, sizeof brand->code, code);
	return brand;
}

/* "authority" comes before all others, and what is set as KEY before KEY@CODE. */
bool store_brands(struct store *store, struct brands *out, struct err *err)
{
	*out = (struct brands){ .n = 1 };
	struct stmt *stmt = db_use(store->db, &brand_read);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		str key = db_text(stmt, 0), value = db_text(stmt, 1), rest = key, what;
		if (str_equal(key, S("authority"))) {
			keep(out->item[0].code, sizeof out->item[0].code, value);
			continue;
		}
		str_split(&rest, '@', &what);
		struct brand *brand = what.n == key.n ? &out->item[0] : brand_at(out, rest);
		if (brand == NULL)
			continue;
		if (str_equal(what, S("brand-colour")))
			keep(brand->colour, sizeof brand->colour, value);
		else if (str_equal(what, S("brand-logo")))
			keep(brand->logo, sizeof brand->logo, value);
		else if (str_equal(what, S("authority-name")))
			keep(brand->name, sizeof brand->name, value);
	}
	return row == DB_DONE;
}

struct brand brand_of(const struct brands *brands, str code)
{
	/* A store that was not yet said to be any council's: the only one that has set something. */
	bool named = brands->item[0].code[0] != '\0';
	if (code.n == 0 || (!named && brands->n == 1))
		return brands->item[!named && brands->n == 2];
	for (size_t i = 0; i < brands->n; i++) {
		if (str_equal(str_of(brands->item[i].code), code))
			return brands->item[i];
	}
	struct brand none = { .colour = "" };
	keep(none.code, sizeof none.code, code);
	return none;
}

bool store_brand_logo(struct store *store, struct arena *arena, str logo, str *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &brand_logo);
	db_bind_text(stmt, 1, logo);
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
	struct brands brands;
	bool begun = step_begin(store, err), joined = store->joined;
	bool done = begun && store_brands(store, &brands, err) &&
		    (logo == NULL || logo->n == 0 || picture_keep(store, *logo, hex, err));
	const struct setting both[] = { { S("brand-colour"), colour }, { S("brand-logo"), str_of(hex) } };
	const struct brand before = done ? brand_of(&brands, actor->authority) : (struct brand){ .code = "" };
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
