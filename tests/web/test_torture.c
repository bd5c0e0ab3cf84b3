/* Every address, each time with one more thing that finds no room: the answer is "busy", never half a
 * page or a fault, and the next one is right. AddressSanitizer says whether anything leaks. */
#include "asking.h"

#include "identity/token.h"
#include "job/demo_store.h"
#include "store/list.h"

/* With its checks on, each answer takes several times as long: fewer of the places, others each time
 * that the code changes. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STEP = 23 };
#else
enum { STEP = 1 };
#endif

static struct {
	char cookie[64], csrf[64];
	int64_t child; /* one that they see; 0: none */
} somebody[ROLES];

static void text_of(const struct token *token, const char *before, char out_text[static 64])
{
	struct token_text text = token_write(token);
	snprintf(out_text, 64, "%s%s", before, text.text);
}

static bool sign_in_as(const struct person *person, struct err *err)
{
	struct token token, form;
	random_bytes(NULL, token.bytes, sizeof token.bytes);
	form = token_form(&token);
	text_of(&token, "duly=", somebody[person->role].cookie);
	text_of(&form, "", somebody[person->role].csrf);
	const struct actor actor = { .user = person->id,
		.role = person->role,
		.authority = person->authority,
		.name = person->login };
	const struct caseload_query query = {
		.actor = &actor, .today = instant_day(clock_now_is), .page = 1
	};
	struct caseload list;
	if (!store_caseload(store, arena, &query, &list, err))
		return false;
	somebody[person->role].child = list.n > 0 ? list.row[0].subject : 0;
	const struct session_new begin = { .person = person->id,
		.now = clock_now_is,
		.how = S("password"),
		.browser = S("Firefox on Linux") };
	return session_begin(store, &token, &begin, err);
}

static bool demonstration(struct err *err)
{
	const struct actor system = { .role = ROLE_SYSTEM, .authority = S("999") };
	const struct demo_options options = { .children = 60,
		.seed = 1,
		.now = instant_day(clock_now_is),
		.calendar = store_law(store)->calendar };
	char users[256];
	snprintf(users, sizeof users, "%s/users.txt", dir);
	const struct demo_storing storing = {
		.store = store, .env = &env, .actor = &system, .authority = S("999"), .users = users
	};
	struct demo_stored stored;
	struct person_list people;
	int n;
	if (!demo_store(&options, &storing, &stored, err) ||
		!demo_people(&options, &storing, &n, err) ||
		!store_person_list(store, arena, S("999"), &people, err))
		return false;
	for (size_t i = 0; i < people.n; i++) {
		if (somebody[people.item[i].role].cookie[0] == '\0' &&
			!sign_in_as(&people.item[i], err))
			return false;
	}
	return true;
}

/* "/children/:id/records/:id" with a child's number; other numbers in it are 1. */
static void address_of(const struct route *route, int64_t child, char path[static 256])
{
	struct buf made = { 0 };
	str rest = route->pattern, piece;
	bool first = true, childs = child > 0;
	while (str_split(&rest, '/', &piece)) {
		if (!first)
			buf_char(&made, '/');
		if (str_equal(piece, S(":word")))
			buf_lit(&made, "booking");
		else if (!str_starts(piece, S(":")))
			buf_str(&made, piece);
		else
			buf_int(&made, childs ? child : 1);
		childs = childs && !str_starts(piece, S(":"));
		first = false;
	}
	must(made.n < 256);
	memcpy(path, made.p == NULL ? "/" : made.p, made.n);
	path[made.n] = '\0';
	if (made.n == 0)
		memcpy(path, "/", 2);
	buf_close(&made);
}

static struct http_response asked(const struct route *route, enum role role)
{
	char path[256], body[96];
	address_of(route, somebody[role].child, path);
	snprintf(body, sizeof body, "csrf=%s", somebody[role].csrf);
	const char *cookie = role == ROLE_NONE ? NULL : somebody[role].cookie;
	return ask(route->method, path, cookie, body);
}

/* Once for each thing that the answer took. */
static size_t tortured(const struct route *route, enum role role)
{
	arena_fill_at(arena, 0);
	int status = asked(route, role).status;
	size_t takes = arena_takes(arena), busy = 0;
	if (status >= 500)
		fail_msg("%.*s: %d with nothing in its way", STR_ARGS(route->pattern), status);
	for (size_t n = 1; n <= takes; n += STEP) {
		arena_fill_at(arena, n);
		int got = asked(route, role).status;
		/* A form that ends a session has ended it, whatever its answer. */
		if (got != 503 && arena_takes(arena) >= n)
			fail_msg("%.*s, no room for thing %zu of %zu: %d", STR_ARGS(route->pattern), n,
				takes, got);
		busy += got == 503;
	}
	arena_fill_at(arena, 0);
	return busy;
}

static bool ends_a_session(const struct route *route)
{
	return str_starts(route->pattern, S("/sign-"));
}

TEST(no_page_breaks_when_there_is_no_room_for_one_more_thing)
{
	size_t busy = 0, pages = 0;
	for (size_t i = 0; i < routes_n; i++) {
		const struct route *route = &routes[i];
		if (ends_a_session(route))
			continue;
		bool shown = false, kept = false;
		for (enum role role = ROLE_NONE; role < ROLES && !(shown && kept); role++) {
			if (role != ROLE_NONE && somebody[role].cookie[0] == '\0')
				continue;
			int status = asked(route, role).status;
			bool *done = status < 400 && role != ROLE_NONE ? &shown : &kept;
			if (*done)
				continue;
			*done = true;
			busy += tortured(route, role);
			pages++;
			check_int(asked(route, role).status, status);
		}
	}
	print_message("# %zu addresses and people, %zu answers without room: no fault\n", pages, busy);
	check_true(pages > routes_n / 2 && busy > 1000 / STEP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(no_page_breaks_when_there_is_no_room_for_one_more_thing),
	};
	fill = demonstration;
	return cmocka_run_group_tests_name("web torture", tests, start, stop);
}
