#include "web/web.h"

#include "base/mem.h"
#include "html/asset.h"
#include "http/cookie.h"
#include "http/gate.h"
#include "web/authority.h"
#include "web/brand.h"
#include "store/kept.h"
#include "web/cookie.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"
#include "web/matter.h"

/* ---- readers */

struct store *web_reader(struct web *web)
{
	pthread_mutex_lock(&web->lock);
	must(web->readers > 0); /* as many as handlers may run at once */
	struct store *reader = web->reader[--web->readers];
	pthread_mutex_unlock(&web->lock);
	return reader;
}

void web_reader_back(struct web *web, struct store *reader)
{
	pthread_mutex_lock(&web->lock);
	web->reader[web->readers++] = reader;
	pthread_mutex_unlock(&web->lock);
}

struct web *web_open(const struct web_options *options, struct err *err)
{
	struct web *web = mem_alloc(1, sizeof *web);
	web->options = *options;
	web->reader = mem_alloc(options->readers, sizeof *web->reader);
	pthread_mutex_init(&web->lock, NULL);
	web->issuer = oidc_issuer_open();
	while (web->readers < options->readers) {
		struct store *reader = store_reader(options->store, err);
		if (reader == NULL) {
			web_close(web);
			return NULL;
		}
		web->reader[web->readers++] = reader;
	}
	if (web->readers > 0)
		brand_read(web, web->reader[0]);
	web->brand_at = options->env->now(options->env->self);
	return web;
}

void web_close(struct web *web)
{
	if (web == NULL)
		return;
	while (web->readers > 0)
		store_close(web->reader[--web->readers]);
	pthread_mutex_destroy(&web->lock);
	oidc_issuer_close(web->issuer);
	mem_free(web->reader);
	mem_free(web);
}

/* ---- styles and scripts */

static bool takes_gzip(const struct http_request *request)
{
	str rest = http_request_header(request, S("accept-encoding")), piece;
	while (str_split(&rest, ',', &piece)) {
		size_t quality = str_find(piece, ';');
		if (str_equal_nocase(str_trim(str_upto(piece, quality)), S("gzip")))
			return !str_equal(str_trim(str_from(piece, quality + 1)), S("q=0"));
	}
	return false;
}

static bool asset_show(const struct http_request *request, struct http_response *out)
{
	const struct asset *asset = asset_find(request->path);
	if (asset == NULL || request->method == HTTP_POST)
		return false;
	*out = (struct http_response){
		.status = 200, .type = asset->type, .caching = HTTP_IMMUTABLE
	};
	http_response_header(out, S("ETag"), asset->etag);
	http_response_header(out, S("Vary"), S("Accept-Encoding"));
	if (str_equal(http_request_header(request, S("if-none-match")), asset->etag)) {
		out->status = 304;
		return true;
	}
	out->body = asset->bytes;
	if (asset->gzip.n > 0 && takes_gzip(request)) {
		out->body = asset->gzip;
		http_response_header(out, S("Content-Encoding"), S("gzip"));
	}
	return true;
}

/* ---- who is asking */

static struct page *page_make(struct web *web, const struct http_request *request)
{
	struct framed *framed = arena_new(request->arena, struct framed);
	struct page *page = &framed->page;
	page->web = web;
	page->request = request;
	page->arena = request->arena;
	page->out = request->out;
	page->status = 200;
	page->now = web->options.env->now(web->options.env->self);
	page->today = instant_day(page->now);
	page->layout = (struct layout){ .authority = web->options.council,
		.demonstration = web->options.demonstration,
		.frozen = web->options.frozen,
		.known_to = DAY_UNKNOWN,
		.now = page->now };
	brand_dress(page, (str){ 0 });
	return page;
}

static bool session_read(struct framed *framed, struct err *err)
{
	struct page *page = &framed->page;
	str value;
	if (!cookie_find(http_request_header(page->request, S("cookie")),
		    cookie_name(page->web->options.secure), &value) ||
		!token_read(value, &framed->token))
		return true;
	framed->has_token = true;
	if (!session_find(
		    page->store, page->arena, &framed->token, page->now, &framed->session, err)) {
		framed->ended = err->code == ERR_STALE;
		return err->code == ERR_MISSING || framed->ended;
	}
	struct token form = token_form(&framed->token);
	struct token_text text = token_write(&form);
	page->signed_in = true;
	page->csrf = arena_str(page->arena, str_of(text.text));
	page->person = framed->session.name;
	page->actor = (struct actor){ .user = framed->session.person,
		.role = framed->session.role,
		.authority = framed->session.authority,
		.name = framed->session.login };
	page->home = framed->session.authority;
	page->beside = framed->session.beside;
	if (framed->session.council.n > 0 && authority_pages(page->request->path))
		page->actor.authority = framed->session.council;
	brand_dress(page, page->actor.authority);
	page->layout.user = page->person;
	page->layout.csrf = page->csrf;
	page->layout.ends_in = (session_ends(&framed->session, page->now) - page->now) / 1000;
	page->layout.ends_warning = SESSION_WARNING / 1000;
	return true;
}

/* At most seven, for whoever may follow them. */
static const struct {
	str words, href;
	enum permission permission;
} navigation[] = {
	{ S_INIT("My caseload"), S_INIT("/caseload"), MAY_LIST_CASELOAD },
	{ S_INIT("My week"), S_INIT("/week"), MAY_LIST_CASELOAD },
	{ S_INIT("Search"), S_INIT("/search"), MAY_SEARCH },
	{ S_INIT("Inbox"), S_INIT("/inbox"), MAY_LIST_CASELOAD },
	{ S_INIT("Duty search"), S_INIT("/duty"), MAY_DUTY_SEARCH },
	{ S_INIT("My tracker"), S_INIT("/tracker"), MAY_USE_TRACKER },
	{ S_INIT("Service"), S_INIT("/monday"), MAY_SEE_SERVICE },
	{ S_INIT("Data quality"), S_INIT("/quality"), MAY_SEE_QUALITY },
};
enum { LINKS = sizeof navigation / sizeof *navigation };

static void navigation_set(struct page *page)
{
	const struct session *session = &((const struct framed *)page)->session;
	if (!page->signed_in || session->bare || session->lent)
		return;
	struct layout_link *link = arena_take(page->arena, LINKS + 2, sizeof *link);
	page->layout.nav = link;
	for (size_t i = 0; i < LINKS; i++) {
		/* Who searches what they see has no need of the duty search in every page. */
		if (navigation[i].permission == MAY_DUTY_SEARCH &&
			policy_role_may(page->actor.role, MAY_SEARCH))
			continue;
		/* Nor a manager, who holds no caseload of their own, of a tracker: their list leads to it. */
		if (navigation[i].permission == MAY_USE_TRACKER &&
			policy_role_may(page->actor.role, MAY_SEE_SERVICE))
			continue;
		/* Their caseload, or the numbers of the service, lead to it. */
		if (navigation[i].permission == MAY_SEE_QUALITY &&
			(policy_role_may(page->actor.role, MAY_SEE_SERVICE) ||
				policy_role_may(page->actor.role, MAY_LIST_CASELOAD)))
			continue;
		if (policy_role_may(page->actor.role, navigation[i].permission))
			link[page->layout.n_nav++] =
				(struct layout_link){ navigation[i].words, navigation[i].href };
	}
	str matters = matter_list_name(page->actor.role);
	if (matters.n > 0)
		link[page->layout.n_nav++] = (struct layout_link){ matters, S("/matters") };
	if (manage_any(page))
		link[page->layout.n_nav++] = (struct layout_link){ S("Manage"), S("/manage") };
}

/* ---- is it let in? */

/* Did one of our own pages send it? Browsers say where a form came from; what is no browser says
 * nothing, and has no cookie that somebody else could use. With our own Referrer-Policy the Origin
 * of our own forms is "null": then Sec-Fetch-Site decides. */
static bool sent_by_us(const struct http_request *request, bool secure)
{
	str site = http_request_header(request, S("sec-fetch-site"));
	str origin = http_request_header(request, S("origin"));
	str host = http_request_header(request, S("host"));
	if (site.n > 0 && !str_equal(site, S("same-origin")))
		return false;
	if (origin.n == 0)
		return true;
	if (str_equal(origin, S("null")))
		return site.n > 0;
	str scheme = secure ? S("https://") : S("http://");
	return str_starts(origin, scheme) && str_equal_nocase(str_from(origin, scheme.n), host);
}

static int form_take(struct page *page)
{
	struct err err;
	const struct http_request *request = page->request;
	if (!form_read(page->arena, request->query, &page->query, &err))
		return 400;
	if (request->method != HTTP_POST)
		return 0;
	str type = http_request_header(request, S("content-type"));
	bool parts = page->route->files && multipart_is(type);
	if (!parts &&
		!str_equal_nocase(str_trim(str_upto(type, str_find(type, ';'))),
		    S("application/x-www-form-urlencoded")))
		return 415;
	if (!sent_by_us(request, page->web->options.secure))
		return 403;
	struct multipart sent = { 0 };
	if (parts ? !multipart_read(page->arena, type, request->body, &sent, &err)
		  : !form_read(page->arena, request->body, &sent.form, &err))
		return err.code == ERR_FULL ? 413 : 400;
	page->form = sent.form;
	page->file = sent.file;
	page->files = sent.files;
	return 0;
}

static bool form_is_theirs(const struct framed *framed)
{
	struct token given, wanted = token_form(&framed->token);
	return token_read(form_value(&framed->page.form, S("csrf")), &given) &&
	       token_equal(&given, &wanted);
}

static void to_sign_in(struct page *page)
{
	const struct http_request *request = page->request;
	struct buf to = { 0 };
	buf_lit(&to, "/sign-in");
	if (request->method != HTTP_POST && !str_equal(request->path, S("/caseload"))) {
		struct buf asked = { 0 };
		buf_str(&asked, request->path);
		if (request->query.n > 0)
			buf_char(&asked, '?');
		buf_str(&asked, request->query);
		buf_lit(&to, "?next=");
		html_url(&to, buf_view(&asked));
		buf_close(&asked);
	}
	page_redirect(page, arena_str(page->arena, buf_view(&to)));
	buf_close(&to);
}

/* The matter of the address, for who may see of it what the page shows. */
static bool matter_take(struct page *page, struct err *err)
{
	if (!store_matter(page->store, page->arena, &page->actor, page->id, page->today, &page->matter,
		    err))
		return false;
	page->child = (struct child_head){ .authority = page->matter.authority,
		.known_to = DAY_UNKNOWN };
	/* Its records are for who sees all of it. */
	return page->matter.level >= 2 || page->route->show == matter_show ||
	       err_set(err, ERR_MISSING, "there is no such matter here");
}

/* May they have this page? Else *status is what they get. */
static bool allowed(struct framed *framed, int *status)
{
	struct page *page = &framed->page;
	int permission = page->route->permission;
	*status = 403;
	if (permission == ANYONE)
		return true;
	if (page->request->method == HTTP_POST && !form_is_theirs(framed))
		return false;
	struct err err = { 0 };
	if (route_is_child(page->route) &&
		!store_child_head(
			page->store, page->arena, &page->actor, page->id, &page->child, &err)) {
		*status = page_status_of(&err);
		return false;
	}
	*status = route_answer(page->route, true, page->actor.role, page->child.relations,
		page->child.openness);
	if (*status == 200 && route_is_matter(page->route) && !matter_take(page, &err))
		*status = page_status_of(&err);
	return *status == 200;
}

/* Who has still to set up a second factor does that first, and sees nothing else. */
static bool needs_second_step(const struct page *page)
{
	return page->signed_in && page->route->permission != ANYONE &&
	       page->route->show != sign_out_send &&
	       !str_starts(page->route->pattern, S("/account"));
}

/* Whose password somebody else made and knows chooses another first, and sees nothing else. */
static bool needs_own_password(const struct page *page)
{
	str pattern = page->route->pattern;
	return page->signed_in && page->route->permission != ANYONE &&
	       page->route->show != sign_out_send && !str_equal(pattern, S("/account/password")) &&
	       !str_equal(pattern, S("/account/stay")) && !str_equal(pattern, S("/account/left"));
}

static void show(struct framed *framed)
{
	struct page *page = &framed->page;
	const struct http_request *request = page->request;
	struct route_found found = route_find(request->method, request->path);
	struct err err;
	int status;
	if (!session_read(framed, &err)) {
		page_failed(page, &err);
		return;
	}
	navigation_set(page);
	if (found.route == NULL) {
		page_problem(page, found.status);
		return;
	}
	page->route = found.route;
	page->id = found.id;
	page->second = found.second;
	page->word = found.word;
	status = form_take(page);
	if (status != 0) {
		page_problem(page, status);
	} else if (found.route->permission != ANYONE && !page->signed_in) {
		if (framed->ended && request->method == HTTP_POST && form_is_theirs(framed) &&
			kept_wanted(page))
			kept_take(page);
		else
			to_sign_in(page);
	} else if (!allowed(framed, &status)) {
		page_problem(page, status);
	} else if (framed->session.lent && needs_own_password(page)) {
		page_redirect(page, S("/account/password"));
	} else if (framed->session.bare && needs_second_step(page)) {
		page_redirect(page, S("/account/second-factor"));
	} else {
		found.route->show(page);
	}
}

/* ---- before the answer leaves */

/* What had been kept of a form was sent again, and taken. */
static bool sent_again(const struct page *page)
{
	return page->signed_in && page->request->method == HTTP_POST && page->status == 303 &&
	       form_has(&page->form, S("kept"));
}

static bool note(struct page *page, struct store *store, struct err *err)
{
	struct framed *framed = (struct framed *)page;
	int64_t kept;
	if (page->look.act.n > 0 && !store_look(store, &page->look, err))
		return false;
	if (sent_again(page) && str_int(form_value(&page->form, S("kept")), &kept) &&
		!store_kept_drop(store, page->actor.user, kept, err))
		return false;
	return page->now - framed->session.seen_at < SESSION_NOTED ||
	       session_seen(store, &framed->token, page->now, err);
}

static void noted(struct page *page, const struct err *failed)
{
	struct framed *framed = (struct framed *)page;
	framed->noted = true;
	if (failed != NULL)
		page_failed(page, failed);
}

void web_settle(struct page *page, struct http_response *out)
{
	struct framed *framed = (struct framed *)page;
	if (page->later == NULL && (page->out->full || arena_full(page->arena)))
		page_problem(page, 503);
	bool shown = page->route != NULL && page->status < 300 && route_names_children(page->route);
	if (page->later == NULL && shown && page->look.act.n == 0)
		page_problem(page, 500); /* a page that names children and does not say whom */
	bool visit = page->signed_in && page->now - framed->session.seen_at >= SESSION_NOTED &&
		     page->route != NULL && page->route->show != sign_out_send &&
		     page->route->show != account_left_show;
	if (page->later == NULL && !framed->noted &&
		(page->look.act.n > 0 || visit || sent_again(page)))
		page_write(page, note, noted);
	if (page->later != NULL) {
		out->later = (struct http_later *)page->later;
		return;
	}
	*out = page->response;
	must(out->status != 0);
}

/* Twenty megabytes from somebody who is signed in, to a page that asks for a file; before that is
 * known nothing is read that a stranger could fill the memory with. */
size_t web_takes(void *self, const struct http_request *request)
{
	struct web *web = self;
	struct route_found found = route_find(request->method, request->path);
	if (found.route == NULL || !found.route->files)
		return GATE_BODY_MAX;
	struct page *page = page_make(web, request);
	struct err err;
	page->store = web_reader(web);
	bool known = session_read((struct framed *)page, &err) && page->signed_in;
	web_reader_back(web, page->store);
	return known ? GATE_FILES_MAX : GATE_BODY_MAX;
}

void web_handle(void *self, const struct http_request *request, struct http_response *out)
{
	struct web *web = self;
	if (asset_show(request, out))
		return;
	struct page *page = page_make(web, request);
	page->store = web_reader(web);
	if (brand_is_old(web, page->now))
		brand_read(web, page->store);
	show((struct framed *)page);
	web_settle(page, out);
	web_reader_back(web, page->store);
}

void web_refuse(
	void *self, int status, const struct http_request *request, struct http_response *out)
{
	struct page *page = page_make(self, request);
	page_problem(page, status);
	*out = page->response;
}
