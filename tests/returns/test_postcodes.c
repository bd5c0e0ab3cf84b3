#include "check.h"

#include "base/buf.h"
#include "base/mem.h"
#include "returns/ssda903/check/authority.h"
#include "returns/ssda903/check/postcodes.h"
#include "returns/ssda903/check/provider_list.h"
#include "returns/ssda903/check/stays.h"

#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct buf bytes;
static struct postcode_index postcodes;

static int open_arena(__attribute__((unused)) void **state)
{
	arena = arena_open((size_t)256 << 20);
	return 0;
}

static int close_arena(__attribute__((unused)) void **state)
{
	buf_close(&bytes);
	arena_close(arena);
	return 0;
}

static size_t build(str csv)
{
	struct err err = { 0 };
	size_t n = 0;
	buf_clear(&bytes);
	if (!postcodes_build(csv, &bytes, &n, &err) || !postcodes_open(arena, buf_view(&bytes), &postcodes, &err))
		fail_msg("%s", err.text);
	return n;
}

static bool refuses(str csv, const char *why)
{
	struct err err = { 0 };
	size_t n;
	buf_clear(&bytes);
	if (postcodes_build(csv, &bytes, &n, &err))
		return false;
	if (strstr(err.text, why) == NULL)
		fail_msg("%s", err.text);
	return true;
}

static bool lies(const char *postcode, const char *district, const char *upper, int east, int north)
{
	struct place_of place = { 0 };
	return postcodes_find(&postcodes, str_of(postcode), &place) && place.known &&
		strcmp(place.district, district) == 0 && strcmp(place.upper, upper) == 0 && place.east == east &&
		place.north == north;
}

static bool is_unknown(const char *postcode)
{
	struct place_of place;
	return !postcodes_find(&postcodes, str_of(postcode), &place);
}

#define FIVE                                                                                       \
	S("pcd,oseast1m,osnrth1m,laua,utla\n"                                                      \
	  "ST138AA,398000,356000,E07000198,E10000028\n"                                            \
	  "B1  1BJ,406649,286530,E08000025,E08000025\n"                                            \
	  "B10 0ED,409842,285488,E08000025,\n"                                                     \
	  "CF101EP,318000,176000,W06000015,\n"                                                     \
	  "JE2 3AB,,,L99999999,\n")

TEST(a_postcode_is_found_however_it_is_spaced)
{
	check_int(build(FIVE), 5);
	check_true(lies("B1 1BJ", "E08000025", "E08000025", 406649, 286530));
	check_true(lies("b11bj", "E08000025", "E08000025", 406649, 286530));
	check_true(lies("B1  1BJ", "E08000025", "E08000025", 406649, 286530));
	check_true(lies("B100ED", "E08000025", "E08000025", 409842, 285488));
	check_true(lies("ST13 8AA", "E07000198", "E10000028", 398000, 356000));
	check_true(lies("CF10 1EP", "W06000015", "W06000015", 318000, 176000));
	check_true(lies("JE2 3AB", "L99999999", "L99999999", -1, -1));
}

TEST(what_is_no_postcode_of_the_list_is_not_found)
{
	build(FIVE);
	static const char *const none[] = { "", " ", "B1", "B1 1BK", "B1 1BJ X", "A1 1AA", "ZZ99 9ZZ", "B1-1BJ",
		"B1 1B\xc3\x89", "XXXXXXXX" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		if (!is_unknown(none[i]))
			fail_msg("%s", none[i]);
	}
}

TEST(the_directory_is_read_by_its_names_of_this_year_and_the_last_ones)
{
	check_int(build(S("\xef\xbb\xbfpcd7,pcds,lad25cd,east1m,north1m,cty25cd\r\nB1  1BJ,B1 1BJ,E08000025,1,2,E99999999\r\n")), 1);
	check_true(lies("B1 1BJ", "E08000025", "E08000025", 1, 2));
	check_int(build(S("pcds,oslaua,oseast1m,osnrth1m,oscty\nHG1 1AA,E07000165,1,2,E10000023\n")), 1);
	check_true(lies("HG1 1AA", "E07000165", "E06000065", 1, 2));
}

TEST(a_district_tells_who_answers_for_children_and_of_an_unknown_one_the_file_does)
{
	build(S("pcd,laua,oseast1m,osnrth1m,utla\nNN1 1AA,E07000154,1,2,E10000021\nZE1 1AA,E07000999,1,2,E10000099\n"));
	check_true(lies("NN1 1AA", "E07000154", "E06000062", 1, 2));
	check_true(lies("ZE1 1AA", "E07000999", "E10000099", 1, 2));
}

TEST(of_a_postcode_that_is_there_twice_one_is_kept)
{
	check_int(build(S("pcd,laua,oseast1m,osnrth1m\nB1 1BJ,E08000025,1,2\nA1 1AA,E08000026,3,4\nB1  1BJ,E08000025,1,2\n")), 2);
	check_true(lies("B1 1BJ", "E08000025", "E08000025", 1, 2));
	check_true(lies("A1 1AA", "E08000026", "E08000026", 3, 4));
}

TEST(what_is_no_list_of_postcodes_is_refused_in_words)
{
	check_true(refuses(S(""), "empty"));
	check_true(refuses(S("pcd,laua,oseast1m\nB1 1BJ,E08000025,1\n"), "osnrth1m"));
	check_true(refuses(S("pcd,laua,oseast1m,osnrth1m\n"), "no postcode"));
	check_true(refuses(S("pcd,laua,oseast1m,osnrth1m\nB1 1BJ,\"E08\n"), "line 2"));
}

/* Enough for several pages, out of order. */
static size_t build_many(void)
{
	struct buf csv = { 0 };
	buf_lit(&csv, "pcd,laua,oseast1m,osnrth1m\n");
	for (int i = 0; i < 2600; i++) {
		int k = i * 1009 % 2600;
		buf_format(&csv, "B%d %d%c%c,E080000%02d,%d,%d\n", k / 260, k / 26 % 10, 'A' + k % 26, 'A' + k % 23,
			k % 30, k, k + 1);
	}
	size_t n = build(buf_view(&csv));
	buf_close(&csv);
	return n;
}

static bool finds(int k)
{
	char postcode[16];
	snprintf(postcode, sizeof postcode, "B%d %d%c%c", k / 260, k / 26 % 10, 'A' + k % 26, 'A' + k % 23);
	struct place_of place;
	return postcodes_find(&postcodes, str_of(postcode), &place) && place.east == k && place.north == k + 1;
}

TEST(every_postcode_of_many_is_found)
{
	check_int(build_many(), 2600);
	check_true(postcodes.pages > 5);
	for (int k = 0; k < 2600; k++) {
		if (!finds(k))
			fail_msg("%d", k);
	}
	check_false(*postcodes.damaged);
}

TEST(an_index_that_is_cut_short_or_longer_is_refused)
{
	build_many();
	struct err err;
	str whole = buf_view(&bytes);
	static const size_t less[] = { 1, 4096, 8000 };
	for (size_t i = 0; i < sizeof less / sizeof *less; i++)
		check_false(postcodes_open(arena, str_upto(whole, whole.n - less[i]), &postcodes, &err));
	check_false(postcodes_open(arena, str_upto(whole, 40), &postcodes, &err));
	check_false(postcodes_open(arena, S(""), &postcodes, &err));
	buf_char(&bytes, '\0');
	check_false(postcodes_open(arena, buf_view(&bytes), &postcodes, &err));
}

/* Somewhere: opening says so, or looking up does. */
TEST(no_changed_byte_goes_unnoticed)
{
	build_many();
	size_t n = bytes.n, step = 101;
	for (size_t at = 0; at < n; at += at < 5000 ? 1 : step) {
		struct err err;
		bytes.p[at] ^= 0x10;
		if (postcodes_open(arena, buf_view(&bytes), &postcodes, &err)) {
			for (int k = 0; k < 2600; k++)
				finds(k);
			if (!*postcodes.damaged)
				fail_msg("byte %zu", at);
		}
		bytes.p[at] ^= 0x10;
	}
}

TEST(a_place_has_one_authority_for_children_whatever_its_code_was)
{
	static const char *const pairs[][2] = { { "E07000198", "E10000028" }, { "E07000004", "E06000060" },
		{ "E07000026", "E06000063" }, { "E07000030", "E06000064" }, { "E07000240", "E10000015" },
		{ "E07000048", "E06000058" }, { "E07000150", "E06000061" }, { "E07000154", "E06000062" },
		{ "E08000016", "E08000038" }, { "E10000027", "E06000066" }, { "E08000025", "E08000025" },
		{ "E07999999", "E07999999" }, { "W06000015", "W06000015" }, { "", "" }, { "E0700000x", "E0700000x" } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		check_str(authority_for_children(str_of(pairs[i][0])), pairs[i][1]);
}

TEST(a_place_is_in_its_county_or_in_a_country_that_is_not_england)
{
	check_true(place_authority(&(struct place_of){ .district = "E07000198", .upper = "E10000099" }) ==
		code_of(S("E10000099")));
	check_true(place_authority(&(struct place_of){ .district = "E07000198" }) == code_of(S("E10000028")));
	check_true(place_authority(&(struct place_of){ .district = "W06000015" }) == K("WAL"));
	check_true(place_authority(&(struct place_of){ .district = "S12000036" }) == K("SCO"));
	check_true(place_authority(&(struct place_of){ .district = "N09000003" }) == K("NIR"));
	check_true(place_authority(&(struct place_of){ .district = "L99999999" }) == K("NUK"));
	check_true(place_authority(&(struct place_of){ .district = "M99999999" }) == K("NUK"));
	check_true(place_authority(&(struct place_of){ .district = "" }) == 0);
}

static struct providers providers_of(const char *text)
{
	struct grids *grids = arena_new(arena, struct grids);
	struct providers out;
	struct err err = { 0 };
	if (!grids_from_text(arena, str_of(text), grids, &err) || !provider_list_read(arena, grids, &out, &err))
		fail_msg("%s", err.text);
	return out;
}

TEST(the_list_of_providers_is_read_by_any_names_of_its_columns)
{
	struct providers list = providers_of("URN,Provider Local Authority,Placement Code,Placement Provider Code,"
					     "Deregistration Date,Setting Address Postcode\n"
					     "1234567.0,Leeds,K2,PR4,2024-02-09 00:00:00,LS1 1AA\n"
					     ",Leeds,K2,PR4,,LS1 1AA\n"
					     "SC1,Leeds,\"U4,U6\",PR1/PR4,09/02/2024,\n");
	check_int(list.n, 2);
	check_str(list.item[0].urn, "1234567");
	check_str(list.item[0].postcode, "LS1 1AA");
	check_int(list.item[0].closed, day_of(2024, 2, 9));
	check_int(list.item[1].closed, day_of(2024, 2, 9));
	check_str(list.item[1].codes, "U4,U6");
	check_str(list.item[1].provider, "PR1/PR4");
}

TEST(supported_accommodation_is_k3_where_its_sheet_does_not_say)
{
	struct providers list = providers_of("urn,provider local authority,closed date,setting address postcode\n"
					     "SA1,Leeds,,LS1 1AA\n");
	check_int(list.n, 1);
	check_str(list.item[0].codes, "K3");
	check_str(list.item[0].provider, "PR4");
	check_int(list.item[0].closed, DAY_UNKNOWN);
}

TEST(another_spreadsheet_is_no_list_of_providers)
{
	struct grids *grids = arena_new(arena, struct grids);
	struct providers out;
	struct err err = { 0 };
	check_true(grids_from_text(arena, S("urn,name\n1,Home\n"), grids, &err));
	check_false(provider_list_read(arena, grids, &out, &err));
	check_int(err.code, ERR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_postcode_is_found_however_it_is_spaced),
		CLAIM(what_is_no_postcode_of_the_list_is_not_found),
		CLAIM(the_directory_is_read_by_its_names_of_this_year_and_the_last_ones),
		CLAIM(a_district_tells_who_answers_for_children_and_of_an_unknown_one_the_file_does),
		CLAIM(of_a_postcode_that_is_there_twice_one_is_kept),
		CLAIM(what_is_no_list_of_postcodes_is_refused_in_words),
		CLAIM(every_postcode_of_many_is_found),
		CLAIM(an_index_that_is_cut_short_or_longer_is_refused),
		CLAIM(no_changed_byte_goes_unnoticed),
		CLAIM(a_place_has_one_authority_for_children_whatever_its_code_was),
		CLAIM(a_place_is_in_its_county_or_in_a_country_that_is_not_england),
		CLAIM(the_list_of_providers_is_read_by_any_names_of_its_columns),
		CLAIM(supported_accommodation_is_k3_where_its_sheet_does_not_say),
		CLAIM(another_spreadsheet_is_no_list_of_providers),
	};
	return cmocka_run_group_tests_name("returns postcodes", tests, open_arena, close_arena);
}
