#include "base/utf8.h"
#include "html/moj_identity_bar.h"
#include "store/local.h"
#include "web/brand.h"
#include "web/child.h"
#include "web/say.h"

const struct law *child_law(struct page *page)
{
	struct err err;
	if (page->law == NULL)
		page->law = store_law_of(page->store, page->child.authority, &err);
	if (page->law == NULL)
		page->law = store_law(page->store);
	return page->law;
}

str child_name(struct page *page)
{
	const struct child_head *head = &page->child;
	if (head->forename.n == 0 && head->surname.n == 0)
		return arena_format(page->arena, "Child %.*s", STR_ARGS(head->number));
	return arena_format(page->arena, "%.*s%s%.*s", STR_ARGS(head->forename),
		head->forename.n > 0 && head->surname.n > 0 ? " " : "", STR_ARGS(head->surname));
}

static str first_letter(str name)
{
	str rest = name;
	uint32_t code;
	utf8_next(&rest, &code);
	return str_upto(name, name.n - rest.n);
}

/* What a title may say on a shared screen: initials and the council's number. */
static str title_of(struct page *page, str what)
{
	const struct child_head *head = &page->child;
	str first = first_letter(head->forename), last = first_letter(head->surname);
	bool named = head->forename.n > 0 && head->surname.n > 0;
	const char *between = what.n > 0 ? " - " : "";
	return named ? arena_format(page->arena, "%.*s%s%.*s %.*s, %.*s", STR_ARGS(what), between,
			       STR_ARGS(first), STR_ARGS(last), STR_ARGS(head->number))
		     : arena_format(page->arena, "%.*s%sChild %.*s", STR_ARGS(what), between,
			       STR_ARGS(head->number));
}

str child_address(struct page *page, str rest)
{
	return arena_format(
		page->arena, "/children/%lld%.*s", (long long)page->id, STR_ARGS(rest));
}

bool child_may_go(struct page *page, str address)
{
	str path = str_upto(address, str_find(address, '?'));
	const struct route *route = route_find(HTTP_GET, path).route;
	return route != NULL && (route->permission >= PERMISSIONS ||
		policy_role_may(page->actor.role, (enum permission)route->permission));
}

str day_text(struct page *page, day d)
{
	struct buf words = { 0 };
	buf_day_words(&words, d);
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

bool child_people(struct page *page, struct stored_list *people, struct err *err)
{
	return store_records_joined(
		page->store, page->arena, page->id, &person_around_type, people, err);
}

bool child_sees_looks(const struct page *page)
{
	unsigned standing = 1u << RELATION_OWN | 1u << RELATION_COVER;
	bool own = (page->child.relations & standing) != 0;
	return policy_may(page->actor.role, MAY_SEE_LOOKS, RELATION_AUTHORITY, OPEN) ||
		(own && policy_role_may(page->actor.role, MAY_SAVE_RECORD));
}

/* ---- the bar */

enum { MARKS = 6 };

struct marks {
	struct moj_mark item[MARKS];
	size_t n;
};

static void mark(struct marks *marks, str words, str classes, str href)
{
	if (marks->n < MARKS)
		marks->item[marks->n++] = (struct moj_mark){ words, classes, href };
}

static bool is_careful(const struct person_around *person)
{
	return person->safe_contact.n > 0 || person->do_not_write == ANSWER_YES ||
		person->do_not_ring == ANSWER_YES;
}

static void people_marks(struct page *page, const struct stored_list *people, struct marks *marks)
{
	str language = { 0 };
	bool careful = false, interpreter = false;
	for (size_t i = 0; i < people->n; i++) {
		const struct person_around *person = people->item[i].record;
		if (person->until != DAY_UNKNOWN && person->until <= page->today)
			continue;
		careful = careful || is_careful(person);
		if (!str_equal(person->relation, S("child")))
			continue;
		interpreter = person->interpreter == ANSWER_YES;
		language = person->language;
	}
	if (careful)
		mark(marks, S("Safe contact: check before you write or ring"),
			S("govuk-tag--orange"), child_address(page, S("/people")));
	if (interpreter)
		mark(marks,
			language.n > 0 ? arena_format(page->arena, "Interpreter needed: %.*s",
						 STR_ARGS(language))
				       : S("Interpreter needed"),
			S("govuk-tag--blue"), (str){ 0 });
}

static str language_of(const struct stored_list *people)
{
	for (size_t i = 0; i < people->n; i++) {
		const struct person_around *person = people->item[i].record;
		if (str_equal(person->relation, S("child")))
			return person->language;
	}
	return (str){ 0 };
}

/* "On a child protection plan since 3 March 2026", or what else is open. */
static str state_words(struct page *page)
{
	const struct child_head *head = &page->child;
	struct buf words = { 0 };
	if (head->looked_after)
		buf_lit(&words, "Looked after");
	if (head->looked_after && head->care_began != DAY_UNKNOWN) {
		buf_lit(&words, " since ");
		buf_day_words(&words, head->care_began);
	}
	if (head->on_plan)
		buf_str(&words, words.n > 0 ? S(", and on a child protection plan")
					    : S("On a child protection plan"));
	if (head->on_plan && head->plan_began != DAY_UNKNOWN) {
		buf_lit(&words, " since ");
		buf_day_words(&words, head->plan_began);
	}
	if (words.n == 0)
		buf_lit(&words, "Not looked after, and on no child protection plan");
	str made = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return made;
}

static void identity(struct page *page, bool heading, const struct stored_list *people)
{
	const struct child_head *head = &page->child;
	struct marks marks = { 0 };
	if (head->died != DAY_UNKNOWN)
		mark(&marks,
			arena_format(page->arena, "Died on %.*s",
				STR_ARGS(day_text(page, head->died))),
			S("govuk-tag--grey"), (str){ 0 });
	if (head->restricted)
		mark(&marks, S("Restricted record"), S("govuk-tag--red"), (str){ 0 });
	people_marks(page, people, &marks);
	const struct moj_fact fact[] = { { S("Number"), head->number },
		{ S("Status"), state_words(page) },
		{ S("Language"), language_of(people) },
		{ S("Council"), page->beside > 0 ? brand_name(page, head->authority) : (str){ 0 } } };
	bool alive = head->born != DAY_UNKNOWN && head->died == DAY_UNKNOWN;
	moj_identity_bar(page->out,
		&(struct moj_identity_bar){ .name = child_name(page),
			.age = alive ? age_words(page->arena, head->born, page->today) : (str){ 0 },
			.heading = heading,
			.mark = marks.item,
			.n_marks = marks.n,
			.fact = fact,
			.n_facts = sizeof fact / sizeof *fact });
}

/* ---- the frame */

static const struct {
	str words, rest;
} tabs[TABS] = {
	[TAB_OVERVIEW] = { S_INIT("Overview"), S_INIT("") },
	[TAB_VIEWS] = { S_INIT("Views"), S_INIT("/views") },
	[TAB_CLOCKS] = { S_INIT("Clocks"), S_INIT("/clocks") },
	[TAB_TIMELINE] = { S_INIT("Timeline"), S_INIT("/timeline") },
	[TAB_PEOPLE] = { S_INIT("People"), S_INIT("/people") },
	[TAB_LOOKS] = { S_INIT("Who looked"), S_INIT("/looks") },
};

void child_open(struct page *page, enum child_tab tab, str what, const struct stored_list *people)
{
	struct moj_tab link[TABS];
	size_t n = 0;
	page->layout.known_to = page->child.known_to;
	page->layout.back_href = S("/caseload");
	page->layout.back_text = S("My caseload");
	page_open(page, title_of(page, what));
	identity(page, what.n == 0, people);
	for (int i = 0; i < TABS; i++) {
		if (i == TAB_LOOKS && !child_sees_looks(page))
			continue;
		link[n++] = (struct moj_tab){ tabs[i].words, child_address(page, tabs[i].rest),
			i == (int)tab };
	}
	moj_sub_navigation(page->out,
		&(struct moj_sub_navigation){ S("Pages about this child"), link, n });
	if (what.n > 0) {
		H(page->out, "<h1 class=\"govuk-heading-l\">");
		text(page->out, what);
		H(page->out, "</h1>\n");
	}
}

void child_close(struct page *page, str act)
{
	page_close(page);
	page_looked(page, act, &page->id, 1);
}
