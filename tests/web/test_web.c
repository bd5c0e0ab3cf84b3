#include "asking.h"

static bool two_people(struct err *err)
{
	(void)err;
	add_person("r.ahmed", ROLE_REVIEWING_OFFICER);
	add_person("s.guess", ROLE_CHAIR);
	return true;
}

/* An address of that route: each :id a number, :word a word. */
static void address_of(const struct route *route, char *path, size_t size)
{
	snprintf(path, size, "%.*s", STR_ARGS(route->pattern));
	for (char *id; (id = strstr(path, ":id")) != NULL;)
		memcpy(id, "123", 3);
	char *word = strstr(path, ":word");
	if (word != NULL)
		memcpy(word, "visit", 5);
}

TEST(no_page_but_the_open_ones_answers_a_stranger)
{
	for (size_t i = 0; i < routes_n; i++) {
		if (routes[i].permission == ANYONE)
			continue;
		char path[128];
		address_of(&routes[i], path, sizeof path);
		struct http_response response = ask(routes[i].method, path, NULL, "");
		check_int(response.status, 303);
		check_true(str_starts(header_of(&response, S("Location")), S("/sign-in")));
		check_int(response.body.n, 0);
	}
}

TEST(no_form_is_taken_without_the_sessions_token)
{
	char cookie[64];
	sign_in("r.ahmed", cookie);
	for (size_t i = 0; i < routes_n; i++) {
		if (routes[i].method != HTTP_POST || routes[i].permission == ANYONE)
			continue;
		char path[128];
		address_of(&routes[i], path, sizeof path);
		check_int(ask(HTTP_POST, path, cookie, "csrf=no").status, 403);
	}
	check_true(is_signed_in(cookie));
}

TEST(a_session_ends_thirty_minutes_after_the_last_page)
{
	char cookie[64];
	sign_in("r.ahmed", cookie);
	clock_now_is += SESSION_IDLE - 1000;
	check_true(is_signed_in(cookie));
	clock_now_is += SESSION_IDLE - 1000;
	check_true(is_signed_in(cookie));
	clock_now_is += SESSION_IDLE + 1;
	check_false(is_signed_in(cookie));
	clock_now_is -= SESSION_IDLE;
}

TEST(a_session_ends_ten_hours_after_it_began)
{
	char cookie[64];
	sign_in("r.ahmed", cookie);
	instant began = clock_now_is;
	while (clock_now_is + 20 * INSTANT_MINUTE < began + SESSION_WHOLE) {
		clock_now_is += 20 * INSTANT_MINUTE;
		check_true(is_signed_in(cookie));
	}
	clock_now_is = began + SESSION_WHOLE + 1;
	check_false(is_signed_in(cookie));
}

TEST(after_ten_guesses_nothing_is_looked_at_for_five_minutes)
{
	static const char wrong[] = "login=s.guess&password=not+this+one",
			  right[] = "login=s.guess&password=lantern+otter+gable";
	for (int i = 0; i < ATTEMPTS_OF_NAME; i++)
		check_int(ask(HTTP_POST, "/sign-in", NULL, wrong).status, 422);
	struct http_response response = ask(HTTP_POST, "/sign-in", NULL, right);
	check_int(response.status, 429);
	check_true(holds(response.body, "There have been too many attempts"));
	clock_now_is += ATTEMPT_WINDOW + 1;
	check_int(ask(HTTP_POST, "/sign-in", NULL, right).status, 303);
}

TEST(guessing_one_password_for_many_names_is_stopped_too)
{
	char body[128];
	int refused = 0;
	clock_now_is += ATTEMPT_WINDOW + 1;
	for (int i = 0; i <= ATTEMPTS_OF_ADDRESS; i++) {
		snprintf(body, sizeof body, "login=name%d&password=not+this+one+%d", i, i);
		if (i < 3 || i > ATTEMPTS_OF_ADDRESS - 3) {
			refused += ask(HTTP_POST, "/sign-in", NULL, body).status == 429;
		} else { /* the same as a guess, without the time that a hash takes */
			bool over;
			struct err err;
			char name[32];
			snprintf(name, sizeof name, "name%d", i);
			check_true(attempt_note(
				store, str_of(name), S("192.0.2.1"), clock_now_is, &over, &err));
			check_false(over);
		}
	}
	check_int(refused, 1);
	clock_now_is += ATTEMPT_WINDOW + 1;
}

TEST(a_page_that_names_a_child_and_tells_nobody_is_a_fault)
{
	static const struct route child = {
		.pattern = S_INIT("/x/:id"), .permission = MAY_SEE_CHILD
	};
	arena_reset(arena);
	buf_clear(&out);
	const struct http_request request = { .arena = arena, .out = &out };
	struct framed framed = { .page = { .web = web,
					 .request = &request,
					 .route = &child,
					 .arena = arena,
					 .out = &out,
					 .status = 200 } };
	page_open(&framed.page, S("A child"));
	text(&out, S("Amara"));
	page_close(&framed.page);
	struct http_response response = { 0 };
	web_settle(&framed.page, &response);
	check_int(response.status, 500);
	check_false(holds(response.body, "Amara"));
}

TEST(a_path_finds_its_route_or_says_why_not)
{
	struct route_found two = route_find(HTTP_GET, S("/children/12/records/34/history"));
	check_int(two.status, 200);
	check_int(two.id, 12);
	check_int(two.second, 34);
	two = route_find(HTTP_POST, S("/children/12/record/cla_review"));
	check_int(two.status, 200);
	check_true(str_equal(two.word, S("cla_review")));
	check_int(route_find(HTTP_GET, S("/children/12/record/A")).status, 404);
	check_int(route_find(HTTP_GET, S("/children/12/records/0")).status, 404);
	check_int(route_find(HTTP_GET, S("/sign-in")).status, 200);
	check_int(route_find(HTTP_HEAD, S("/sign-in")).status, 200);
	check_int(route_find(HTTP_POST, S("/sign-in")).status, 200);
	check_int(route_find(HTTP_GET, S("/sign-out")).status, 405);
	check_int(route_find(HTTP_GET, S("/sign-in/")).status, 404);
	check_int(route_find(HTTP_GET, S("//sign-in")).status, 404);
	check_int(route_find(HTTP_GET, S("/Sign-in")).status, 404);
	check_int(route_find(HTTP_GET, S("")).status, 404);
}

TEST(after_signing_in_only_pages_of_ours_are_gone_to)
{
	static const char *const bad[] = { "", "caseload", "//evil.example", "/\\evil.example",
		"/%2fevil.example", "https://evil.example/", "/privacy#x", "/privacy x", "/nowhere",
		"/privacy\n", "/sign-in/../x" };
	arena_reset(arena);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_false(page_is_ours(arena, str_of(bad[i])));
	check_true(page_is_ours(arena, S("/privacy")));
	check_true(page_is_ours(arena, S("/privacy?page=2&sort=due")));
	check_true(page_is_ours(arena, S("/")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(no_page_but_the_open_ones_answers_a_stranger),
		CLAIM(no_form_is_taken_without_the_sessions_token),
		CLAIM(a_session_ends_thirty_minutes_after_the_last_page),
		CLAIM(a_session_ends_ten_hours_after_it_began),
		CLAIM(after_ten_guesses_nothing_is_looked_at_for_five_minutes),
		CLAIM(guessing_one_password_for_many_names_is_stopped_too),
		CLAIM(a_page_that_names_a_child_and_tells_nobody_is_a_fault),
		CLAIM(a_path_finds_its_route_or_says_why_not),
		CLAIM(after_signing_in_only_pages_of_ours_are_gone_to),
	};
	fill = two_people;
	return cmocka_run_group_tests_name("web", tests, start, stop);
}
