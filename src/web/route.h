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
/* Is it about one child, whose number stands first in the address? */
bool route_is_child(const struct route *route);
/* Or about one that is no child? */
bool route_is_matter(const struct route *route);
/* Who gets what, before the page's function has a say: 200 (the function answers), 303 (to the
 * sign-in), 403, or 404. Of a child's page `relations` are those in which the child stands to them
 * now, as bits 1 << enum relation, none when it is not there; other pages ask the role alone. A
 * child that may not be known about is as absent as one that is not there. Pure, and enumerated:
 * tests/golden/routes.txt. */
int route_answer(const struct route *route, bool signed_in, enum role role, unsigned relations,
	enum openness openness);
/* Does a page with that permission name children? */
bool route_names_children(const struct route *route);
