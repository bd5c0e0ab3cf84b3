#include "store/search.h"

#include "store/list_seen.h"
#include "store/search_sound.h"

#include <stdlib.h>

/* Who is hidden has no keys, so what is asked never comes upon them. Those whom the reader may see, a
 * few, are brought each time whatever was asked, with the day of birth, and looked at here. */
_Static_assert(HIDDEN == 3, "the number stands below, and in the index child_row_hidden");
#define HIDDEN_AND                                                                                 \
	"SELECT " PICK_COLUMNS ", r.forename, r.surname, '', r.born FROM child_row r "             \
	"CROSS JOIN access a WHERE r.openness = 3 AND a.subject = r.subject AND" SEEN_NOW          \
	"UNION ALL "
/* $5 the first key, $6 behind the last, $7 the sound: by the most telling word. The joins stand in
 * the order in which they are to be made. */
SQL(search_by_key,
	HIDDEN_AND
	"SELECT " PICK_COLUMNS ", r.forename, r.surname, k.key, NULL FROM search_key k CROSS JOIN access a "
	"CROSS JOIN child_row r WHERE ((k.key >= $5 AND k.key < $6) OR k.sound = $7) "
	"AND ((k.by_name = 0 AND k.key = $5) OR (k.by_name = 1 AND a.level = 2)) AND a.subject = k.subject "
	"AND r.subject = k.subject AND" SEEN_NOW "LIMIT 1500");
SQL(search_by_birth,
	HIDDEN_AND
	"SELECT " PICK_COLUMNS ", r.forename, r.surname, '', NULL FROM child_row r CROSS JOIN access a "
	"WHERE r.born = $5 AND r.openness IN (0, 1, 2) AND a.level = 2 AND a.subject = r.subject AND" SEEN_NOW
	"LIMIT 1500");

enum { PARTS = 12, MOST = 1500, SHORTEST = 2 };

/* ---- what a child is searched by */

static const char *const columns[] = { "subject", "by_name", "key", "sound" };
const struct table search_key_table = { S_INIT("search_key"), columns, 4, "iitt" };

struct parts {
	str key[PARTS];
	size_t n;
};

static void add_part(struct parts *parts, str key)
{
	for (size_t i = 0; i < parts->n; i++) {
		if (str_equal(parts->key[i], key))
			return;
	}
	if (key.n > 0 && parts->n < PARTS)
		parts->key[parts->n++] = key;
}

/* "Anna-Maria van Dijk", "O'Brien": whole, and each of its parts. */
static void add_parts(struct arena *arena, struct parts *parts, str name)
{
	str rest = name, word, half, piece;
	add_part(parts, folded(arena, name));
	while (str_split(&rest, ' ', &word)) {
		while (str_split(&word, '-', &half)) {
			add_part(parts, folded(arena, half));
			while (str_split(&half, '\'', &piece))
				add_part(parts, folded(arena, piece));
		}
	}
}

static str sound_of(struct arena *arena, str key)
{
	struct buf sound = { 0 };
	buf_sound(&sound, key);
	str kept = arena_str(arena, buf_view(&sound));
	buf_close(&sound);
	return kept;
}

static struct cell *key_row(struct arena *arena, int64_t subject, bool by_name, str key, str sound)
{
	struct cell *cell = arena_take(arena, 4, sizeof *cell);
	cell[0] = cell_int(subject);
	cell[1] = cell_int(by_name);
	cell[2] = cell_key(key);
	cell[3] = cell_key(sound);
	return cell;
}

static int compare_keys(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

size_t search_cells(struct arena *arena, int64_t subject, const struct child *child,
	struct cell ***out)
{
	struct parts parts = { 0 };
	size_t n = 0;
	add_parts(arena, &parts, child->forename);
	add_parts(arena, &parts, child->surname);
	qsort(parts.key, parts.n, sizeof *parts.key, compare_keys);
	struct cell **row = arena_take(arena, PARTS + 1, sizeof *row);
	row[n++] = key_row(arena, subject, false, folded(arena, child->number), (str){ 0 });
	for (size_t i = 0; i < parts.n; i++)
		row[n++] = key_row(
			arena, subject, true, parts.key[i], sound_of(arena, parts.key[i]));
	*out = row;
	return n;
}

/* ---- finding */

struct asked {
	struct asked_word {
		str key, sound;
	} word[SEARCH_WORDS];
	size_t n, driver; /* the longest word tells most */
};

static struct asked words_of(struct arena *arena, str text)
{
	struct asked asked = { 0 };
	str rest = text, piece;
	while (asked.n < SEARCH_WORDS && str_split(&rest, ' ', &piece)) {
		str key = folded(arena, piece);
		if (key.n == 0)
			continue;
		asked.word[asked.n] = (struct asked_word){ key, sound_of(arena, key) };
		if (key.n > asked.word[asked.driver].key.n)
			asked.driver = asked.n;
		asked.n++;
	}
	return asked;
}

bool search_is_enough(struct arena *arena, const struct search *search)
{
	struct asked asked = words_of(arena, search->text);
	return search->born != DAY_UNKNOWN ||
		(asked.n > 0 && asked.word[asked.driver].key.n >= SHORTEST);
}

enum fit { FIT_WHOLE, FIT_START, FIT_SOUND, FIT_NOT };

/* One word and nothing else was asked, and the key that it found is known. */
static int distance_of_key(const struct asked_word *word, str key, bool *by_sound)
{
	*by_sound = !str_starts(key, word->key);
	if (*by_sound)
		return FIT_SOUND;
	return key.n == word->key.n ? FIT_WHOLE : FIT_START;
}

static enum fit fit_of(struct arena *arena, const struct asked_word *word, const struct parts *parts)
{
	enum fit best = FIT_NOT;
	for (size_t i = 0; i < parts->n && best != FIT_WHOLE; i++) {
		enum fit fit = FIT_NOT;
		if (str_equal(parts->key[i], word->key))
			fit = FIT_WHOLE;
		else if (str_starts(parts->key[i], word->key))
			fit = FIT_START;
		else if (word->sound.n > 0 &&
			str_equal(sound_of(arena, parts->key[i]), word->sound))
			fit = FIT_SOUND;
		best = fit < best ? fit : best;
	}
	return best;
}

/* How far the child is from what was asked: 0 exactly; INT_MAX: it is another. */
static int distance(struct arena *arena, const struct asked *asked, const struct pick_row *row,
	str forename, str surname, bool *by_sound)
{
	struct parts parts = { 0 };
	int sum = 0;
	*by_sound = false;
	if (asked->n == 1 && str_equal(folded(arena, row->number), asked->word[0].key))
		return 0;
	if (row->level >= 2) {
		add_parts(arena, &parts, forename);
		add_parts(arena, &parts, surname);
	}
	for (size_t i = 0; i < asked->n; i++) {
		enum fit fit = fit_of(arena, &asked->word[i], &parts);
		if (fit == FIT_NOT)
			return INT32_MAX;
		*by_sound = *by_sound || fit == FIT_SOUND;
		sum += (int)fit;
	}
	return sum;
}

struct candidate {
	int distance;
	bool by_sound;
	struct pick_row row;
};

struct candidates {
	struct candidate *item;
	size_t n, room;
};

static int by_subject(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;
	if (one->row.subject != two->row.subject)
		return one->row.subject < two->row.subject ? -1 : 1;
	if (one->row.level != two->row.level)
		return two->row.level - one->row.level;
	return one->distance < two->distance ? -1 : one->distance > two->distance;
}

static int by_distance(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;
	if (one->distance != two->distance)
		return one->distance < two->distance ? -1 : 1;
	int order = str_compare(one->row.level >= 2 ? one->row.name : one->row.number,
		two->row.level >= 2 ? two->row.name : two->row.number);
	return order != 0 ? order : by_subject(a, b);
}

static struct stmt *find(
	struct store *store, struct arena *arena, const struct search *search, const struct asked *asked)
{
	bool born = search->born != DAY_UNKNOWN;
	struct stmt *stmt = db_use(store->db, born ? &search_by_birth : &search_by_key);
	seen_bind(stmt, search->actor, store_now(store));
	if (born) {
		db_bind_int(stmt, 5, search->born);
		return stmt;
	}
	const struct asked_word *word = &asked->word[asked->driver];
	db_bind_text(stmt, 5, word->key);
	/* U+10FFFF comes after every letter. */
	db_bind_text(stmt, 6, arena_format(arena, "%.*s\xF4\x8F\xBF\xBF", STR_ARGS(word->key)));
	db_bind_text(stmt, 7, word->sound.n > 0 ? word->sound : S("-"));
	return stmt;
}

/* A hidden child was brought whatever day was asked. */
static bool other_birth(struct stmt *stmt, const struct pick_row *row, day born)
{
	return !db_is_null(stmt, PICK_COLUMNS_N + 3) &&
		(row->level < 2 || (day)db_int(stmt, PICK_COLUMNS_N + 3) != born);
}

static bool gather(struct store *store, struct arena *arena, const struct search *search,
	struct candidates *out, size_t *read, struct err *err)
{
	struct asked asked = words_of(arena, search->text);
	struct stmt *stmt = find(store, arena, search, &asked);
	enum db_row got;
	*read = 0;
	while ((got = db_step(stmt, err)) == DB_ROW && !arena_full(arena)) {
		struct candidate found;
		++*read;
		pick_read(arena, stmt, &found.row);
		str key = db_text(stmt, PICK_COLUMNS_N + 2);
		if (search->born != DAY_UNKNOWN && other_birth(stmt, &found.row, search->born))
			continue;
		if (asked.n == 1 && key.n > 0)
			found.distance = distance_of_key(&asked.word[0], key, &found.by_sound);
		else
			found.distance = distance(arena, &asked, &found.row,
				db_text(stmt, PICK_COLUMNS_N), db_text(stmt, PICK_COLUMNS_N + 1),
				&found.by_sound);
		if (found.distance != INT32_MAX)
			ARRAY_MORE(out) = found;
	}
	db_reset(stmt);
	return got != DB_FAIL;
}

/* A child found by two parts of the name, or seen in two ways, is one row. */
static void sort(struct candidates *found)
{
	size_t kept = 0;
	qsort(found->item, found->n, sizeof *found->item, by_subject);
	for (size_t i = 0; i < found->n; i++) {
		if (kept == 0 || found->item[kept - 1].row.subject != found->item[i].row.subject)
			found->item[kept++] = found->item[i];
	}
	found->n = kept;
	qsort(found->item, found->n, sizeof *found->item, by_distance);
}

bool store_search(struct store *store, struct arena *arena, const struct search *search,
	struct search_found *out, struct err *err)
{
	*out = (struct search_found){ 0 };
	if (!search_is_enough(arena, search))
		return true;
	struct candidates found = { 0 };
	struct arena *names = arena_open((size_t)16 << 20);
	size_t read;
	bool done = gather(store, names, search, &found, &read, err);
	if (done && found.n > 0)
		sort(&found);
	out->more = done && (found.n > SEARCH_ROWS || read == MOST);
	out->n = found.n < SEARCH_ROWS ? found.n : SEARCH_ROWS;
	out->row = arena_take(arena, out->n, sizeof *out->row);
	out->by_sound = arena_take(arena, out->n, sizeof *out->by_sound);
	if (done && out->n > 0) {
		struct pick_row *pick = arena_take(arena, out->n, sizeof *pick);
		struct caseload_query query = { .today = search->today };
		struct pick all = { .query = &query };
		struct pick_counts counts;
		for (size_t i = 0; i < out->n; i++) {
			pick[i] = found.item[i].row;
			out->by_sound[i] = found.item[i].by_sound;
		}
		pick_say(&all, pick, out->n, &counts);
		done = pick_fetch(store, arena, pick, out->n, out->row, err);
	}
	arena_close(names);
	mem_free(found.item);
	return done;
}
