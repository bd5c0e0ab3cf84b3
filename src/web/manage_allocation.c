/* manage_allocation.c - who works with whom: counts by person, children with nobody, and giving one
 * child or many to somebody. */
#include "base/utf8.h"
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_select.h"
#include "html/govuk_tag.h"
#include "html/moj_sub_navigation.h"
#include "html/show_list.h"
#include "store/allocate.h"
#include "store/person.h"
#include "store/setting.h"
#include "web/family.h"
#include "web/later.h"
#include "web/manage.h"
#include "web/say.h"

#define ALLOCATION S("/manage/allocation")
enum { AS = 3, PAGE = 100, NORM = 70, REASON_MOST = 200 };

static const struct {
	str value, words, one, of;
} kinds[AS] = {
	[ALLOCATE_IRO] = { S_INIT("iro"), S_INIT("Reviewing officers"), S_INIT("reviewing officer"),
		S_INIT("looked after children") },
	[ALLOCATE_CHAIR] = { S_INIT("chair"), S_INIT("Conference chairs"), S_INIT("conference chair"),
		S_INIT("children on a plan") },
	[ALLOCATE_WORKER] = { S_INIT("worker"), S_INIT("Social workers"), S_INIT("social worker"),
		S_INIT("children") },
};

/* May somebody with that role be given children so? */
static bool fits(enum allocate_as as, enum role role)
{
	if (as == ALLOCATE_WORKER)
		return role == ROLE_SOCIAL_WORKER || role == ROLE_LEAD_PRACTITIONER;
	if (as == ALLOCATE_CHAIR)
		return role == ROLE_CHAIR || role == ROLE_REVIEWING_OFFICER ||
		       role == ROLE_LEAD_PRACTITIONER || role == ROLE_MANAGER;
	return role == ROLE_REVIEWING_OFFICER || role == ROLE_CHAIR || role == ROLE_MANAGER;
}

static enum allocate_as as_of(const struct form *form)
{
	str value = form_value(form, S("as"));
	for (size_t i = 0; i < AS; i++) {
		if (str_equal(kinds[i].value, value))
			return (enum allocate_as)i;
	}
	return ALLOCATE_IRO;
}

static void tabs(struct page *page, enum allocate_as as)
{
	struct moj_tab item[AS];
	for (size_t i = 0; i < AS; i++)
		item[i] = (struct moj_tab){ .text = kinds[i].words,
			.href = arena_format(page->arena, "/manage/allocation?as=%.*s",
				STR_ARGS(kinds[i].value)),
			.current = i == (size_t)as };
	moj_sub_navigation(page->out,
		&(struct moj_sub_navigation){ .label = S("Allocation"), .tab = item, .n = AS });
}

/* ---- counts by person */

static str children_href(struct page *page, enum allocate_as as, str key)
{
	struct buf to = { 0 };
	buf_format(&to, "/manage/allocation/children?as=%.*s&who=", STR_ARGS(kinds[as].value));
	html_url(&to, key);
	str kept = arena_str(page->arena, buf_view(&to));
	buf_close(&to);
	return kept;
}

static void count_row(struct page *page, enum allocate_as as, const struct allocate_count *count,
	int64_t norm)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	if (count->children > 0) {
		H(b, "<a class=\"govuk-link\"");
		attr(b, "href", children_href(page, as, count->key));
		H(b, ">");
	}
	text(b, count->key.n == 0 ? S("Nobody") : count->name);
	if (count->children > 0)
		H(b, "</a>");
	H(b, "</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	text_int(b, count->children);
	H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	text_int(b, count->overdue);
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (count->key.n == 0 && count->children > 0)
		govuk_tag(b, .text = S("Nobody"), .classes = S("govuk-tag--red"));
	else if (as == ALLOCATE_IRO && count->children > norm)
		govuk_tag(b, .text = S("Over the norm"), .classes = S("govuk-tag--orange"));
	H(b, "</td></tr>\n");
}

static bool is_counted(const struct allocate_counts *counts, str key)
{
	for (size_t i = 0; i < counts->n; i++) {
		if (str_equal(counts->item[i].key, key))
			return true;
	}
	return false;
}

static str key_of(struct page *page, str name)
{
	struct buf key = { 0 };
	buf_utf8_fold(&key, name);
	str kept = arena_str(page->arena, buf_view(&key));
	buf_close(&key);
	return kept;
}

/* Who has none is in the table too: that is who has room. */
static void idle_rows(struct page *page, enum allocate_as as, const struct allocate_counts *counts,
	const struct person_list *people, int64_t norm)
{
	for (size_t i = 0; i < people->n; i++) {
		const struct person *person = &people->item[i];
		if (person->disabled || !fits(as, person->role) ||
			is_counted(counts, key_of(page, person->name)) ||
			is_counted(counts, key_of(page, person->login)))
			continue;
		count_row(page, as, &(struct allocate_count){ .key = S("-"), .name = person->name },
			norm);
	}
}

void manage_allocation_show(struct page *page)
{
	enum allocate_as as = as_of(&page->query);
	str value;
	struct allocate_counts counts;
	struct person_list people;
	struct err err;
	struct buf *b = page->out;
	if (!store_allocate_counts(page->store, page->arena, &page->actor, as, page->today, &counts,
		    &err) ||
		!store_person_list(
			page->store, page->arena, page->actor.authority, &people, &err) ||
		!store_setting_of(page->store, page->arena, page->actor.authority,
			S("caseload-norm"), &value, &err)) {
		page_failed(page, &err);
		return;
	}
	int64_t norm = NORM;
	(void)str_int(value, &norm);
	manage_open(page, ALLOCATION, S("Allocation"), NULL);
	tabs(page, as);
	if (as == ALLOCATE_IRO) {
		H(b, "<p class=\"govuk-body\">The norm is ");
		text_int(b, norm);
		H(b, " looked after children for one full-time reviewing officer.</p>\n");
	}
	show_wide_open(b, kinds[as].words);
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">");
	text(b, kinds[as].words);
	H(b, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Name</th>"
	     "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Children</th>"
	     "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">With "
	     "something overdue</th><th scope=\"col\" class=\"govuk-table__header\">"
	     "<span class=\"govuk-visually-hidden\">Mark</span></th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	if (!is_counted(&counts, (str){ 0 }))
		count_row(page, as, &(struct allocate_count){ 0 }, norm);
	for (size_t i = 0; i < counts.n; i++)
		count_row(page, as, &counts.item[i], norm);
	idle_rows(page, as, &counts, &people, norm);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
	manage_close(page);
}

/* ---- one person's children */

struct giving {
	enum allocate_as as;
	str who, to, reason; /* who: the key; to: a sign-in name */
	int64_t *subject;
	size_t n;
	int64_t number; /* of the page */
	struct person_list people;
	struct allocate_children children;
	struct manage_mistakes mistakes;
	struct family_check family;
};

static bool is_ticked(const struct giving *giving, int64_t subject)
{
	for (size_t i = 0; i < giving->n; i++) {
		if (giving->subject[i] == subject)
			return true;
	}
	return false;
}

static void tick(struct buf *b, const struct giving *giving, const struct allocate_child *child)
{
	H(b, "<div class=\"govuk-checkboxes govuk-checkboxes--small\"><div "
	     "class=\"govuk-checkboxes__item\"><input class=\"govuk-checkboxes__input\" "
	     "type=\"checkbox\" name=\"child\" id=\"child-");
	text_id(b, child->subject);
	H(b, "\" value=\"");
	text_id(b, child->subject);
	H(b, "\"");
	if (is_ticked(giving, child->subject))
		H(b, " checked");
	H(b, "><label class=\"govuk-label govuk-checkboxes__label\" for=\"child-");
	text_id(b, child->subject);
	H(b, "\"><span class=\"govuk-visually-hidden\">Give away </span>");
	if (child->level < 2)
		H(b, "Restricted record"); /* somebody must name its officer all the same */
	else
		text_child_name(b, child->forename, child->surname, child->number);
	H(b, "</label></div></div>");
}

static void child_row(struct buf *b, const struct giving *giving, const struct allocate_child *child)
{
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	tick(b, giving, child);
	H(b, "</th><td class=\"govuk-table__cell\">");
	text(b, child->number);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text_child_kind(b, child->looked_after, child->on_plan);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, child->sibling_group);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, child->team);
	H(b, "</td></tr>\n");
}

static void children_table(struct buf *b, const struct giving *giving)
{
	show_wide_open(b, S("Children"));
	H(b, "<table class=\"govuk-table\" id=\"children\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Children</caption><thead class=\"govuk-table__head\">"
	     "<tr class=\"govuk-table__row\"><th scope=\"col\" class=\"govuk-table__header\">Child</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Number</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Status</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Sibling group</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Team</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < giving->children.n; i++)
		child_row(b, giving, &giving->children.item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void to_field(struct page *page, const struct giving *giving)
{
	struct govuk_select_item *item =
		arena_take(page->arena, giving->people.n + 1, sizeof *item);
	size_t n = 0;
	item[n++] = (struct govuk_select_item){ .text = S("Choose a person"), .value = S("") };
	for (size_t i = 0; i < giving->people.n; i++) {
		const struct person *person = &giving->people.item[i];
		if (!person->disabled && fits(giving->as, person->role))
			item[n++] = (struct govuk_select_item){
				.text = arena_format(page->arena, "%.*s (%.*s)",
					STR_ARGS(person->name), STR_ARGS(person->login)),
				.value = person->login
			};
	}
	govuk_select(page->out, .label = { .text = S("Give them to") }, .id = S("to"), .name = S("to"),
		.items = item, .n_items = n, .value = giving->to,
		.error = { .text = manage_wrong_at(&giving->mistakes, S("to")) });
}

static void hidden(struct buf *b, str name, str value)
{
	H(b, "<input type=\"hidden\"");
	attr(b, "name", name);
	attr(b, "value", value);
	H(b, ">");
}

static void give_form(struct page *page, const struct giving *giving)
{
	struct buf *b = page->out;
	layout_form_open(b, S("/manage/allocation/children"), page->csrf);
	hidden(b, S("as"), kinds[giving->as].value);
	hidden(b, S("who"), giving->who);
	H(b, "\n");
	if (manage_wrong_at(&giving->mistakes, S("children")).n > 0) {
		H(b, "<p class=\"govuk-error-message\"><span class=\"govuk-visually-hidden\">Error:"
		     "</span> ");
		text(b, manage_wrong_at(&giving->mistakes, S("children")));
		H(b, "</p>\n");
	}
	children_table(b, giving);
	to_field(page, giving);
	govuk_input(b, .label = { .text = S("Reason") }, .id = S("reason"), .name = S("reason"),
		.hint = { .text = S("It stands in each child’s history.") }, .value = giving->reason,
		.error = { .text = manage_wrong_at(&giving->mistakes, S("reason")) });
	family_draw(page, &giving->family);
	govuk_button(b, .text = S("Give the ticked children"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void looked(struct page *page, const struct giving *giving)
{
	size_t n = giving->children.n;
	int64_t *subject = arena_take(page->arena, n, sizeof *subject);
	for (size_t i = 0; i < n; i++)
		subject[i] = giving->children.item[i].subject;
	page_looked(page, S("look:allocation"), subject, n);
}

static void children_page(struct page *page, struct giving *giving)
{
	struct err err;
	struct buf *b = page->out;
	if (!store_allocate_children(page->store, page->arena, &page->actor, giving->as, giving->who,
		    (giving->number - 1) * PAGE, PAGE, &giving->children, &err) ||
		!store_person_list(page->store, page->arena, page->actor.authority, &giving->people,
			&err)) {
		page_failed(page, &err);
		return;
	}
	const struct allocate_children *children = &giving->children;
	page->layout.back_href = arena_format(
		page->arena, "/manage/allocation?as=%.*s", STR_ARGS(kinds[giving->as].value));
	page->layout.back_text = S("Allocation");
	str title = giving->who.n == 0
			    ? arena_format(page->arena, "Children with no %.*s",
				      STR_ARGS(kinds[giving->as].one))
			    : arena_format(page->arena, "Children of a %.*s",
				      STR_ARGS(kinds[giving->as].one));
	manage_open(page, ALLOCATION, title, &giving->mistakes);
	if (giving->who.n > 0 && children->n > 0) {
		H(b, "<p class=\"govuk-body-l\">");
		text(b, children->item[0].holder);
		H(b, "</p>\n");
	}
	if (children->n == 0) {
		H(b, "<p class=\"govuk-body\">There is no child here now.</p>\n");
	} else {
		int64_t first = (giving->number - 1) * PAGE + 1;
		const struct show_param param[] = { { S("as"), kinds[giving->as].value },
			{ S("who"), giving->who } };
		const struct show_query address = { S("/manage/allocation/children"), param, 2 };
		show_range(b, &(struct show_range){ first, first + (int64_t)children->n - 1,
				      children->total, S("children") });
		give_form(page, giving);
		show_pages(b, page->arena, &address, giving->number,
			(children->total + PAGE - 1) / PAGE);
	}
	manage_close(page);
	looked(page, giving);
}

void manage_allocation_children(struct page *page)
{
	struct giving *giving = arena_new(page->arena, struct giving);
	giving->as = as_of(&page->query);
	giving->who = form_value(&page->query, S("who"));
	if (!str_int(form_value(&page->query, S("page")), &giving->number) || giving->number < 1 ||
		giving->number > 10000)
		giving->number = 1;
	children_page(page, giving);
}

/* ---- giving */

/* A name that two people share says nothing: then the sign-in name is written. */
static str written(const struct person_list *people, const struct person *person)
{
	for (size_t i = 0; i < people->n; i++) {
		if (people->item[i].id != person->id &&
			str_equal_nocase(people->item[i].name, person->name))
			return person->login;
	}
	return person->name;
}

/* What practice says of one family, unless it was said and ticked. */
static bool ask_family(struct page *page, struct store *store, struct giving *giving, str to,
	struct err *err)
{
	_Static_assert((int)PAGE <= (int)KIN_MOST, "as many as may be ticked");
	const struct kin_asked asked = { .actor = &page->actor,
		.as = giving->as,
		.subject = giving->subject,
		.n = giving->n,
		.to = to };
	return family_check(page, store, &asked, &giving->family, err) &&
		(family_confirmed(page, &giving->family) ||
			err_set(err, ERR_INPUT, "%.*s%s", STR_ARGS(giving->family.asked[0]),
				giving->family.n > 1 ? ", and more below" : ""));
}

static bool give_write(struct page *page, struct store *store, struct err *err)
{
	struct giving *giving = page->own;
	const struct person *to = NULL;
	struct person_list people;
	if (!store_person_list(store, page->arena, page->actor.authority, &people, err))
		return false;
	for (size_t i = 0; i < people.n; i++) {
		if (str_equal(people.item[i].login, giving->to) && !people.item[i].disabled &&
			fits(giving->as, people.item[i].role))
			to = &people.item[i];
	}
	if (to == NULL)
		return err_set(err, ERR_INPUT, "Choose a person from the list");
	const struct allocate allocate = { .actor = &page->actor,
		.as = giving->as,
		.subject = giving->subject,
		.n = giving->n,
		.from = giving->who,
		.to = written(&people, to),
		.reason = giving->reason };
	return ask_family(page, store, giving, allocate.to, err) &&
		store_allocate(store, page->arena, &allocate, err);
}

static void give_written(struct page *page, const struct err *failed)
{
	struct giving *giving = page->own;
	if (failed == NULL) {
		page_redirect(page, arena_format(page->arena, "%.*s&done=given",
					    STR_ARGS(children_href(page, giving->as, giving->who))));
	} else if (failed->code == ERR_INPUT || failed->code == ERR_STALE) {
		bool asked = !family_confirmed(page, &giving->family);
		manage_wrong(&giving->mistakes, asked ? S("family")
				: failed->code == ERR_INPUT ? S("to") : S("children"),
			arena_str(page->arena, str_of(failed->text)));
		children_page(page, giving);
	} else {
		page_failed(page, failed);
	}
}

static void take_ticked(struct page *page, struct giving *giving)
{
	size_t at = 0;
	str value;
	int64_t subject;
	giving->subject = arena_take(page->arena, PAGE, sizeof *giving->subject);
	while (giving->n < PAGE && form_next(&page->form, S("child"), &at, &value)) {
		if (str_int(value, &subject) && subject > 0 && !is_ticked(giving, subject))
			giving->subject[giving->n++] = subject;
	}
}

void manage_allocation_send(struct page *page)
{
	struct giving *giving = arena_new(page->arena, struct giving);
	page->own = giving;
	giving->as = as_of(&page->form);
	giving->who = form_value(&page->form, S("who"));
	giving->to = form_value(&page->form, S("to"));
	giving->reason = str_trim(form_value(&page->form, S("reason")));
	giving->number = 1;
	take_ticked(page, giving);
	if (giving->n == 0)
		manage_wrong(&giving->mistakes, S("children"), S("Tick the children to give away"));
	if (giving->to.n == 0)
		manage_wrong(&giving->mistakes, S("to"), S("Choose a person"));
	if (giving->reason.n == 0)
		manage_wrong(&giving->mistakes, S("reason"), S("Enter the reason"));
	else if (giving->reason.n > REASON_MOST)
		manage_wrong(&giving->mistakes, S("reason"),
			S("Reason must be 200 characters or fewer"));
	if (giving->mistakes.n > 0)
		children_page(page, giving);
	else
		page_write(page, give_write, give_written);
}
