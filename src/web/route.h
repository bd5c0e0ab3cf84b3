/* route.h - from a method and a path to the function that answers, and who may have it. Pure. */
#pragma once

#include "http/http.h"
#include "policy/policy.h"

struct page;

/* Beside the policy's permissions. */
enum { ANYONE = PERMISSIONS, SIGNED_IN };

struct route {
	enum http_method method; /* GET answers HEAD too */
	str pattern;             /* "/children/:id" */
	int permission;          /* of the policy, ANYONE or SIGNED_IN */
	void (*show)(struct page *page);
	bool files; /* its form brings files, and may be as long as GATE_FILES_MAX */
};

extern const struct route routes[];
extern const size_t routes_n;

struct route_found {
	const struct route *route; /* NULL: see status */
	int status;                /* 200, 404, or 405: there is one for another method */
	int64_t id;                /* what stands for :id; 0: the pattern has none */
	int64_t second;            /* what stands for a second :id */
	str word;                  /* what stands for :word; borrowed from the path */
};
struct route_found route_find(enum http_method method, str path);
/* Does a page with that permission name children? */
bool route_names_children(const struct route *route);
