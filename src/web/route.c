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

static bool matches(str pattern, str path, int64_t *id)
{
	str want, got;
	*id = 0;
	for (;;) {
		bool more = str_split(&pattern, '/', &want), there = str_split(&path, '/', &got);
		if (!more || !there)
			return more == there;
		if (str_equal(want, S(":id")) ? !is_id(got, id) : !str_equal(want, got))
			return false;
	}
}

struct route_found route_find(enum http_method method, str path)
{
	struct route_found found = { .status = 404 };
	for (size_t i = 0; i < routes_n; i++) {
		int64_t id;
		if (!matches(routes[i].pattern, path, &id))
			continue;
		if (routes[i].method == (method == HTTP_HEAD ? HTTP_GET : method))
			return (struct route_found){ &routes[i], 200, id };
		found.status = 405;
	}
	return found;
}

bool route_names_children(const struct route *route)
{
	return route->permission == MAY_SEE_CHILD || route->permission == MAY_SEE_NAME ||
	       route->permission == MAY_LIST_CASELOAD;
}
