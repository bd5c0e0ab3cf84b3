#include "web/brand.h"

enum { MINUTE_MS = 60 * 1000 };

struct brand brand_now(struct web *web, str authority)
{
	pthread_mutex_lock(&web->lock);
	struct brand brand = brand_of(&web->brands, authority);
	pthread_mutex_unlock(&web->lock);
	return brand;
}

str brand_name(struct page *page, str authority)
{
	struct brand brand = brand_now(page->web, authority);
	if (brand.name[0] != '\0')
		return arena_str(page->arena, str_of(brand.name));
	bool first = str_equal(authority, str_of(brand_now(page->web, (str){ 0 }).code));
	return first || authority.n == 0 ? page->web->options.council : authority;
}

void brand_dress(struct page *page, str authority)
{
	struct brand brand = brand_now(page->web, authority);
	struct layout *layout = &page->layout;
	layout->authority = brand_name(page, authority);
	layout->brand_colour = layout->brand_href = layout->logo_href = (str){ 0 };
	if (brand.colour[0] != '\0') {
		layout->brand_colour = arena_str(page->arena, str_of(brand.colour));
		layout->brand_href =
			arena_format(page->arena, "/brand.css?v=%s", brand.colour + 1);
	}
	if (brand.logo[0] != '\0')
		layout->logo_href =
			arena_format(page->arena, "/brand-logo.png?v=%.16s", brand.logo);
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
	struct brands brands;
	struct err err;
	if (!store_brands(store, &brands, &err))
		return;
	pthread_mutex_lock(&web->lock);
	web->brands = brands;
	pthread_mutex_unlock(&web->lock);
}

/* Kept by the browser for as long as the address names these bytes. */
static void caching(struct page *page, str version)
{
	if (str_equal(form_value(&page->query, S("v")), version))
		page->response.caching = HTTP_IMMUTABLE;
}

/* The council's whose version the address names; without one, the reader's, or the first. */
static struct brand asked_for(struct page *page, bool logo)
{
	str version = form_value(&page->query, S("v"));
	pthread_mutex_lock(&page->web->lock);
	struct brands brands = page->web->brands;
	pthread_mutex_unlock(&page->web->lock);
	for (size_t i = 0; i < brands.n && version.n > 0; i++) {
		const struct brand *brand = &brands.item[i];
		str is = logo ? str_upto(str_of(brand->logo), 16)
			      : str_from(str_of(brand->colour), brand->colour[0] != '\0');
		if (str_equal(is, version))
			return *brand;
	}
	return brand_of(&brands, page->actor.authority);
}

void brand_styles(struct page *page)
{
	struct brand brand = asked_for(page, false);
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
	struct brand brand = asked_for(page, true);
	str bytes;
	struct err err;
	if (brand.logo[0] == '\0' ||
		!store_brand_logo(
			page->store, page->arena, str_of(brand.logo), &bytes, &err)) {
		page_problem(page, 404);
		return;
	}
	page->response.status = 200;
	page->response.type = S("image/png");
	page->response.body = bytes;
	http_response_header(&page->response, S("Content-Security-Policy"), S("sandbox"));
	caching(page, str_upto(str_of(brand.logo), 16));
}
