#include "html/show_list.h"

#include "html/govuk_pagination.h"

static void add_param(struct buf *b, bool *any, str name, str value)
{
	if (*any)
		H(b, "&");
	else
		H(b, "?");
	*any = true;
	html_url(b, name);
	H(b, "=");
	html_url(b, value);
}

/* `sign` stands before the value: "-" turns a sort round. */
static str query_with(
	struct arena *arena, const struct show_query *query, str name, str sign, str value)
{
	struct buf b = { 0 };
	bool any = false;
	buf_str(&b, query->path);
	for (size_t i = 0; i < query->n_params; i++) {
		const struct show_param *p = &query->param[i];
		if (p->value.n > 0 && !str_equal(p->name, name) && !str_equal(p->name, S("page")))
			add_param(&b, &any, p->name, p->value);
	}
	if (value.n > 0) {
		add_param(&b, &any, name, sign);
		html_url(&b, value);
	}
	str href = arena_str(arena, buf_view(&b));
	buf_close(&b);
	return href;
}

str show_query_with(struct arena *arena, const struct show_query *query, str name, str value)
{
	return query_with(arena, query, name, S(""), value);
}

void show_sort(struct buf *b, struct arena *arena, const struct show_query *query,
	const struct show_sort *sort)
{
	bool up = str_equal(sort->sorted, sort->key);
	bool down =
		str_starts(sort->sorted, S("-")) && str_equal(str_from(sort->sorted, 1), sort->key);
	H(b, "<th scope=\"col\" class=\"govuk-table__header");
	if (sort->numeric)
		H(b, " govuk-table__header--numeric");
	if (up)
		H(b, "\" aria-sort=\"ascending");
	else if (down)
		H(b, "\" aria-sort=\"descending");
	H(b, "\"><a class=\"govuk-link app-sort\"");
	attr(b, "href", query_with(arena, query, S("sort"), up ? S("-") : S(""), sort->key));
	H(b, ">");
	text(b, sort->label);
	H(b, "</a></th>\n");
}

void show_range(struct buf *b, const struct show_range *range)
{
	H(b, "<p class=\"app-showing\">Showing ");
	text_int(b, range->first);
	H(b, " to ");
	text_int(b, range->last);
	H(b, " of ");
	text_int(b, range->total);
	if (range->what.n > 0) {
		H(b, " ");
		text(b, range->what);
	}
	H(b, "</p>\n");
}

static str number(struct arena *arena, int64_t value)
{
	struct buf b = { 0 };
	text_id(&b, value);
	str s = arena_str(arena, buf_view(&b));
	buf_close(&b);
	return s;
}

static str page_href(struct arena *arena, const struct show_query *query, int64_t page)
{
	return show_query_with(arena, query, S("page"), page == 1 ? S("") : number(arena, page));
}

enum { PAGE_LINKS = 9 }; /* first, gap, five round the current one, gap, last */

void show_pages(struct buf *b, struct arena *arena, const struct show_query *query, int64_t page,
	int64_t pages)
{
	struct govuk_pagination_item items[PAGE_LINKS];
	struct govuk_pagination_link previous = { .text = S("") }, next = { .text = S("") };
	size_t n = 0;
	if (pages <= 1)
		return;
	for (int64_t at = 1; at <= pages; at++) {
		if (at != 1 && at != pages && (at < page - 2 || at > page + 2)) {
			if (!items[n - 1].ellipsis)
				items[n++] = (struct govuk_pagination_item){ .ellipsis = true };
			at = at < page - 2 ? page - 3 : pages - 1;
			continue;
		}
		items[n++] = (struct govuk_pagination_item){
			.number = number(arena, at),
			.href = page_href(arena, query, at),
			.current = at == page,
		};
	}
	if (page > 1)
		previous.href = page_href(arena, query, page - 1);
	if (page < pages)
		next.href = page_href(arena, query, page + 1);
	govuk_pagination(b, .previous = previous, .next = next, .items = items, .n_items = n);
}

void show_counts(struct buf *b, str label, const struct show_count *count, size_t n)
{
	H(b, "<nav");
	attr(b, "aria-label", label);
	H(b, ">\n<ul class=\"app-counts\">\n");
	for (size_t i = 0; i < n; i++) {
		const struct show_count *c = &count[i];
		H(b, "<li class=\"app-counts__item");
		if (c->overdue)
			H(b, " app-counts__item--overdue");
		H(b, "\">");
		if (c->href.n > 0) {
			H(b, "<a class=\"govuk-link app-counts__link\"");
			attr(b, "href", c->href);
			if (c->current)
				H(b, " aria-current=\"true\"");
			H(b, ">");
		} else {
			H(b, "<span class=\"app-counts__link\">");
		}
		H(b, "<span class=\"app-counts__number\">");
		text_int(b, c->n);
		H(b, "</span> ");
		text(b, c->text);
		if (c->href.n > 0)
			H(b, "</a></li>\n");
		else
			H(b, "</span></li>\n");
	}
	H(b, "</ul>\n</nav>\n");
}

void show_wide_open(struct buf *b, str label)
{
	H(b, "<div class=\"app-table-wrap\" role=\"region\" tabindex=\"0\"");
	attr(b, "aria-label", label);
	H(b, ">\n");
}

void show_wide_close(struct buf *b)
{
	H(b, "</div>\n");
}
