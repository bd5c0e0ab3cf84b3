#include "returns/mend/mend.h"

#include <string.h>

static const struct {
	str text, words;
} hands[MENDERS] = {
	[MENDER_OFFICER] = { S_INIT("officer"), S_INIT("Reviewing officer") },
	[MENDER_CHAIR] = { S_INIT("chair"), S_INIT("Conference chair") },
	[MENDER_WORKER] = { S_INIT("worker"), S_INIT("Social worker or their team") },
	[MENDER_SUPPORT] = { S_INIT("support"), S_INIT("Business support") },
	[MENDER_SYSTEM] = { S_INIT("system"), S_INIT("Case system team") },
};

const struct mend_row mend_rows[] = {
#define KEY(kind_, table_, field_)                                                                 \
	{ .what = MEND_KEY, .kind = S_INIT(kind_), .name = S_INIT(table_), .field = S_INIT(field_) },
#define MEND(kind_, table_, field_, hand_, record_, record_field_)                                 \
	{ .what = MEND_FIELD, .kind = S_INIT(kind_), .name = S_INIT(table_), .field = S_INIT(field_), \
		.hand = MENDER_##hand_, .record = S_INIT(record_), .record_field = S_INIT(record_field_) },
#define BUT(kind_, rule_, hand_)                                                                   \
	{ .what = MEND_RULE, .kind = S_INIT(kind_), .name = S_INIT(rule_), .hand = MENDER_##hand_ },
#include "returns/mend/mend.def"
#undef KEY
#undef MEND
#undef BUT
};
const size_t mend_rows_n = sizeof mend_rows / sizeof *mend_rows;

str mender_text(enum mender hand)
{
	return hands[hand].text;
}

str mender_words(enum mender hand)
{
	return hands[hand].words;
}

bool mender_find(str text, enum mender *out)
{
	for (enum mender hand = 0; hand < MENDERS; hand++) {
		if (str_equal(hands[hand].text, text)) {
			*out = hand;
			return true;
		}
	}
	return false;
}

static bool is_row(const struct mend_row *row, str kind, str name, str field)
{
	return row->what == MEND_FIELD && str_equal(row->field, field) && str_equal(row->kind, kind) &&
		(name.n == 0 || str_equal(row->name, name));
}

/* The first line of the field; in the finding's own table, else in any. NULL: there is none. */
static const struct mend_row *row_of(const struct mend_place *place, str field)
{
	for (int own = 1; own >= 0; own--) {
		for (size_t i = 0; i < mend_rows_n; i++) {
			if (is_row(&mend_rows[i], place->kind, own == 1 ? place->name : (str){ 0 }, field))
				return &mend_rows[i];
		}
	}
	return NULL;
}

/* A date of birth is in most rows, and seldom what is wrong with them where another field is told of. */
static const struct mend_row *first_of(const struct mend_place *place)
{
	const struct mend_row *first = NULL, *born = NULL;
	for (int own = 1; own >= 0; own--) {
		str rest = place->fields, field;
		while (first == NULL && str_split(&rest, ' ', &field)) {
			const struct mend_row *row = row_of(place, field);
			if (row == NULL || (own == 1 && !str_equal(row->name, place->name)))
				continue;
			if (str_equal(field, S("DOB")))
				born = born == NULL ? row : born;
			else
				first = row;
		}
	}
	return first != NULL ? first : born;
}

enum mender mend_by(const struct mend_place *place)
{
	for (size_t i = 0; i < mend_rows_n; i++) {
		const struct mend_row *row = &mend_rows[i];
		if (row->what == MEND_RULE && str_equal(row->name, place->rule) &&
			str_equal(row->kind, place->kind))
			return row->hand;
	}
	const struct mend_row *row = first_of(place);
	return row == NULL ? MENDER_SYSTEM : row->hand;
}

size_t mend_fields(const struct mend_place *place, struct mend out[static MENDS_MOST])
{
	const struct mend_row *first = first_of(place);
	size_t n = 0;
	if (first == NULL)
		return 0;
	for (const struct mend_row *row = first; row < mend_rows + mend_rows_n && n < MENDS_MOST; row++) {
		if (!is_row(row, first->kind, first->name, first->field) || row->record.n == 0)
			continue;
		const struct record_type *type = record_type_find(row->record);
		out[n++] = (struct mend){ type, record_field(type, row->record_field) };
	}
	return n;
}

str mend_key(str kind, str name)
{
	for (size_t i = 0; i < mend_rows_n; i++) {
		const struct mend_row *row = &mend_rows[i];
		if (row->what == MEND_KEY && str_equal(row->name, name) && str_equal(row->kind, kind))
			return row->field;
	}
	return (str){ 0 };
}

bool mend_touches(str kind, str name, const struct record_type *type)
{
	for (size_t i = 0; i < mend_rows_n; i++) {
		const struct mend_row *row = &mend_rows[i];
		if (row->what == MEND_FIELD && str_equal(row->record, type->name) &&
			str_equal(row->name, name) && str_equal(row->kind, kind))
			return true;
	}
	return false;
}

/* ---- whether a record is the one */

static day day_at(const struct record_type *type, const void *record, const char *name)
{
	const struct field *field = record_field(type, str_of(name));
	const char *at = record;
	if (field == NULL)
		return DAY_UNKNOWN;
	return field->kind == KIND_DAY ? *(const day *)(const void *)(at + field->at)
		: field->kind == KIND_WHEN ? ((const struct when *)(const void *)(at + field->at))->on
					   : DAY_UNKNOWN;
}

day mend_day(const struct record_type *type, const void *record)
{
	static const char *const own[] = { "held", "began", "changed", "received" };
	day on = DAY_UNKNOWN;
	for (size_t i = 0; i < sizeof own / sizeof *own && on == DAY_UNKNOWN; i++)
		on = day_at(type, record, own[i]);
	return on;
}

int mend_is_of(const struct record_type *type, const void *record, day key)
{
	static const char *const end[] = { "ended", "closed", "authorised" };
	if (type->single || type == &child_type)
		return 2;
	day from = mend_day(type, record), to = DAY_UNKNOWN;
	for (size_t i = 0; i < sizeof end / sizeof *end && to == DAY_UNKNOWN; i++)
		to = day_at(type, record, end[i]);
	if (from == key)
		return 2; /* also where neither is known */
	bool period = type != &cla_review_type && type != &conference_type;
	return period && from != DAY_UNKNOWN && key != DAY_UNKNOWN && from < key &&
		(to == DAY_UNKNOWN || key <= to);
}
