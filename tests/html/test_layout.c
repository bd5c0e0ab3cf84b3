#include "check.h"
#include "balance.h"

#include "html/layout.h"

static const struct layout_link nav[] = { { S_INIT("My caseload"), S_INIT("/caseload") },
	{ S_INIT("Children"), S_INIT("/children") } };

static struct buf page(struct layout o)
{
	struct buf b = { 0 };
	layout_open(&b, &o);
	H(&b, "<h1 class=\"govuk-heading-l\">x</h1>\n");
	layout_close(&b, &o);
	return b;
}

static struct layout full(void)
{
	return (struct layout){ .title = S("My caseload"),
		.authority = S("Exampleshire & Sons <Council>"),
		.nav = nav,
		.n_nav = 2,
		.current = S("/caseload"),
		.current_is = true,
		.user = S("Sana O'Brien"),
		.csrf = S("abc\"123"),
		.back_href = S("/"),
		.known_to = day_of(2026, 11, 20),
		.now = (instant)day_of(2026, 11, 21) * INSTANT_DAY + 9 * INSTANT_HOUR,
		.source_href = S("/source"),
		.demonstration = true };
}

static bool holds(const struct buf *b, const char *needle)
{
	return memmem(b->p, b->n, needle, strlen(needle)) != NULL;
}

TEST(a_page_is_well_nested_with_and_without_a_person)
{
	struct buf b = page(full());
	check_true(is_balanced(buf_view(&b)));
	buf_close(&b);
	b = page((struct layout){ .title = S("Sign in") });
	check_true(is_balanced(buf_view(&b)));
	check_false(holds(&b, "<nav"));
	check_false(holds(&b, "sign-out"));
	buf_close(&b);
}

TEST(the_title_says_page_service_and_council)
{
	struct buf b = page(full());
	check_true(holds(
		&b, "<title>My caseload - Duly - Exampleshire &amp; Sons &lt;Council&gt;</title>"));
	buf_close(&b);
	struct layout wrong = full();
	wrong.error = true;
	b = page(wrong);
	check_true(holds(&b, "<title>Error: My caseload - Duly"));
	buf_close(&b);
}

TEST(the_skip_link_leads_to_the_main_element)
{
	struct buf b = page(full());
	check_true(holds(&b, "href=\"#main-content\" class=\"govuk-skip-link\""));
	check_true(holds(&b, "<main class=\"govuk-main-wrapper\" id=\"main-content\">"));
	buf_close(&b);
}

TEST(nothing_is_inline_and_every_address_is_our_own)
{
	struct buf b = page(full());
	check_false(holds(&b, " style="));
	check_false(holds(&b, "<style"));
	check_false(holds(&b, " onclick"));
	check_false(holds(&b, "<script>"));
	check_false(holds(&b, "//"));
	check_true(holds(&b, "<script type=\"module\" src=\"/assets/app-"));
	check_true(holds(&b, "<html lang=\"en\""));
	buf_close(&b);
}

TEST(the_current_page_is_marked_and_signing_out_is_a_post_with_the_token)
{
	struct buf b = page(full());
	check_true(holds(&b, "href=\"/caseload\" aria-current=\"page\""));
	check_false(holds(&b, "href=\"/children\" aria-current"));
	check_true(holds(&b, "<form method=\"post\" action=\"/sign-out\""));
	check_true(holds(&b, "name=\"csrf\" value=\"abc&quot;123\""));
	buf_close(&b);
}

TEST(the_page_says_to_what_day_its_records_are_known_and_who_printed_it)
{
	struct buf b = page(full());
	check_true(holds(&b, "Records known to 20 November 2026"));
	check_true(holds(&b, "Printed by Sana O&#39;Brien, 21 November 2026, 9am"));
	check_true(holds(&b, "No child, person or place here is real."));
	buf_close(&b);
}

TEST(neither_crown_nor_licence_is_claimed)
{
	struct buf b = page(full());
	check_false(holds(&b, "rown"));
	check_false(holds(&b, "Open Government"));
	check_false(holds(&b, "GOV.UK"));
	buf_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_page_is_well_nested_with_and_without_a_person),
		CLAIM(the_title_says_page_service_and_council),
		CLAIM(the_skip_link_leads_to_the_main_element),
		CLAIM(nothing_is_inline_and_every_address_is_our_own),
		CLAIM(the_current_page_is_marked_and_signing_out_is_a_post_with_the_token),
		CLAIM(the_page_says_to_what_day_its_records_are_known_and_who_printed_it),
		CLAIM(neither_crown_nor_licence_is_claimed),
	};
	return cmocka_run_group_tests_name("html layout", tests, NULL, NULL);
}
