#include "web/brand.h"

enum { MINUTE_MS = 60 * 1000 };

struct brand brand_now(struct web *web)
{
	pthread_mutex_lock(&web->lock);
	struct brand brand = web->brand;
	pthread_mutex_unlock(&web->lock);
	return brand;
}

bool brand_is_old(struct web *web, instant now)
{
	pthread_mutex_lock(&web->lock);
	bool shared = db_engine(store_db(web->options.store)) == DB_POSTGRES;
	bool old = shared && (now - web->brand_at > MINUTE_MS || now < web->brand_at);
	if (old)
		web->brand_at = now; /* by this thread alone */
	pthread_mutex_unlock(&web->lock);
	return old;
}

/* A page without its colours is still a page. */
void brand_read(struct web *web, struct store *store)
{
	struct brand brand;
	struct err err;
	if (!store_brand(store, &brand, &err))
		return;
	pthread_mutex_lock(&web->lock);
	web->brand = brand;
	pthread_mutex_unlock(&web->lock);
}

/* Kept by the browser for as long as the address names these bytes. */
static void caching(struct page *page, str version)
{
	if (str_equal(form_value(&page->query, S("v")), version))
		page->response.caching = HTTP_IMMUTABLE;
}

void brand_styles(struct page *page)
{
	struct brand brand = brand_now(page->web);
	struct buf *b = page->out;
	if (brand.colour[0] == '\0') {
		page_problem(page, 404);
		return;
	}
	buf_format(b, ":root{--govuk-brand-colour:%s}\n", brand.colour);
	page->response.status = 200;
	page->response.type = S("text/css; charset=utf-8");
	page->response.body = buf_view(b);
	caching(page, str_of(brand.colour + 1));
}

/* A picture from outside: never anything else, whatever a browser would like to see in it. */
void brand_logo(struct page *page)
{
	struct brand brand = brand_now(page->web);
	str bytes;
	struct err err;
	if (brand.logo[0] == '\0' ||
		!store_brand_logo(page->store, page->arena, &bytes, &err)) {
		page_problem(page, 404);
		return;
	}
	page->response.status = 200;
	page->response.type = S("image/png");
	page->response.body = bytes;
	http_response_header(&page->response, S("Content-Security-Policy"), S("sandbox"));
	caching(page, str_upto(str_of(brand.logo), 16));
}
