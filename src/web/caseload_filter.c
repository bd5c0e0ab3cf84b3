/* caseload_filter.c - the filter of the caseload: a GET form, and a link for each thing selected. */
#include "html/govuk_options.h"
#include "html/govuk_select.h"
#include "html/moj_filter.h"
#include "web/authority.h"
#include "web/brand.h"
#include "web/caseload.h"

enum { TAGS = 8 };

struct tags {
	struct moj_filter_tag item[TAGS];
	size_t n;
};

/* A link to the list without the parameter of that name. */
static void add(struct page *page, const struct caseload_asked *asked, struct tags *tags, str words,
	str without)
{
	must(tags->n < TAGS);
	tags->item[tags->n++] = (struct moj_filter_tag){ words,
		show_query_with(page->arena, &asked->address, without, (str){ 0 }) };
}

static void add_chosen(struct page *page, const struct caseload_asked *asked, struct tags *tags,
	const struct caseload_choice *choice, size_t n, str name, str value)
{
	for (size_t i = 1; i < n; i++) {
		if (str_equal(choice[i].value, value))
			add(page, asked, tags, choice[i].label, name);
	}
}

/* Nobody's name stands in the address; whose row is on the page has theirs there. */
static str family(
	struct page *page, const struct caseload_asked *asked, const struct caseload *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct caseload_row *row = &list->row[i];
		if (row->subject == asked->query.siblings_of && row->level >= 2)
			return arena_format(page->arena, "Brothers and sisters of %.*s %.*s",
				STR_ARGS(row->forename), STR_ARGS(row->surname));
	}
	return S("Brothers and sisters of one child");
}

static void selected(struct page *page, const struct caseload_asked *asked,
	const struct caseload *list, struct tags *tags)
{
	const struct caseload_query *query = &asked->query;
	add_chosen(page, asked, tags, caseload_states, CASELOAD_STATES, S("state"),
		asked->param[0].value);
	add_chosen(page, asked, tags, caseload_kinds, CASELOAD_KINDS, S("kind"),
		asked->param[1].value);
	if (query->team.n > 0)
		add(page, asked, tags, query->team, S("team"));
	if (query->siblings_of != 0)
		add(page, asked, tags, family(page, asked, list), S("siblings"));
	if (query->authority.n > 0)
		add(page, asked, tags, brand_name(page, query->authority), S("council"));
	if (query->text.n > 0)
		add(page, asked, tags,
			arena_format(page->arena, "Name or number: %.*s", STR_ARGS(query->text)),
			S("page"));
}

/* ---- the form */

static void radios(struct page *page, str legend, str name, str value,
	const struct caseload_choice *choice, size_t n)
{
	struct govuk_option *item = arena_take(page->arena, n, sizeof *item);
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		item[i] = (struct govuk_option){ .text = choice[i].label, .value = choice[i].value };
		at = str_equal(choice[i].value, value) ? i : at;
	}
	item[at].checked = GOVUK_YES;
	govuk_radios(page->out, .name = name, .id_prefix = name,
		.classes = S("govuk-radios--small"), .items = item, .n_items = n,
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = legend,
							      .classes = S("govuk-fieldset__legend--s") } });
}

static void select_one(struct page *page, str label, str name, str value,
	const struct govuk_select_item *item, size_t n)
{
	govuk_select(page->out, .label = { .text = label, .classes = S("govuk-label--s") }, .id = name,
		.name = name, .value = value, .items = item, .n_items = n);
}

static void teams(struct page *page, const struct caseload_asked *asked, const struct caseload *list)
{
	struct govuk_select_item *item = arena_take(page->arena, list->teams + 1, sizeof *item);
	if (list->teams < 2)
		return;
	item[0] = (struct govuk_select_item){ .text = S("All teams"), .value = S("") };
	for (size_t i = 0; i < list->teams; i++)
		item[i + 1] = (struct govuk_select_item){ .text = list->team[i],
			.value = list->team[i] };
	select_one(page, S("Team"), S("team"), asked->query.team, item, list->teams + 1);
}

/* Two councils, one caseload: which of them is shown. */
static void councils(struct page *page, const struct caseload_asked *asked)
{
	struct authorities all;
	struct err err;
	if (page->beside == 0 || !authority_read(page, &all, &err))
		return;
	struct govuk_select_item *item = arena_take(page->arena, all.n + 1, sizeof *item);
	item[0] = (struct govuk_select_item){ .text = S("All councils"), .value = S("") };
	for (size_t i = 0; i < all.n; i++)
		item[i + 1] = (struct govuk_select_item){ .text = brand_name(page, all.code[i]),
			.value = all.code[i] };
	select_one(page, S("Council"), S("council"), asked->query.authority, item, all.n + 1);
}

/* What the form does not ask and the address keeps. */
static void keep(struct page *page)
{
	struct buf *b = page->out;
	static const str kept[] = { S_INIT("rows"), S_INIT("sort"), S_INIT("siblings") };
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		str value = form_value(&page->query, kept[i]);
		if (value.n == 0)
			continue;
		H(b, "<input type=\"hidden\"");
		attr(b, "name", kept[i]);
		attr(b, "value", value);
		H(b, ">\n");
	}
}

void caseload_filter(
	struct page *page, const struct caseload_asked *asked, const struct caseload *list)
{
	struct tags tags = { .n = 0 };
	selected(page, asked, list, &tags);
	moj_filter_open(page->out,
		&(struct moj_filter){ .clear = tags.n > 1 ? S("/caseload") : (str){ 0 },
			.tag = tags.item,
			.n = tags.n,
			.action = S("/caseload") });
	keep(page);
	radios(page, S("Next clock"), S("state"), asked->param[0].value, caseload_states,
		CASELOAD_STATES);
	radios(page, S("Children"), S("kind"), asked->param[1].value, caseload_kinds, CASELOAD_KINDS);
	radios(page, S("Order"), S("together"), asked->param[5].value, caseload_orders,
		CASELOAD_ORDERS);
	teams(page, asked, list);
	councils(page, asked);
	moj_filter_close(page->out);
}
