#include "check.h"

#include "html/asset.h"

static bool holds(str haystack, const char *needle)
{
	return memmem(haystack.p, haystack.n, needle, strlen(needle)) != NULL;
}

TEST(what_is_not_ours_to_use_is_in_no_asset)
{
	static const char *const never[] = { "GDS Transport", "GDSTransport", "crest", "woff",
		"crown", "@font-face" };
	for (size_t i = 0; i < asset_count; i++) {
		for (size_t j = 0; j < sizeof never / sizeof never[0]; j++)
			check_false(holds(asset_list[i].bytes, never[j]));
	}
}

TEST(a_style_asks_for_no_other_file)
{
	const struct asset *css = asset_find(asset_path(S("app.css")));
	check_true(css != NULL);
	check_false(holds(css->bytes, "url("));
	check_false(holds(css->bytes, "@import"));
	check_true(holds(css->bytes, ".govuk-service-navigation"));
	check_true(holds(css->bytes, ".moj-timeline"));
	check_true(holds(css->bytes, "forced-colors"));
	check_true(holds(css->bytes, "prefers-reduced-motion"));
}

TEST(every_asset_is_found_by_its_path_and_has_a_compressed_form)
{
	check_true(asset_count >= 4);
	for (size_t i = 0; i < asset_count; i++) {
		const struct asset *a = &asset_list[i];
		check_true(asset_find(a->path) == a);
		check_true(str_starts(a->path, S("/assets/")));
		check_true(a->gzip.n > 18 && (unsigned char)a->gzip.p[0] == 0x1F &&
			   (unsigned char)a->gzip.p[1] == 0x8B);
		/* RFC 1952: the last four bytes are the length of the plain form. */
		const unsigned char *end = (const unsigned char *)a->gzip.p + a->gzip.n - 4;
		check_int((size_t)end[0] | (size_t)end[1] << 8 | (size_t)end[2] << 16 |
				  (size_t)end[3] << 24,
			a->bytes.n);
		check_true(a->etag.n == 18 && a->etag.p[0] == '"');
	}
}

TEST(a_path_that_nobody_made_finds_nothing)
{
	check_true(asset_find(S("/assets/app.css")) == NULL);
	check_true(asset_find(S("")) == NULL);
	check_true(asset_find(S("/assets/../app.css")) == NULL);
}

TEST(the_script_makes_no_html_and_names_its_module_by_hash)
{
	const struct asset *js = asset_find(asset_path(S("app.js")));
	check_true(js != NULL);
	check_false(holds(js->bytes, "innerHTML"));
	check_false(holds(js->bytes, "./govuk-frontend.js"));
	check_true(holds(js->bytes, "./govuk-frontend-"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_is_not_ours_to_use_is_in_no_asset),
		CLAIM(a_style_asks_for_no_other_file),
		CLAIM(every_asset_is_found_by_its_path_and_has_a_compressed_form),
		CLAIM(a_path_that_nobody_made_finds_nothing),
		CLAIM(the_script_makes_no_html_and_names_its_module_by_hash),
	};
	return cmocka_run_group_tests_name("html asset", tests, NULL, NULL);
}
