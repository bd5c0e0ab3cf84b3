/* saves.c - durable saves a second, against the smallest durable commit on the same disk.
 *
 * usage: perf-saves FOLDER. In turn, some saves of one review each through store_save(), and as many
 * commits of one short row by SQLite alone, both flushed to the disk. Prints one JSON object.
 */
#include "../store/family.h"

#include <sqlite3.h>
#include <time.h>

enum { CHILDREN = 200, BLOCK = 100, ROUNDS = 10 };

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_review(struct place *place, int64_t subject, int64_t care, int n)
{
	struct basket basket = { 0 };
	struct cla_review *review = put(place, &basket, &cla_review_type, subject);
	review->care = (ref){ care };
	review->held = day_of(2026, 2, 1) + n;
	review->participation = S("PN1");
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
}

static void run_raw(sqlite3 *db, const char *text)
{
	char *why = NULL;
	if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK) {
		fprintf(stderr, "%s: %s\n", text, why);
		exit(2);
	}
}

static int smaller(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	static int64_t subject[CHILDREN], care[CHILDREN];
	double ours[ROUNDS], raw[ROUNDS], ratio[ROUNDS];
	char path[256];
	if (argc != 2)
		return 2;
	struct place *place = place_new();
	rmdir(place->dir);
	snprintf(place->dir, sizeof place->dir, "%s", argv[1]);
	place_open_store(place, STORE_CREATE);
	for (int i = 0; i < CHILDREN; i++) {
		char number[16];
		struct stored_list list;
		snprintf(number, sizeof number, "C%d", i);
		subject[i] = add_child(place, number, day_of(2025, 9, 1), DAY_UNKNOWN);
		OK(store_records(place->store, place->arena, subject[i], &care_period_type, &list, ERR));
		care[i] = list.item[0].id;
	}
	snprintf(path, sizeof path, "%s/raw.db", argv[1]);
	sqlite3 *db;
	must(sqlite3_open(path, &db) == SQLITE_OK);
	run_raw(db, "PRAGMA journal_mode = WAL");
	run_raw(db, "PRAGMA synchronous = FULL");
	run_raw(db, "CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT)");
	for (int round = 0, n = 0; round < ROUNDS; round++) {
		double began = seconds();
		for (int i = 0; i < BLOCK; i++, n++)
			add_review(place, subject[n % CHILDREN], care[n % CHILDREN], n / CHILDREN * 9);
		ours[round] = BLOCK / (seconds() - began);
		began = seconds();
		for (int i = 0; i < BLOCK; i++)
			run_raw(db, "INSERT INTO line (text) VALUES ('one review was held that day')");
		raw[round] = BLOCK / (seconds() - began);
		ratio[round] = ours[round] / raw[round];
	}
	sqlite3_close(db);
	remove(path);
	qsort(ours, ROUNDS, sizeof *ours, smaller);
	qsort(raw, ROUNDS, sizeof *raw, smaller);
	qsort(ratio, ROUNDS, sizeof *ratio, smaller);
	printf("{\"saves\": %.0f, \"commits\": %.0f, \"ratio\": %.3f}\n", ours[ROUNDS / 2],
		raw[ROUNDS / 2], ratio[ROUNDS / 2]);
	place_close(place);
	return 0;
}
