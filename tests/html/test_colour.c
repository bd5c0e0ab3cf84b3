#include "check.h"

#include "html/colour.h"

static struct colour of(const char *text)
{
	struct colour colour = { 0 };
	check_true(colour_read(str_of(text), &colour));
	return colour;
}

static void ratio(const char *a, const char *b, double want)
{
	double got = colour_contrast(of(a), of(b));
	check_true(got > want - 0.01 && got < want + 0.01);
}

TEST(a_colour_is_three_or_six_hexadecimal_figures)
{
	struct colour colour;
	check_int(of("#00585e").green, 0x58);
	check_int(of("00585E").blue, 0x5e);
	check_int(of("#0af").green, 0xaa);
	static const char *const none[] = { "", "#", "red", "#12", "#1234", "#12345g", "##123456",
		"#1234567", "#00585e;}", " #00585e" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		check_false(colour_read(str_of(none[i]), &colour));
}

/* Ratios as the W3C's own definition gives them. */
TEST(contrast_is_that_of_wcag)
{
	ratio("#000000", "#ffffff", 21.0);
	ratio("#ffffff", "#ffffff", 1.0);
	ratio("#777777", "#ffffff", 4.478);
	ratio("#767676", "#ffffff", 4.542);
	ratio("#1d70b8", "#ffffff", 5.17);
	ratio("#00585e", "#ffffff", 8.21);
	ratio("#ff0000", "#ffffff", 3.998);
	ratio("#ffffff", "#0000ff", 8.592);
}

TEST(the_line_between_readable_and_not_is_where_it_should_be)
{
	const struct colour white = { 255, 255, 255 };
	check_true(colour_contrast(of("#767676"), white) >= COLOUR_READABLE);
	check_false(colour_contrast(of("#777777"), white) >= COLOUR_READABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_colour_is_three_or_six_hexadecimal_figures),
		CLAIM(contrast_is_that_of_wcag),
		CLAIM(the_line_between_readable_and_not_is_where_it_should_be),
	};
	return cmocka_run_group_tests_name("html colour", tests, NULL, NULL);
}
