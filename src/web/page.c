#include "web/page.h"

#include "http/gate.h"

void page_open(struct page *page, str title)
{
	page->layout.title = title;
	layout_open(page->out, &page->layout);
}

static void whole(struct page *page, str type)
{
	page->response.status = page->status;
	page->response.type = type;
	page->response.body = buf_view(page->out);
}

void page_close(struct page *page)
{
	layout_close(page->out, &page->layout);
	whole(page, S("text/html; charset=utf-8"));
}

void page_looked(struct page *page, str act, const int64_t *subject, size_t n)
{
	page->look = (struct look){ .actor = &page->actor, .act = act, .subject = subject, .n = n };
}

void page_redirect(struct page *page, str to)
{
	buf_clear(page->out);
	page->status = 303;
	http_response_header(&page->response, S("Location"), to);
	whole(page, (str){ 0 });
}

void page_file(struct page *page, str type, str name)
{
	whole(page, type);
	http_response_header(&page->response, S("Content-Disposition"),
		arena_format(page->arena, "attachment; filename=\"%.*s\"", STR_ARGS(name)));
}

/* What happened, and what to do about it. */
static const struct problem_words {
	int status;
	str title, words, then;
} problems[] = {
	{ 400, S_INIT("We could not read what was sent"),
		S_INIT("The request was not in a form that Duly understands."),
		S_INIT("Go back, reload the page and try again.") },
	{ 403, S_INIT("You cannot do this"),
		S_INIT("Either your role does not allow it, or the page had been open too long."),
		S_INIT("Go back, reload the page and try again. If it should be allowed, ask your "
		       "manager.") },
	{ 404, S_INIT("Page not found"), S_INIT("There is no page here that you can see."),
		S_INIT("If you typed the address, check that it is correct. If you pasted it, "
		       "check "
		       "that you copied all of it.") },
	{ 405, S_INIT("This page cannot be used in that way"),
		S_INIT("The address exists, but does not take that kind of request."),
		S_INIT("Go back and follow the links on the page.") },
	{ 408, S_INIT("The request took too long"),
		S_INIT("The connection was too slow, and was closed."), S_INIT("Try again.") },
	{ 411, S_INIT("We could not read what was sent"),
		S_INIT("The request did not say how long it was."),
		S_INIT("Go back, reload the page and try again.") },
	{ 413, S_INIT("What was sent is too large"),
		S_INIT("Duly takes forms of up to 256 kilobytes, and files of up to 20 megabytes "
		       "where it asks for them."),
		S_INIT("Go back and shorten the text, or choose a smaller file.") },
	{ 414, S_INIT("The address is too long"),
		S_INIT("Duly takes addresses of up to 2,048 characters."),
		S_INIT("Go back and choose fewer filters.") },
	{ 415, S_INIT("We could not read what was sent"),
		S_INIT("The form was not sent in the way that a browser sends it."),
		S_INIT("Go back, reload the page and try again.") },
	{ 429, S_INIT("Too many attempts"),
		S_INIT("There have been too many attempts in a short time."),
		S_INIT("Wait 5 minutes and try again.") },
	{ 431, S_INIT("We could not read what was sent"),
		S_INIT("Your browser sent more information than Duly takes."),
		S_INIT("Clear the cookies of this site and try again.") },
	{ 503, S_INIT("Duly is busy"),
		S_INIT("There is more to do at this moment than Duly can do at once."),
		S_INIT("Wait a minute and try again. Nothing was changed.") },
	{ 505, S_INIT("We could not read what was sent"),
		S_INIT("The request was made in a version of HTTP that Duly does not speak."),
		S_INIT("Use an up-to-date browser.") },
};

static const struct problem_words broken = { 500, S_INIT("Sorry, there is a problem with Duly"),
	S_INIT("Something went wrong on our side."),
	S_INIT("Try again later. If it happens again, tell whoever looks after Duly in your "
	       "council "
	       "when it happened.") };

void page_problem(struct page *page, int status)
{
	const struct problem_words *problem = &broken;
	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
		if (problems[i].status == status)
			problem = &problems[i];
	}
	buf_clear(page->out);
	page->look = (struct look){ 0 };
	page->response = (struct http_response){ 0 };
	page->status = status;
	page->layout.error = false;
	page->layout.back_href = (str){ 0 };
	page_open(page, problem->title);
	struct buf *b = page->out;
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n"
	     "<h1 class=\"govuk-heading-l\">");
	text(b, problem->title);
	H(b, "</h1>\n<p class=\"govuk-body\">");
	text(b, problem->words);
	H(b, "</p>\n<p class=\"govuk-body\">");
	text(b, problem->then);
	H(b, "</p>\n<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/caseload\">Go to my "
	     "caseload</a></p>\n</div></div>\n");
	page_close(page);
}

int page_status_of(const struct err *err)
{
	switch (err->code) {
	case ERR_MISSING:
	case ERR_DENIED:
		return 404;
	case ERR_BUSY:
	case ERR_FULL:
		return 503;
	case ERR_NONE:
	case ERR_INPUT:
	case ERR_DUPLICATE:
	case ERR_STALE:
	case ERR_BROKEN:
	case ERR_IO:
	default:
		return 500;
	}
}

void page_failed(struct page *page, const struct err *err)
{
	page_problem(page, page_status_of(err));
}

const struct form_file *page_uploaded(const struct page *page, str field)
{
	const struct form_file *found = NULL;
	for (size_t i = 0; i < page->files; i++) {
		const struct form_file *file = &page->file[i];
		if (!str_equal(file->field, field) || (file->name.n == 0 && file->bytes.n == 0))
			continue;
		if (found != NULL)
			return NULL;
		found = file;
	}
	return found;
}

bool page_is_ours(struct arena *arena, str address)
{
	str path;
	if (address.n == 0 || address.n > GATE_TARGET_MAX || address.p[0] != '/' ||
		(address.n > 1 && address.p[1] == '/'))
		return false;
	for (size_t i = 0; i < address.n; i++) {
		if (address.p[i] < 0x21 || address.p[i] > 0x7e || address.p[i] == '\\' ||
			address.p[i] == '#')
			return false;
	}
	return gate_path(arena, str_upto(address, str_find(address, '?')), &path) &&
	       route_find(HTTP_GET, path).route != NULL;
}
