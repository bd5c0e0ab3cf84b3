/* page.h - what a page's function is given, and the few things that it may say.
 *
 * A page is one function and one row of routes.def. When it is called, the person is known and the
 * policy has agreed. It reads the store (at most five statements), writes HTML at the end of `out`
 * between page_open() and page_close(), and returns. It must not write to the store.
 */
#pragma once

#include "html/layout.h"
#include "http/multipart.h"
#include "store/list.h"
#include "store/matter.h"
#include "web/route.h"

struct web;

struct page {
	struct web *web;
	const struct http_request *request;
	const struct route *route;
	struct arena *arena; /* this request's */
	struct buf *out;     /* the body */
	struct store *store; /* a reader of this thread's */
	bool signed_in;
	struct actor actor; /* who is asking */
	str person;         /* their name */
	str home;           /* code of their own council; see authority.h */
	int64_t beside;     /* how many other councils they work for */
	str csrf;           /* for their forms: layout_form_open() */
	instant now;
	day today;
	int64_t id; /* what stands for :id in the address; 0: none */
	int64_t second; /* and for a second :id */
	str word;       /* and for :word */
	struct child_head
		child;     /* where the address is a child's: who it is, at this reader's level */
	struct matter_row matter; /* where it is a matter's: the same; else its subject is 0 */
	const struct law *law; /* of the child's council: child_law() */
	struct form query; /* of the address */
	struct form form;  /* of a POST */
	const struct form_file *file; /* that came with it: only where the route takes files */
	size_t files;

	/* What the function may set before page_open(). */
	struct layout layout; /* begins with all that does not depend on the page */
	int status;           /* 200 */

	void *own; /* for the page's functions, where one goes on after another (later.h) */

	/* What the functions below set. */
	struct http_response response;
	struct look look;
	struct page_later *later;
};

/* The page's frame round what is written to page->out. The title never names a child. */
void page_open(struct page *page, str title);
void page_close(struct page *page);

/* Who was seen, for the ledger: written durably before the answer leaves. "look:child". The
 * subjects are in the arena, or constant. A page of none still says so. */
void page_looked(struct page *page, str act, const int64_t *subject, size_t n);

/* Instead of a page: */
void page_redirect(struct page *page, str to);    /* 303, to an address of ours: "/caseload" */
void page_problem(struct page *page, int status); /* a plain page that says so: 403, 404 ... */
/* What is in page->out is a file to keep: "text/csv; charset=utf-8", "caseload.csv". */
void page_file(struct page *page, str type, str name);
/* The store did not answer: 404 for ERR_MISSING and ERR_DENIED, 503 for ERR_BUSY, else 500. */
void page_failed(struct page *page, const struct err *err);
int page_status_of(const struct err *err);

/* The file that came with the input of that name; NULL when none was chosen, or when there are two. */
const struct form_file *page_uploaded(const struct page *page, str field);

/* Is it an address of ours, safe to go to after signing in? "/children/12?x=1", never "//host". */
bool page_is_ours(struct arena *arena, str address);

/* The functions of routes.def. */
#define ROUTE(method, pattern, permission, function) void function(struct page *page);
#define ROUTE_FILES ROUTE
#include "web/routes.def"
#undef ROUTE
#undef ROUTE_FILES
