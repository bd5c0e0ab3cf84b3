#include "web/page.h"

const struct route routes[] = {
#define ROUTE(method, pattern, permission, function)                                               \
	{ HTTP_##method, S_INIT(pattern), permission, function, false },
#define ROUTE_FILES(method, pattern, permission, function)                                         \
	{ HTTP_##method, S_INIT(pattern), permission, function, true },
#include "web/routes.def"
#undef ROUTE
#undef ROUTE_FILES
};
const size_t routes_n = sizeof routes / sizeof *routes;

static bool is_id(str s, int64_t *id)
{
	return s.n > 0 && s.n <= 18 && s.p[0] >= '1' && s.p[0] <= '9' && str_int(s, id);
}

static bool is_word(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((s.p[i] < 'a' || s.p[i] > 'z') && s.p[i] != '_')
			return false;
	}
	return s.n > 0 && s.n <= 40;
}

static bool piece_matches(str want, str got, struct route_found *found)
{
	if (str_equal(want, S(":word"))) {
		found->word = got;
		return is_word(got);
	}
	if (str_equal(want, S(":id")))
		return is_id(got, found->id == 0 ? &found->id : &found->second);
	return str_equal(want, got);
}

static bool matches(str pattern, str path, struct route_found *found)
{
	str want, got;
	for (;;) {
		bool more = str_split(&pattern, '/', &want), there = str_split(&path, '/', &got);
		if (!more || !there)
			return more == there;
		if (!piece_matches(want, got, found))
			return false;
	}
}

struct route_found route_find(enum http_method method, str path)
{
	struct route_found found = { .status = 404 };
	for (size_t i = 0; i < routes_n; i++) {
		struct route_found match = { .route = &routes[i], .status = 200 };
		if (!matches(routes[i].pattern, path, &match))
			continue;
		if (routes[i].method == (method == HTTP_HEAD ? HTTP_GET : method))
			return match;
		found.status = 405;
	}
	return found;
}

static bool is_under(const struct route *route, str one)
{
	return str_starts(route->pattern, one) &&
		(route->pattern.n == one.n || route->pattern.p[one.n] == '/');
}

bool route_is_child(const struct route *route)
{
	return is_under(route, S("/children/:id"));
}

bool route_is_matter(const struct route *route)
{
	return is_under(route, S("/matters/:id"));
}

static bool by_any(
	enum role role, enum permission permission, unsigned relations, enum openness openness)
{
	for (enum relation relation = RELATION_NONE; relation < RELATIONS; relation++) {
		if ((relations & 1u << relation) != 0 &&
			policy_may(role, permission, relation, openness))
			return true;
	}
	return false;
}

int route_answer(const struct route *route, bool signed_in, enum role role, unsigned relations,
	enum openness openness)
{
	if (route->permission == ANYONE)
		return 200;
	if (!signed_in)
		return 303;
	bool child = route_is_child(route);
	if (child && !by_any(role, MAY_SEE_CHILD, relations, openness))
		return 404;
	if (route->permission == SIGNED_IN)
		return 200;
	enum permission permission = (enum permission)route->permission;
	if (child ? by_any(role, permission, relations, openness)
		  : policy_role_may(role, permission))
		return 200;
	return permission == MAY_SEE_CHILD || permission == MAY_SEE_NAME ? 404 : 403;
}

bool route_names_children(const struct route *route)
{
	return route->permission == MAY_SEE_CHILD || route->permission == MAY_SEE_NAME ||
	       route->permission == MAY_LIST_CASELOAD || route->permission == MAY_SEARCH ||
	       route->permission == MAY_BOOK || route->permission == MAY_ATTEND ||
	       route->permission == MAY_SEE_MATTERS || route->permission == MAY_SAVE_MATTER ||
	       route->permission == MAY_SEE_QUALITY || route->permission == MAY_EXPLAIN;
}
