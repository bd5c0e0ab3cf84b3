#include "../check.h"

#include "base/buf.h"
#include "web/route.h"

#include <stdio.h>
#include <stdlib.h>

static const char heading[] =
	"# Who gets which page: method, address, role, what the child is to them, and what they get\n"
	"# where the child is open, restricted, uncleared and hidden. \"-\": the page is not one\n"
	"# child's. A line that is not here: 404 for a child's page, else 403; and whoever has not signed\n"
	"# in gets 303, but where \"anyone\" stands. Write it anew, then read the difference:\n"
	"#   build/tests/test-web-routes --print >tests/golden/routes.txt\n";

static void put(struct buf *buf, const struct route *route, str role, str relation)
{
	str method = route->method == HTTP_POST ? S("POST") : S("GET");
	buf_format(buf, "%.*s %.*s %.*s %.*s ", STR_ARGS(method), STR_ARGS(route->pattern),
		STR_ARGS(role), STR_ARGS(relation));
}

static void put_child(struct buf *buf, const struct route *route, enum role role)
{
	for (enum relation relation = RELATION_NONE; relation < RELATIONS; relation++) {
		int status[OPENNESSES];
		bool more = false;
		for (enum openness open = OPEN; open < OPENNESSES; open++) {
			status[open] = route_answer(route, true, role, 1u << relation, open);
			more = more || status[open] != 404;
		}
		if (!more)
			continue;
		put(buf, route, role_text(role), relation_text(relation));
		buf_format(buf, "%d,%d,%d,%d\n", status[OPEN], status[RESTRICTED],
			status[UNCLEARED], status[HIDDEN]);
	}
}

static void matrix(struct buf *buf)
{
	buf_str(buf, str_of(heading));
	for (size_t i = 0; i < routes_n; i++) {
		const struct route *route = &routes[i];
		if (route->permission == ANYONE) {
			put(buf, route, S("anyone"), S("-"));
			buf_lit(buf, "200\n");
			continue;
		}
		for (enum role role = ROLE_NONE; role < ROLES; role++) {
			if (!role_is_person(role))
				continue;
			if (route_is_child(route)) {
				put_child(buf, route, role);
			} else if (route_answer(route, true, role, 0, OPEN) != 403) {
				put(buf, route, role_text(role), S("-"));
				buf_format(buf, "%d\n", route_answer(route, true, role, 0, OPEN));
			}
		}
	}
}

TEST(who_gets_which_page_is_what_the_golden_file_says)
{
	struct buf now = { 0 }, golden = { 0 };
	matrix(&now);
	char path[512];
	snprintf(path, sizeof path, "%s/tests/golden/routes.txt", getenv("DULY_ROOT"));
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	int c;
	while ((c = getc(file)) != EOF)
		buf_char(&golden, (char)c);
	fclose(file);
	if (!str_equal(buf_view(&now), buf_view(&golden)))
		print_error("who gets which page has changed. Write the golden file anew, then read "
			    "the difference:\nbuild/tests/test-web-routes --print >%s\n", path);
	check_true(str_equal(buf_view(&now), buf_view(&golden)));
	buf_close(&now);
	buf_close(&golden);
}

TEST(who_has_not_signed_in_or_has_no_role_gets_nothing_but_what_is_for_anyone)
{
	for (size_t i = 0; i < routes_n; i++) {
		bool anyone = routes[i].permission == ANYONE;
		for (unsigned relations = 0; relations < 1u << RELATIONS; relations += 37) {
			for (enum openness open = OPEN; open < OPENNESSES; open++) {
				check_int(route_answer(&routes[i], false, ROLE_MANAGER, relations, open),
					anyone ? 200 : 303);
				int none = route_answer(&routes[i], true, ROLE_NONE, relations, open);
				check_true(anyone || routes[i].permission == SIGNED_IN || none >= 403);
			}
		}
	}
}

TEST(a_child_who_is_nothing_to_somebody_has_no_page_in_any_role)
{
	static const unsigned nothing[] = { 0, 1u << RELATION_NONE, 1u << RELATION_BARRED };
	for (size_t i = 0; i < routes_n; i++) {
		if (!route_is_child(&routes[i]))
			continue;
		for (enum role role = ROLE_NONE; role < ROLES; role++) {
			if (role == ROLE_SYSTEM)
				continue;
			for (size_t n = 0; n < 3; n++)
				check_int(route_answer(&routes[i], true, role, nothing[n], OPEN), 404);
		}
	}
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--print") == 0) {
		struct buf now = { 0 };
		matrix(&now);
		fwrite(now.p, 1, now.n, stdout);
		buf_close(&now);
		return 0;
	}
	const struct CMUnitTest tests[] = {
		CLAIM(who_gets_which_page_is_what_the_golden_file_says),
		CLAIM(who_has_not_signed_in_or_has_no_role_gets_nothing_but_what_is_for_anyone),
		CLAIM(a_child_who_is_nothing_to_somebody_has_no_page_in_any_role),
	};
	return cmocka_run_group_tests_name("web routes", tests, NULL, NULL);
}
