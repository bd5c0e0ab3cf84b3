#include "returns/ssda903/check/postcodes.h"
#include "returns/ssda903/check/authority.h"

#include "base/csv.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEAD = 64,
	SUM_AT = 32,
	NAME = 10,
	AUTHORITY = 24,
	AUTHORITIES_MOST = 4000,
	PAGE = 4096,
	PAGE_HEAD = 16,
	RECORD = 16,
	RECORDS_A_PAGE = (PAGE - PAGE_HEAD) / RECORD,
	PAGES_MOST = 1 << 20,
	VERSION = 1,
	LETTERS = 37,
};
static const char magic[] = "DULYPOST";

/* ---- numbers, and their sum */

static void put(unsigned char *at, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		at[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get(const char *at, int bytes)
{
	uint64_t out = 0;
	for (int i = bytes; i-- > 0;)
		out = out << 8 | (unsigned char)at[i];
	return out;
}

/* Finds what was cut or damaged; no proof against who means to. Of whole eights of bytes. */
static uint64_t sum(const char *at, size_t n)
{
	uint64_t out = 0x9e3779b97f4a7c15;
	for (size_t i = 0; i + 8 <= n; i += 8) {
		out = (out ^ get(at + i, 8)) * 0xff51afd7ed558ccd;
		out ^= out >> 32;
	}
	return out;
}

/* Of all before the pages but the place where it stands. */
static uint64_t head_sum(const char *head, size_t page_at)
{
	return sum(head, SUM_AT) ^ sum(head + SUM_AT + 8, page_at - SUM_AT - 8);
}

/* ---- a postcode as a number: outward part in four places, inward in three, as the directory sorts them */

static bool read_key(str postcode, uint64_t *out)
{
	int letter[8], n = 0;
	for (size_t i = 0; i < postcode.n; i++) {
		char c = postcode.p[i];
		if (c == ' ')
			continue;
		if (n == 7)
			return false;
		if (c >= '0' && c <= '9')
			letter[n++] = c - '0' + 1;
		else if (c >= 'A' && c <= 'Z')
			letter[n++] = c - 'A' + 11;
		else if (c >= 'a' && c <= 'z')
			letter[n++] = c - 'a' + 11;
		else
			return false;
	}
	if (n < 5)
		return false;
	*out = 0;
	for (int i = 0; i < 4; i++)
		*out = *out * LETTERS + (uint64_t)(i < n - 3 ? letter[i] : 0);
	for (int i = n - 3; i < n; i++)
		*out = *out * LETTERS + (uint64_t)letter[i];
	return true;
}

/* ---- building */

struct record {
	uint64_t key; /* of the postcode, then 16 bits: the authority */
	uint32_t east, north;
};

enum { SLOTS = 1 << 13 };

struct building {
	struct {
		struct record *item;
		size_t n, room;
	} record;
	unsigned char authority[AUTHORITIES_MOST][AUTHORITY];
	size_t authorities;
	uint16_t slot[SLOTS]; /* 0: empty; else the index and one */
	bool sorted;
};

static bool is_place_code(str text)
{
	return text.n == 9;
}

/* By the district; of one that we do not know, whom the file names. A file may name a county that is no
 * more, and of which several authorities were made. "E99999999" is nobody. */
static str who_answers(str district, str upper)
{
	str answers = authority_for_children(district);
	bool named = is_place_code(upper) && !str_starts(upper, S("E999"));
	return named && str_starts(answers, S("E07")) ? authority_for_children(upper) : answers;
}

static bool find_authority(struct building *b, str district, str upper, uint64_t *out, struct err *err)
{
	unsigned char wanted[AUTHORITY] = { 0 };
	if (is_place_code(district)) {
		str answers = who_answers(district, upper);
		memcpy(wanted, district.p, district.n);
		memcpy(wanted + NAME, answers.p, answers.n);
	}
	size_t at = str_hash((str){ (const char *)wanted, AUTHORITY }) & (SLOTS - 1);
	for (; b->slot[at] != 0; at = (at + 1) & (SLOTS - 1)) {
		if (memcmp(b->authority[b->slot[at] - 1], wanted, AUTHORITY) == 0) {
			*out = b->slot[at] - 1u;
			return true;
		}
	}
	if (b->authorities == AUTHORITIES_MOST)
		return err_set(err, ERR_INPUT, "more than %d authorities", AUTHORITIES_MOST);
	memcpy(b->authority[b->authorities], wanted, AUTHORITY);
	*out = b->authorities++;
	b->slot[at] = (uint16_t)b->authorities;
	return true;
}

static uint32_t read_metres(str text)
{
	int64_t out;
	return str_int(text, &out) && out >= 0 && out < 2000000 ? (uint32_t)out : UINT32_MAX;
}

enum column_of { POSTCODE, DISTRICT, EAST, NORTH, UPPER, COLUMNS };
enum { NAMES = 8 };

/* What each is called, now and in earlier years. */
static const char *const names[COLUMNS][NAMES] = {
	{ "pcd", "pcds", "pcd7", "pcd8", "postcode" },
	{ "laua", "lad25cd", "lad24cd", "lad23cd", "oslaua", "ladcd" },
	{ "oseast1m", "east1m", "easting" },
	{ "osnrth1m", "north1m", "northing" },
	{ "utla", "oscty", "cty25cd", "cty24cd", "utlacd" },
};

static bool find_columns(const struct csv_row *header, struct csv_column out[COLUMNS], struct err *err)
{
	for (int i = 0; i < COLUMNS; i++) {
		out[i] = (struct csv_column){ names[i][0], true, CSV_ABSENT };
		for (int k = 0; k < NAMES && names[i][k] != NULL && out[i].at == CSV_ABSENT; k++) {
			out[i].name = names[i][k];
			if (!csv_columns(header, &out[i], 1, NULL, err))
				return false;
		}
		if (out[i].at == CSV_ABSENT && i != UPPER)
			return err_set(err, ERR_INPUT, "there is no column %s", names[i][0]);
	}
	return true;
}

static bool take_row(struct building *b, const struct csv_row *row, const struct csv_column *column, struct err *err)
{
	uint64_t key, authority;
	if (!read_key(csv_field(row, &column[POSTCODE]), &key))
		return true;
	if (!find_authority(b, str_trim(csv_field(row, &column[DISTRICT])), str_trim(csv_field(row, &column[UPPER])),
		    &authority, err))
		return false;
	struct record one = { key << 16 | authority, read_metres(csv_field(row, &column[EAST])),
		read_metres(csv_field(row, &column[NORTH])) };
	if (b->record.n > 0 && b->record.item[b->record.n - 1].key > one.key)
		b->sorted = false;
	ARRAY_MORE(&b->record) = one;
	return true;
}

static int compare_records(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	return (x->key > y->key) - (x->key < y->key);
}

static void sort_records(struct building *b)
{
	if (!b->sorted && b->record.n > 1)
		qsort(b->record.item, b->record.n, sizeof *b->record.item, compare_records);
	size_t kept = 0;
	for (size_t i = 0; i < b->record.n; i++) {
		if (kept == 0 || b->record.item[kept - 1].key >> 16 != b->record.item[i].key >> 16)
			b->record.item[kept++] = b->record.item[i];
	}
	b->record.n = kept;
}

static bool read_csv(struct building *b, str text, struct arena *arena, struct err *err)
{
	if (str_starts(text, S("\xef\xbb\xbf")))
		text = str_from(text, 3);
	struct csv csv = csv_open(text, arena, (struct csv_options){ 0 });
	struct csv_column column[COLUMNS];
	struct csv_row row;
	if (!csv_next(&csv, &row))
		return csv_end(&csv, err) && err_set(err, ERR_INPUT, "the file is empty");
	if (!find_columns(&row, column, err))
		return false;
	while (csv_next(&csv, &row)) {
		if (!take_row(b, &row, column, err))
			return false;
	}
	if (!csv_end(&csv, err))
		return false;
	return b->record.n > 0 || err_set(err, ERR_INPUT, "there is no postcode in it");
}

static size_t page_at_of(size_t authorities, size_t pages)
{
	return (HEAD + authorities * AUTHORITY + pages * 8 + PAGE - 1) / PAGE * PAGE;
}

static void put_page(unsigned char *page, const struct record *record, size_t n)
{
	put(page + 8, n, 4);
	for (size_t i = 0; i < n; i++) {
		unsigned char *at = page + PAGE_HEAD + i * RECORD;
		put(at, record[i].key, 8);
		put(at + 8, record[i].east, 4);
		put(at + 12, record[i].north, 4);
	}
	put(page, sum((const char *)page + 8, PAGE - 8), 8);
}

static bool put_index(const struct building *b, struct buf *out, struct err *err)
{
	size_t n = b->record.n, pages = (n + RECORDS_A_PAGE - 1) / RECORDS_A_PAGE;
	size_t page_at = page_at_of(b->authorities, pages), bytes = page_at + pages * PAGE;
	unsigned char *head = pages <= PAGES_MOST ? (unsigned char *)buf_reserve(out, bytes) : NULL;
	if (head == NULL)
		return err_set(err, ERR_FULL, "too many postcodes");
	memset(head, 0, bytes);
	out->n += bytes;
	memcpy(head, magic, sizeof magic - 1);
	put(head + 8, VERSION, 4);
	put(head + 12, b->authorities, 4);
	put(head + 16, pages, 4);
	put(head + 24, n, 8);
	memcpy(head + HEAD, b->authority, b->authorities * AUTHORITY);
	for (size_t i = 0; i < pages; i++) {
		const struct record *first = &b->record.item[i * RECORDS_A_PAGE];
		size_t left = n - i * RECORDS_A_PAGE;
		put(head + HEAD + b->authorities * AUTHORITY + i * 8, first->key >> 16, 8);
		put_page(head + page_at + i * PAGE, first, left < RECORDS_A_PAGE ? left : RECORDS_A_PAGE);
	}
	put(head + SUM_AT, head_sum((const char *)head, page_at), 8);
	return true;
}

bool postcodes_build(str csv, struct buf *out, size_t *postcodes, struct err *err)
{
	struct building *b = mem_alloc(1, sizeof *b);
	struct arena *arena = arena_open((size_t)1 << 30);
	b->sorted = true;
	bool done = read_csv(b, csv, arena, err);
	if (done) {
		sort_records(b);
		*postcodes = b->record.n;
		done = put_index(b, out, err);
	}
	arena_close(arena);
	mem_free(b->record.item);
	mem_free(b);
	return done;
}

/* ---- reading */

bool postcodes_is_index(str bytes)
{
	return str_starts(bytes, S("DULYPOST"));
}

bool postcodes_open(struct arena *arena, str bytes, struct postcode_index *out, struct err *err)
{
	static const char broken[] = "this index of postcodes is cut short or damaged: build it again";
	*out = (struct postcode_index){ .bytes = bytes };
	if (bytes.n < HEAD || !postcodes_is_index(bytes))
		return err_set(err, ERR_BROKEN, broken);
	if (get(bytes.p + 8, 4) != VERSION)
		return err_set(err, ERR_BROKEN, "this index of postcodes is of another version of Duly: build it again");
	out->authorities = get(bytes.p + 12, 4);
	out->pages = get(bytes.p + 16, 4);
	if (out->authorities > AUTHORITIES_MOST || out->pages == 0 || out->pages > PAGES_MOST)
		return err_set(err, ERR_BROKEN, broken);
	out->page_at = page_at_of(out->authorities, out->pages);
	if (bytes.n != out->page_at + out->pages * PAGE ||
		get(bytes.p + SUM_AT, 8) != head_sum(bytes.p, out->page_at))
		return err_set(err, ERR_BROKEN, broken);
	out->read = arena_take(arena, out->pages, 1);
	out->damaged = arena_new(arena, bool);
	return true;
}

/* The last page that begins with that key or one before it. */
static size_t find_page(const struct postcode_index *index, uint64_t key)
{
	const char *first = index->bytes.p + HEAD + index->authorities * AUTHORITY;
	size_t low = 0, high = index->pages;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (get(first + middle * 8, 8) <= key)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static bool is_whole(const struct postcode_index *index, size_t page)
{
	const char *at = index->bytes.p + index->page_at + page * PAGE;
	if (index->read[page] == 0) {
		bool whole = get(at, 8) == sum(at + 8, PAGE - 8) && get(at + 8, 4) <= RECORDS_A_PAGE;
		index->read[page] = whole ? 1 : 2;
		*index->damaged |= !whole;
	}
	return index->read[page] == 1;
}

static void read_place(const struct postcode_index *index, const char *record, struct place_of *out)
{
	size_t authority = get(record, 2);
	*out = (struct place_of){ .known = true, .east = (int32_t)(uint32_t)get(record + 8, 4),
		.north = (int32_t)(uint32_t)get(record + 12, 4) };
	if (authority >= index->authorities)
		return;
	const char *row = index->bytes.p + HEAD + authority * AUTHORITY;
	memcpy(out->district, row, NAME - 1);
	memcpy(out->upper, row + NAME, NAME - 1);
}

bool postcodes_find(const void *context, str postcode, struct place_of *out)
{
	const struct postcode_index *index = context;
	uint64_t key;
	if (!read_key(postcode, &key))
		return false;
	size_t page = find_page(index, key);
	if (!is_whole(index, page))
		return false;
	const char *at = index->bytes.p + index->page_at + page * PAGE;
	size_t low = 0, high = get(at + 8, 4);
	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *record = at + PAGE_HEAD + middle * RECORD;
		uint64_t found = get(record, 8) >> 16;
		if (found == key) {
			read_place(index, record, out);
			return true;
		}
		if (found < key)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
