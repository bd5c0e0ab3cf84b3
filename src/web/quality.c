/* quality.c - data quality: what the last check of a return found, by who can put it right and by rule;
 * how many there were over time; and what was not asked. */
#include "web/quality.h"

#include "html/govuk_button.h"
#include "html/govuk_details.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_notification_banner.h"
#include "html/show_plot.h"
#include "job/quality.h"
#include "web/frame.h"
#include "web/later.h"

enum { PAST = 26 };

static const struct {
	str kind, words, shorter;
} returns[] = {
	{ S_INIT("ssda903"), S_INIT("Looked after children (SSDA903)"), S_INIT("Looked after children") },
	{ S_INIT("cin"), S_INIT("Children in need census"), S_INIT("Children in need") },
};
enum { RETURNS = sizeof returns / sizeof *returns };

static const str sources[] = { [QUALITY_RECORDS] = S_INIT("Duly’s own records, as the return would have them"),
	[QUALITY_IMPORT] = S_INIT("the files that were imported last"),
	[QUALITY_FILE] = S_INIT("files that were checked and kept") };
static const str source_codes[] = { [QUALITY_RECORDS] = S_INIT("records"), [QUALITY_IMPORT] = S_INIT("import"),
	[QUALITY_FILE] = S_INIT("file") };

str quality_return_words(str kind)
{
	for (size_t i = 0; i < RETURNS; i++) {
		if (str_equal(returns[i].kind, kind))
			return returns[i].words;
	}
	return kind;
}

str quality_source_words(enum quality_source source)
{
	return sources[source];
}

str quality_year_words(struct page *page, int year)
{
	return arena_format(page->arena, "%d-%02d", year - 1, year % 100);
}

void quality_rule(struct buf *b, const struct quality_check *check, str rule)
{
	str message = mend_message(check->kind, rule, check->year);
	text(b, message.n > 0 ? message : S("A rule that this Duly does not know"));
	H(b, " <span class=\"govuk-hint govuk-!-display-inline govuk-!-margin-bottom-0\">Rule ");
	text(b, rule);
	H(b, "</span>");
}

void quality_place(struct page *page, const struct quality_finding *finding)
{
	struct buf *b = page->out;
	day on;
	if (finding->name.n == 0) {
		H(b, "The return as a whole");
		return;
	}
	text(b, finding->name);
	if (finding->field.n > 0) {
		H(b, ": ");
		text(b, finding->field);
	}
	if (day_read(finding->regards, &on, NULL)) {
		H(b, ", row of ");
		html_time(b, on);
	}
}

/* ---- which check */

static void choose_check(struct page *page, struct quality_view *view)
{
	str kind = form_value(&page->query, S("return")), source = form_value(&page->query, S("source"));
	view->kind = str_equal(kind, returns[1].kind) ? returns[1].kind : returns[0].kind;
	/* Who does not say gets the return that there is a check of. */
	for (size_t i = 0; i < view->checks.n && kind.n == 0; i++) {
		if (view->checks.item[i].ended_at != INSTANT_UNKNOWN) {
			view->kind = str_equal(view->checks.item[i].kind, returns[1].kind) ? returns[1].kind
											    : returns[0].kind;
			if (view->kind.p == returns[0].kind.p)
				break;
		}
	}
	for (size_t i = 0; i < view->checks.n; i++) {
		const struct quality_check *check = &view->checks.item[i];
		bool asked = source.n == 0 || str_equal(source_codes[check->source], source);
		if (!str_equal(check->kind, view->kind))
			continue;
		if (check->why.n > 0) {
			view->failed = view->failed == NULL && view->check == NULL ? check : view->failed;
		} else if (check->ended_at == INSTANT_UNKNOWN) {
			view->under_way = check;
		} else if (asked && view->check == NULL) {
			view->check = check;
		}
	}
}

static void read_query(struct page *page, struct quality_view *view)
{
	enum mender mender;
	str hand = form_value(&page->query, S("who")), sort = form_value(&page->query, S("sort"));
	str explained = form_value(&page->query, S("explained"));
	int64_t number = 1;
	struct quality_query *query = &view->query;
	*query = (struct quality_query){ .actor = &page->actor,
		.check = view->check == NULL ? 0 : view->check->id,
		.unknown = view->children && policy_role_may(page->actor.role, MAY_SEE_SOURCES),
		.hand = mender_find(hand, &mender) ? hand : (str){ 0 },
		.rule = str_upto(form_value(&page->query, S("rule")), 20),
		.explained = str_equal(explained, S("yes")) ? QUALITY_EXPLAINED
			: str_equal(explained, S("no"))     ? QUALITY_OPEN
							    : QUALITY_ALL,
		.sort = str_equal(sort, S("child")) ? QUALITY_BY_CHILD
			: str_equal(sort, S("who"))  ? QUALITY_BY_HAND
						     : QUALITY_BY_RULE,
		.most = LIST_PAGE };
	if (str_int(form_value(&page->query, S("page")), &number) && number > 0 && number < 100000)
		query->first = (number - 1) * LIST_PAGE;
	const struct show_param param[QUALITY_PARAMS] = { { S("return"), view->kind },
		{ S("source"), form_value(&page->query, S("source")) }, { S("who"), query->hand },
		{ S("rule"), query->rule }, { S("explained"), query->explained == QUALITY_ALL ? (str){ 0 } : explained },
		{ S("sort"), query->sort == QUALITY_BY_RULE ? (str){ 0 } : sort } };
	memcpy(view->param, param, sizeof param);
	view->address = (struct show_query){ S("/quality"), view->param, QUALITY_PARAMS };
}

bool quality_see(struct page *page, struct quality_view *view)
{
	struct err err;
	*view = (struct quality_view){ .children = policy_role_may(page->actor.role, MAY_LIST_CASELOAD) };
	if (!store_quality_checks(page->store, page->arena, page->actor.authority, &view->checks, &err)) {
		page_failed(page, &err);
		return false;
	}
	choose_check(page, view);
	read_query(page, view);
	if (view->check == NULL)
		return true;
	bool done = view->children
		? store_quality_counts(page->store, page->arena, &view->query, &view->counts, &err)
		: store_quality_totals(page->store, page->arena, view->check->id, &view->counts, &err);
	if (!done)
		page_failed(page, &err);
	return done;
}

/* ---- what stands above */

static void pick(struct page *page, const struct quality_view *view)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body app-pick app-no-print\"><span class=\"app-pick__label\">Return:</span>");
	for (size_t i = 0; i < RETURNS; i++) {
		if (str_equal(returns[i].kind, view->kind)) {
			H(b, " <strong aria-current=\"true\">");
			text(b, returns[i].shorter);
			H(b, "</strong>");
			continue;
		}
		H(b, " <a class=\"govuk-link\" href=\"/quality?return=");
		html_url(b, returns[i].kind);
		H(b, "\">");
		text(b, returns[i].shorter);
		H(b, "</a>");
	}
	H(b, "</p>\n");
}

static void other_checks(struct page *page, const struct quality_view *view)
{
	struct buf *b = page->out;
	for (size_t i = 0; i < view->checks.n; i++) {
		const struct quality_check *check = &view->checks.item[i];
		if (check == view->check || !str_equal(check->kind, view->kind) ||
			check->ended_at == INSTANT_UNKNOWN)
			continue;
		H(b, "<p class=\"govuk-body app-no-print\">There is also a check of ");
		buf_instant_words(b, check->ended_at);
		H(b, ", of <a class=\"govuk-link\" href=\"/quality?return=");
		html_url(b, check->kind);
		H(b, "&amp;source=");
		html_url(b, source_codes[check->source]);
		H(b, "\">");
		text(b, sources[check->source]);
		H(b, "</a>.</p>\n");
	}
}

static void said(struct page *page, const struct quality_view *view)
{
	struct buf *b = page->out;
	const struct quality_check *check = view->check;
	if (check == NULL) {
		H(b, "<p class=\"govuk-body\">No check of this return is kept yet. Duly checks its own records each "
		     "night, and files as they are imported.</p>\n");
		return;
	}
	H(b, "<p class=\"govuk-body-l\">");
	text(b, quality_return_words(check->kind));
	H(b, ", ");
	text(b, quality_year_words(page, check->year));
	H(b, "</p>\n<p class=\"govuk-body\">Checked ");
	buf_instant_words(b, check->ended_at);
	H(b, ": ");
	text(b, sources[check->source]);
	H(b, ". ");
	text_int(b, check->children);
	text(b, check->children == 1 ? S(" child is") : S(" children are"));
	H(b, " in it.</p>\n");
	other_checks(page, view);
}

static void ask_button(struct page *page, const struct quality_view *view)
{
	struct buf *b = page->out;
	if (view->failed != NULL) {
		H(b, "<p class=\"govuk-body\">A later check came to nothing: ");
		text(b, view->failed->why);
		H(b, ".</p>\n");
	}
	if (view->under_way != NULL) {
		govuk_inset_text(b, .text = S("A check of Duly’s records is under way. What it finds stands here "
					      "when it is done."));
		page->layout.refresh = 10;
		return;
	}
	if (!policy_role_may(page->actor.role, MAY_CHECK))
		return;
	H(b, "<div class=\"app-no-print\">\n");
	layout_form_open(b, S("/quality/check"), page->csrf);
	layout_hidden(b, S("return"), view->kind);
	govuk_button(b, .text = S("Check Duly’s records now"), .classes = S("govuk-button--secondary"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form></div>\n");
}

/* ---- by who can put it right */

static void rule_row(struct page *page, const struct quality_view *view, const struct quality_count *count)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header "
	     "govuk-!-font-weight-regular\">");
	quality_rule(b, view->check, count->rule);
	H(b, "</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	if (view->children) {
		const struct show_param param[] = { { S("return"), view->kind }, view->param[1],
			{ S("who"), count->hand }, { S("rule"), count->rule } };
		const struct show_query address = { S("/quality"), param, 4 };
		H(b, "<a class=\"govuk-link\"");
		attr(b, "href", show_query_with(page->arena, &address, S("page"), (str){ 0 }));
		H(b, ">");
		text_int(b, count->findings);
		H(b, "<span class=\"govuk-visually-hidden\"> findings of rule ");
		text(b, count->rule);
		H(b, "</span></a>");
	} else {
		text_int(b, count->findings);
	}
	H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	text_int(b, count->explained);
	H(b, "</td></tr>\n");
}

static void hand_group(struct page *page, const struct quality_view *view, enum mender hand)
{
	struct buf *b = page->out;
	int64_t all = 0, explained = 0;
	for (size_t i = 0; i < view->counts.n; i++) {
		bool theirs = str_equal(view->counts.item[i].hand, mender_text(hand));
		all += theirs ? view->counts.item[i].findings : 0;
		explained += theirs ? view->counts.item[i].explained : 0;
	}
	if (all == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">");
	text(b, mender_words(hand));
	H(b, ": ");
	text_int(b, all - explained);
	H(b, " to put right");
	if (explained > 0) {
		H(b, ", ");
		text_int(b, explained);
		H(b, " explained");
	}
	H(b, "</h2>\n");
	show_wide_open(b, mender_words(hand));
	H(b, "<table class=\"govuk-table app-quality\">\n<caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">What the ");
	text(b, mender_words(hand));
	H(b, " can put right</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th "
	     "scope=\"col\" class=\"govuk-table__header\">What was found</th><th scope=\"col\" "
	     "class=\"govuk-table__header govuk-table__header--numeric\">Findings</th><th scope=\"col\" "
	     "class=\"govuk-table__header govuk-table__header--numeric\">Explained</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < view->counts.n; i++) {
		if (str_equal(view->counts.item[i].hand, mender_text(hand)) && view->counts.item[i].findings > 0)
			rule_row(page, view, &view->counts.item[i]);
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

/* Whoever looks at it begins with what is theirs. */
static enum mender own_hand(enum role role)
{
	return role == ROLE_CHAIR || role == ROLE_LEAD_PRACTITIONER ? MENDER_CHAIR
		: role == ROLE_SOCIAL_WORKER                        ? MENDER_WORKER
		: role == ROLE_BUSINESS_SUPPORT                     ? MENDER_SUPPORT
		: role == ROLE_CUSTODIAN                            ? MENDER_SYSTEM
								    : MENDER_OFFICER;
}

static void groups(struct page *page, const struct quality_view *view)
{
	struct buf *b = page->out;
	int64_t all = 0;
	for (size_t i = 0; i < view->counts.n; i++)
		all += view->counts.item[i].findings;
	if (all == 0) {
		H(b, "<p class=\"govuk-body\">Nothing was found");
		text(b, view->children ? S(" with the children whom you see.</p>\n") : S(".</p>\n"));
		return;
	}
	if (view->children) {
		H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
		attr(b, "href", arena_format(page->arena, "%.*s&list=all",
					STR_ARGS(show_query_with(page->arena, &view->address, S("page"), (str){ 0 }))));
		H(b, ">All ");
		text_int(b, all);
		H(b, " findings as one list</a></p>\n");
	}
	enum mender own = own_hand(page->actor.role);
	hand_group(page, view, own);
	for (enum mender hand = 0; hand < MENDERS; hand++) {
		if (hand != own)
			hand_group(page, view, hand);
	}
}

/* ---- over time, and what was not asked: of the whole service */

static void past_plot(struct page *page, const struct quality_past *past)
{
	struct plot_bar bar[PAST] = { 0 };
	size_t most = 0, least = 12; /* so many bars, so that a few are not broad */
	for (size_t i = 0; i < past->n; i++) {
		struct civil on = day_civil(instant_day(past->item[i].at));
		bar[i] = (struct plot_bar){ .label = i % 3 == 0 ? arena_format(page->arena, "%d %.3s", on.day,
								     month_name(on.month))
							       : (str){ 0 },
			.part = { past->item[i].explained, past->item[i].findings - past->item[i].explained, 0 } };
		most = past->item[i].findings > past->item[most].findings ? i : most;
	}
	const struct quality_then *last = &past->item[past->n - 1];
	str words = arena_format(page->arena, "%lld findings at the last check; the most at one check were %lld.",
		(long long)last->findings, (long long)past->item[most].findings);
	show_wide_open(page->out, S("Findings over time, drawn"));
	show_plot(page->out, &(struct plot){ .id = S("quality"), .title = S("Findings at each check"),
				     .said = words, .part = { S("Explained"), S("To put right"), (str){ 0 } },
				     .bar = bar, .n = past->n < least ? least : past->n });
	show_wide_close(page->out);
}

static void past_table(struct page *page, const struct quality_past *past)
{
	struct buf *b = page->out;
	show_wide_open(b, S("Findings over time"));
	H(b, "<table class=\"govuk-table\">\n<caption class=\"govuk-table__caption govuk-visually-hidden\">Findings "
	     "at each check</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th "
	     "scope=\"col\" class=\"govuk-table__header\">Checked</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Year</th><th scope=\"col\" class=\"govuk-table__header "
	     "govuk-table__header--numeric\">To put right</th><th scope=\"col\" class=\"govuk-table__header "
	     "govuk-table__header--numeric\">Explained</th></tr></thead>\n<tbody class=\"govuk-table__body\">\n");
	for (size_t i = past->n; i-- > 0;) {
		const struct quality_then *then = &past->item[i];
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		buf_instant_words(b, then->at);
		H(b, "</th><td class=\"govuk-table__cell\">");
		text(b, quality_year_words(page, then->year));
		H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
		text_int(b, then->findings - then->explained);
		H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
		text_int(b, then->explained);
		H(b, "</td></tr>\n");
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void unrun(struct page *page, const struct quality_counts *totals)
{
	struct buf *b = page->out;
	size_t n = 0;
	for (size_t i = 0; i < totals->n; i++)
		n += totals->item[i].why.n > 0;
	if (n == 0)
		return;
	govuk_details_open(b, &(struct govuk_details){ .summary_text = arena_format(page->arena,
							 "%zu rules could not be asked, and why", n) });
	H(b, "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < totals->n; i++) {
		if (totals->item[i].why.n == 0)
			continue;
		H(b, "<li>Rule ");
		text(b, totals->item[i].rule);
		H(b, ": ");
		text(b, totals->item[i].why);
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
	govuk_details_close(b);
}

static bool service(struct page *page, const struct quality_view *view)
{
	struct buf *b = page->out;
	struct quality_past past;
	struct quality_counts totals = view->counts;
	struct err err;
	if (!store_quality_past(page->store, page->arena, page->actor.authority, view->kind, view->check->source,
		    PAST, &past, &err) ||
		(view->children &&
			!store_quality_totals(page->store, page->arena, view->check->id, &totals, &err)))
		return false;
	unrun(page, &totals);
	if (past.n == 0)
		return true;
	H(b, "<h2 class=\"govuk-heading-m\">Over time</h2>\n<p class=\"govuk-body\">All children of the council but "
	     "hidden ones, at each check of ");
	text(b, quality_source_words(view->check->source));
	H(b, ".</p>\n");
	past_plot(page, &past);
	past_table(page, &past);
	return true;
}

static bool is_list(const struct page *page, const struct quality_view *view)
{
	return view->check != NULL && view->children &&
		(view->query.rule.n > 0 || view->query.hand.n > 0 || form_has(&page->query, S("list")) ||
			form_has(&page->query, S("explained")));
}

void quality_show(struct page *page)
{
	struct quality_view *view = arena_new(page->arena, struct quality_view);
	struct buf *b = page->out;
	if (!quality_see(page, view))
		return;
	if (is_list(page, view)) {
		quality_list_show(page, view);
		return;
	}
	if (policy_role_may(page->actor.role, MAY_SEE_SERVICE)) {
		page->layout.current = S("/monday");
		page->layout.back_href = S("/monday");
		page->layout.back_text = S("Service");
	} else {
		page->layout.current = view->children ? S("/caseload") : S("/quality");
		page->layout.current_is = !view->children;
	}
	page->layout.refresh = view->under_way != NULL ? 10 : 0;
	page_open(page, S("Data quality"));
	if (str_equal(form_value(&page->query, S("done")), S("asked")))
		govuk_notification_banner(b, .type = S("success"),
			.text = S("The check is asked for. It runs beside your work."));
	H(b, "<h1 class=\"govuk-heading-l\">Data quality</h1>\n");
	pick(page, view);
	said(page, view);
	if (!view->children)
		govuk_inset_text(b, .text = S("You see how many there are, and no child’s name or record."));
	if (view->check != NULL)
		groups(page, view);
	ask_button(page, view);
	if (view->check != NULL &&
		(policy_role_may(page->actor.role, MAY_SEE_SERVICE) || !view->children) && !service(page, view))
		H(b, "<p class=\"govuk-body\">The numbers over time cannot be read just now.</p>\n");
	page_close(page);
	page_looked(page, S("look:quality"), NULL, 0);
}

/* ---- asked for */

struct asking {
	str kind;
	int64_t id;
};

static bool ask_work(struct page *page, struct store *store, struct err *err)
{
	struct asking *asking = page->own;
	return store_quality_ask(
		store, &page->actor, asking->kind, quality_year(page->today), &asking->id, err);
}

static void ask_done(struct page *page, const struct err *failed)
{
	struct asking *asking = page->own;
	if (failed != NULL && failed->code != ERR_BUSY)
		page_failed(page, failed);
	else
		page_redirect(page, arena_format(page->arena, "/quality?return=%.*s&done=asked",
					    STR_ARGS(asking->kind)));
}

void quality_check_send(struct page *page)
{
	struct asking *asking = arena_new(page->arena, struct asking);
	asking->kind = form_value(&page->form, S("return"));
	if (!str_equal(asking->kind, returns[0].kind) && !str_equal(asking->kind, returns[1].kind)) {
		page_problem(page, 404);
		return;
	}
	page->own = asking;
	page_write(page, ask_work, ask_done);
}
