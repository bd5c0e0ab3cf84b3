/* cover_new.c - proposing cover or a handover: who is away, when, who takes which children. */
#include "html/form_day.h"
#include "html/govuk_button.h"
#include "html/govuk_date_input.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_fieldset.h"
#include "html/govuk_options.h"
#include "html/govuk_select.h"
#include "html/govuk_textarea.h"
#include "web/brand.h"
#include "web/cover.h"
#include "web/later.h"
#include "web/say.h"

struct proposing {
	struct cover_people people;
	struct cover_children held;
	struct caseload_norm norm;
	struct cover_children again; /* of an arrangement, for those who were refused in it */
	bool leaving;
	int64_t away;
	str away_name;
	/* As typed. */
	str reason, receiver, which, note;
	struct form_boxes first, last;
	struct form_wrong first_wrong, last_wrong;
	int64_t *subject;
	size_t n;
	struct cover_proposal proposal;
	struct problems problems;
	int64_t made;
};

/* ---- reading */

static bool may_ask_for(const struct page *page, int64_t away)
{
	return away == page->actor.user || cover_may_allocate(page);
}

/* Four statements; the fifth for those who were refused. */
static bool read(struct page *page, struct proposing *p, struct err *err)
{
	int64_t again;
	if (!store_cover_people(page->store, page->arena, &page->actor, p->away, page->today,
		    &p->people, err) ||
		!store_cover_held(page->store, page->arena, &page->actor, p->away, &p->held, err) ||
		!cover_norm(page, &p->norm, err))
		return false;
	p->away_name = p->away == page->actor.user ? page->person : (str){ 0 };
	for (size_t i = 0; i < p->people.n; i++) {
		if (p->people.item[i].id == p->away)
			p->away_name = p->people.item[i].name;
	}
	if (p->away_name.n == 0)
		return err_set(err, ERR_MISSING, "there is no such person here");
	if (!str_int(form_value(&page->query, S("again")), &again) || again <= 0)
		return true;
	return store_cover_children(page->store, page->arena, &page->actor, again, &p->again, err);
}

static bool was_refused(const struct proposing *p, int64_t subject)
{
	for (size_t i = 0; i < p->again.n; i++) {
		if (p->again.item[i].subject == subject)
			return p->again.item[i].state == COVER_REFUSED;
	}
	return false;
}

static bool is_picked(const struct proposing *p, int64_t subject)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->subject[i] == subject)
			return true;
	}
	return was_refused(p, subject);
}

/* ---- drawing */

static str wrong(const struct proposing *p, str field)
{
	for (size_t i = 0; i < p->problems.n; i++) {
		if (str_equal(p->problems.item[i].field, field))
			return p->problems.item[i].message;
	}
	return (str){ 0 };
}

/* A link lands on the box that is wrong. */
static str target(struct page *page, const struct proposing *p, str field)
{
	if (str_equal(field, S("first")) || str_equal(field, S("last"))) {
		unsigned part = str_equal(field, S("first")) ? p->first_wrong.part
							     : p->last_wrong.part;
		const char *box = part == PART_MONTH ? "month" : part == PART_YEAR ? "year" : "day";
		return arena_format(page->arena, "#%.*s-%s", STR_ARGS(field), box);
	}
	if (str_equal(field, S("children")))
		return S("#which");
	return arena_format(page->arena, "#%.*s", STR_ARGS(field));
}

static void errors(struct page *page, const struct proposing *p)
{
	struct govuk_error *error = arena_take(page->arena, p->problems.n + 1, sizeof *error);
	for (size_t i = 0; i < p->problems.n; i++)
		error[i] = (struct govuk_error){ .text = p->problems.item[i].message,
			.href = target(page, p, p->problems.item[i].field) };
	if (p->problems.n > 0)
		govuk_error_summary(page->out, .title_text = S("There is a problem"),
			.errors = error, .n_errors = p->problems.n);
}

static enum govuk_choice box_wrong(const struct form_wrong *given, unsigned part)
{
	return given->message.n > 0 && (given->part & part) != 0 ? GOVUK_YES : GOVUK_DEFAULT;
}

static void date(struct page *page, str id, str legend, const struct form_boxes *boxes,
	const struct form_wrong *given, str message)
{
	const struct govuk_date_item day_box = { .name = S("day"), .value = boxes->day,
		.error = box_wrong(given, PART_DAY) },
				     month_box = { .name = S("month"), .value = boxes->month,
					     .error = box_wrong(given, PART_MONTH) },
				     year_box = { .name = S("year"), .value = boxes->year,
					     .error = box_wrong(given, PART_YEAR) };
	govuk_date_input(page->out,
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = legend,
							      .classes = S("govuk-fieldset__legend--s") },
			.role = S("group") },
		.id = id, .name_prefix = id, .hint = { .text = S("For example, 27 11 2026") },
		.error = { .text = message }, .day = &day_box, .month = &month_box,
		.year = &year_box);
}

static int64_t free_children(const struct proposing *p)
{
	int64_t n = 0;
	for (size_t i = 0; i < p->held.n; i++)
		n += !p->held.item[i].taken;
	return n;
}

/* "Independent Reviewing Officer, Northmere" for who reads of more councils than one. */
static str role_of(struct page *page, const struct cover_person *person)
{
	if (page->beside == 0)
		return role_words(person->role);
	return arena_format(page->arena, "%.*s, %.*s%s", STR_ARGS(role_words(person->role)),
		STR_ARGS(brand_name(page, person->authority)),
		person->beside > 0 ? " and others" : "");
}

/* Whether the children of more than one council stand with them. */
static bool of_several(const struct proposing *p)
{
	for (size_t i = 1; i < p->held.n; i++) {
		if (!str_equal(p->held.item[i].authority, p->held.item[0].authority))
			return true;
	}
	return false;
}

/* Each with how many they have, and would have: "Hanna Pend: 61 children, would be 74, over the norm" */
static void receivers(struct page *page, const struct proposing *p)
{
	struct govuk_select_item *item = arena_take(page->arena, p->people.n + 1, sizeof *item);
	size_t n = 0;
	int64_t more = free_children(p);
	item[n++] = (struct govuk_select_item){ .text = S("Choose"), .value = S("0") };
	for (size_t i = 0; i < p->people.n; i++) {
		const struct cover_person *person = &p->people.item[i];
		int64_t now = person->children + person->covering;
		if (person->id == p->away)
			continue;
		item[n++] = (struct govuk_select_item){
			.text = arena_format(page->arena, "%.*s (%.*s): %lld now, would be %.*s",
				STR_ARGS(person->name), STR_ARGS(role_of(page, person)),
				(long long)now,
				STR_ARGS(cover_load(page, now + more, &p->norm))),
			.value = arena_format(page->arena, "%lld", (long long)person->id),
		};
	}
	govuk_select(page->out, .label = { .text = S("Who takes the children") },
		.hint = { .text = arena_format(page->arena,
				  "With how many children each has, and would have with all of "
				  "these. The norm is %lld to %lld.",
				  (long long)p->norm.least, (long long)p->norm.most) },
		.id = S("receiver"), .name = S("receiver"), .value = p->receiver, .items = item,
		.n_items = n, .error = { .text = wrong(p, S("receiver")) });
}

static void child_box(struct page *page, const struct proposing *p, const struct cover_child *child)
{
	struct buf *b = page->out;
	H(b, "<div class=\"govuk-checkboxes__item\"><input class=\"govuk-checkboxes__input\" "
	     "type=\"checkbox\" name=\"child\" id=\"child-");
	text_id(b, child->subject);
	H(b, "\" value=\"");
	text_id(b, child->subject);
	H(b, "\"");
	if (is_picked(p, child->subject))
		H(b, " checked");
	H(b, "><label class=\"govuk-label govuk-checkboxes__label\" for=\"child-");
	text_id(b, child->subject);
	H(b, "\">");
	if (child->level == 2) {
		text_child_name(b, child->forename, child->surname, child->number);
		H(b, ", ");
	} else {
		H(b, "Child ");
	}
	text(b, child->number);
	cover_council(page, child->authority);
	H(b, ": ");
	text_child_kind(b, child->looked_after, child->on_plan);
	if (child->taken)
		H(b, " (waits for an answer already)");
	H(b, "</label></div>\n");
}

static void children(struct page *page, const struct proposing *p)
{
	struct buf *b = page->out;
	bool some = str_equal(p->which, S("some")) || p->again.n > 0;
	const struct govuk_option item[] = {
		{ .value = S("all"),
			.text = arena_format(page->arena, "All %lld that wait for nobody's answer",
				(long long)free_children(p)),
			.checked = some ? GOVUK_NO : GOVUK_YES },
		{ .value = S("some"), .text = S("Only those that I tick below"),
			.checked = some ? GOVUK_YES : GOVUK_NO },
	};
	govuk_radios(b, .name = S("which"), .id_prefix = S("which"), .items = item, .n_items = 2,
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = S("Which children"),
							      .classes = S("govuk-fieldset__legend--s") } },
		.error = { .text = wrong(p, S("children")) });
	H(b, "<fieldset class=\"govuk-fieldset\"><legend class=\"govuk-fieldset__legend "
	     "govuk-fieldset__legend--s\">Children who stand with ");
	text(b, p->away_name);
	H(b, "</legend>\n<div class=\"govuk-checkboxes govuk-checkboxes--small\">\n");
	for (size_t i = 0; i < p->held.n; i++)
		child_box(page, p, &p->held.item[i]);
	H(b, "</div></fieldset>\n");
}

static void why(struct page *page, const struct proposing *p)
{
	bool sick = str_equal(p->reason, S("sickness"));
	const struct govuk_option item[] = {
		{ .value = S("leave"), .text = S("Leave"), .checked = sick ? GOVUK_NO : GOVUK_YES },
		{ .value = S("sickness"), .text = S("Sickness"),
			.checked = sick ? GOVUK_YES : GOVUK_NO },
	};
	govuk_radios(page->out, .name = S("reason"), .id_prefix = S("reason"),
		.classes = S("govuk-radios--inline"), .items = item, .n_items = 2,
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = S("Why"),
							      .classes = S("govuk-fieldset__legend--s") } });
}

static void form(struct page *page, const struct proposing *p)
{
	struct buf *b = page->out;
	layout_form_open(b, p->leaving ? S("/handover") : S("/cover/new"), page->csrf);
	H(b, "<input type=\"hidden\" name=\"away\"");
	attr_int(b, "value", p->away);
	H(b, ">\n");
	if (!p->leaving)
		why(page, p);
	date(page, S("first"), p->leaving ? S("First day with the new person") : S("First day away"),
		&p->first, &p->first_wrong, wrong(p, S("first")));
	if (!p->leaving)
		date(page, S("last"), S("Last day away"), &p->last, &p->last_wrong,
			wrong(p, S("last")));
	receivers(page, p);
	children(page, p);
	govuk_textarea(b,
		.label = { .text = p->leaving ? S("What whoever takes over should know first")
					      : S("What to know first (optional)") },
		.hint = { .text = p->leaving
				? S("It is kept on each child's record as a note for handover.")
				: S("Do not write a child's name.") },
		.id = S("note"), .name = S("note"), .value = p->note,
		.error = { .text = wrong(p, S("note")) });
	govuk_button(b,
		.text = p->leaving ? S("Propose this handover") : S("Propose this cover"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void draw(struct page *page, const struct proposing *p)
{
	struct buf *b = page->out;
	int64_t *subject = arena_take(page->arena, p->held.n + 1, sizeof *subject);
	page->layout.back_href = S("/cover");
	page->layout.back_text = S("Cover and handover");
	page->layout.error = p->problems.n > 0;
	str title = p->leaving ? S("Hand over") : S("Arrange cover");
	page_open(page, title);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	errors(page, p);
	H(b, "<h1 class=\"govuk-heading-l\">");
	text(b, title);
	H(b, "</h1>\n<p class=\"govuk-body\">");
	text(b, p->away_name);
	H(b, " has ");
	text_int(b, (int64_t)p->held.n);
	text(b, p->held.n == 1 ? S(" child.") : S(" children."));
	H(b, " Nothing moves until it is accepted.</p>\n");
	if (of_several(p))
		H(b, "<p class=\"govuk-body\">They are children of more than one council. Each council’s "
		     "are an arrangement of their own; who takes them must work for that council.</p>\n");
	if (p->held.n > 0)
		form(page, p);
	H(b, "</div></div>\n");
	for (size_t i = 0; i < p->held.n; i++)
		subject[i] = p->held.item[i].subject;
	page_close(page);
	page_looked(page, S("look:cover"), subject, p->held.n);
}

/* ---- the pages */

static struct proposing *begin(struct page *page, const struct form *from, bool leaving)
{
	struct proposing *p = arena_new(page->arena, struct proposing);
	p->leaving = leaving;
	p->away = page->actor.user;
	int64_t away;
	if (str_int(form_value(from, S("away")), &away) && away > 0)
		p->away = away;
	page->own = p;
	return p;
}

void cover_form_begin(struct page *page, bool leaving)
{
	struct proposing *p = begin(page, &page->query, leaving);
	struct err err;
	if (!may_ask_for(page, p->away))
		page_problem(page, 404);
	else if (!read(page, p, &err))
		page_failed(page, &err);
	else
		draw(page, p);
}

void cover_new_show(struct page *page)
{
	cover_form_begin(page, false);
}

static struct form_boxes boxes_of(struct page *page, const char *id)
{
#define BOX(part) form_value(&page->form, arena_format(page->arena, "%s-" part, id))
	return (struct form_boxes){ .day = BOX("day"), .month = BOX("month"), .year = BOX("year") };
#undef BOX
}

static void take_day(struct page *page, struct proposing *p, str field, str label,
	const struct form_boxes *boxes, struct form_wrong *given, day *out)
{
	*given = form_day_read(page->arena, label, boxes, out);
	if (given->message.n > 0)
		problem_add(page->arena, &p->problems, field, given->message);
}

static void take(struct page *page, struct proposing *p)
{
	p->reason = form_value(&page->form, S("reason"));
	p->receiver = form_value(&page->form, S("receiver"));
	p->which = form_value(&page->form, S("which"));
	p->note = form_value(&page->form, S("note"));
	p->first = boxes_of(page, "first");
	p->last = boxes_of(page, "last");
	p->subject = arena_take(page->arena, page->form.n + 1, sizeof *p->subject);
	size_t at = 0;
	str value;
	while (form_next(&page->form, S("child"), &at, &value)) {
		if (str_int(value, &p->subject[p->n]))
			p->n++;
	}
	struct cover_proposal *proposal = &p->proposal;
	*proposal = (struct cover_proposal){ .away = p->away,
		.reason = p->leaving				   ? COVER_LEAVING
			: str_equal(p->reason, S("sickness")) ? COVER_SICKNESS
							      : COVER_LEAVE,
		.first = DAY_UNKNOWN,
		.last = DAY_UNKNOWN,
		.note = p->note };
	take_day(page, p, S("first"), S("First day"), &p->first, &p->first_wrong, &proposal->first);
	if (!p->leaving)
		take_day(page, p, S("last"), S("Last day"), &p->last, &p->last_wrong,
			&proposal->last);
	if (!str_int(p->receiver, &proposal->receiver))
		proposal->receiver = 0;
	if (!str_equal(p->which, S("some")))
		return;
	proposal->subject = p->subject;
	proposal->n = p->n;
	if (p->n == 0)
		problem_add(page->arena, &p->problems, S("children"),
			S("Select the children, or choose all of them"));
}

static bool work(struct page *page, struct store *store, struct err *err)
{
	struct proposing *p = page->own;
	return store_cover_propose(store, page->arena, &page->actor, &p->proposal, &p->made,
		&p->problems, err);
}

static void done(struct page *page, const struct err *failed)
{
	struct proposing *p = page->own;
	struct err err;
	/* Of several councils: all of them are in the list. */
	if (failed == NULL && page->beside > 0)
		page_redirect(page, S("/cover?done=proposed"));
	else if (failed == NULL)
		page_redirect(page,
			arena_format(page->arena, "/cover/%lld?done=proposed", (long long)p->made));
	else if (failed->code != ERR_INPUT)
		page_failed(page, failed);
	else if (!read(page, p, &err))
		page_failed(page, &err);
	else {
		page->status = 422;
		draw(page, p);
	}
}

static void send(struct page *page, bool leaving)
{
	struct proposing *p = begin(page, &page->form, leaving);
	if (!may_ask_for(page, p->away)) {
		page_problem(page, 404);
		return;
	}
	take(page, p);
	if (p->problems.n > 0) {
		const struct err wrong_form = { .code = ERR_INPUT };
		done(page, &wrong_form);
		return;
	}
	page_write(page, work, done);
}

void cover_new_send(struct page *page)
{
	send(page, false);
}

void handover_send(struct page *page)
{
	send(page, true);
}
