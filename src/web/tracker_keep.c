/* tracker_keep.c - what a chair ticks of their tracker becomes records: bookings and actions. */
#include "html/govuk_button.h"
#include "html/govuk_fieldset.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "web/later.h"
#include "web/say.h"
#include "web/tracker.h"

/* More would not fit in a form: the rest is offered once these are kept. */
enum { OFFERED = 200 };

bool tracker_may_keep(const struct page *page)
{
	return policy_role_may(page->actor.role, MAY_SAVE_RECORD);
}

str tracker_booking_key(struct arena *arena, const struct tracker_booking *booking)
{
	return arena_format(arena, "%zu.%.*s.%d", booking->row, STR_ARGS(booking->clock->rule->id),
		(int)booking->on);
}

str tracker_action_key(struct arena *arena, const struct tracker_carried *carried)
{
	return arena_format(arena, "%zu.%lld", carried->action, (long long)carried->child->subject);
}

static bool offered_booking(const struct tracker_booking *booking)
{
	return booking->new && booking->child->level == 2;
}

static bool offered_action(const struct tracker_carried *carried)
{
	return !carried->known && carried->child->level == 2;
}

/* ---- the form */

static struct markup label_of(struct page *page, const struct tracker_child *child, str rest)
{
	struct buf *label = arena_new(page->arena, struct buf);
	text_child_name(label, child->forename, child->surname, child->number);
	H(label, ": ");
	text(label, rest);
	/* The text lives in the arena, the buffer does not. */
	struct buf kept = { 0 };
	str copy = arena_str(page->arena, buf_view(label));
	buf_close(label);
	kept.p = (char *)(uintptr_t)copy.p;
	kept.n = copy.n;
	return html_markup(&kept);
}

static str day_words(struct arena *arena, day d)
{
	struct buf words = { 0 };
	buf_day_words(&words, d);
	str kept = arena_str(arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static size_t booking_options(
	struct page *page, const struct tracker_found *found, struct govuk_option *option)
{
	size_t n = 0;
	for (size_t i = 0; i < found->bookings && n < OFFERED; i++) {
		const struct tracker_booking *booking = &found->booking[i];
		if (!offered_booking(booking))
			continue;
		option[n++] = (struct govuk_option){
			.value = tracker_booking_key(page->arena, booking),
			.html = label_of(page, booking->child,
				arena_format(page->arena, "%.*s, booked for %.*s",
					STR_ARGS(booking->clock->rule->title),
					STR_ARGS(day_words(page->arena, booking->on)))),
			.hint = { .text = booking->late
						  ? arena_format(page->arena,
							    "After the legal date: %.*s",
							    STR_ARGS(day_words(page->arena,
								    booking->clock->due)))
						  : (str){ 0 } } };
	}
	return n;
}

static size_t action_options(
	struct page *page, const struct tracker_found *found, struct govuk_option *option)
{
	size_t n = 0;
	for (size_t i = 0; i < found->carrieds && n < OFFERED; i++) {
		const struct tracker_carried *carried = &found->carried[i];
		const struct tracker_action *action = &found->tracker->action[carried->action];
		if (!offered_action(carried))
			continue;
		option[n++] = (struct govuk_option){
			.value = tracker_action_key(page->arena, carried),
			.html = label_of(page, carried->child, action->what),
			.hint = { .text = action->owner.n > 0 ? arena_format(page->arena, "For: %.*s",
								       STR_ARGS(action->owner))
							     : (str){ 0 } } };
	}
	return n;
}

static void more(struct buf *b, size_t n)
{
	if (n == OFFERED)
		H(b, "<p class=\"govuk-hint\">These are the first 200. Keep what you want of them, and the "
		     "others follow.</p>\n");
}

void tracker_keep_form(struct page *page, const struct tracker_found *found)
{
	struct buf *b = page->out;
	struct govuk_option *booking = arena_take(page->arena, OFFERED, sizeof *booking);
	struct govuk_option *action = arena_take(page->arena, OFFERED, sizeof *action);
	size_t bookings = booking_options(page, found, booking);
	size_t actions = action_options(page, found, action);
	H(b, "<h2 class=\"govuk-heading-m\" id=\"keep\">Keep in Duly</h2>\n"
	     "<p class=\"govuk-body\">Nothing of your tracker is stored in Duly’s records but what you "
	     "tick here.</p>\n");
	if (tracker_may_keep(page) && bookings + actions > 0) {
		layout_form_open(b, S("/tracker/keep"), page->csrf);
		if (bookings > 0) {
			govuk_checkboxes(b, .name = S("booking[]"), .id_prefix = S("booking"), .classes = S("govuk-checkboxes--small"),
				.fieldset = &(struct govuk_fieldset){
					.legend = { .text = S("Bookings that Duly does not have"),
						.classes = S("govuk-fieldset__legend--s") } },
				.items = booking, .n_items = bookings);
			more(b, bookings);
		}
		if (actions > 0) {
			govuk_checkboxes(b, .name = S("action[]"), .id_prefix = S("action"), .classes = S("govuk-checkboxes--small"),
				.fieldset = &(struct govuk_fieldset){
					.legend = { .text = S("Actions that are not done"),
						.classes = S("govuk-fieldset__legend--s") } },
				.items = action, .n_items = actions);
			more(b, actions);
		}
		govuk_button(b, .text = S("Keep what is ticked"), .prevent_double_click = GOVUK_YES);
		H(b, "</form>\n");
	} else if (bookings + actions == 0) {
		H(b, "<p class=\"govuk-body\">There is nothing in it that Duly lacks.</p>\n");
	} else {
		H(b, "<p class=\"govuk-body\">Your role keeps no records of its own.</p>\n");
	}
	layout_form_open(b, S("/tracker/end"), page->csrf);
	govuk_button(b, .text = S("Finish, and delete the tracker"),
		.classes = S("govuk-button--secondary"));
	H(b, "</form>\n");
}

/* ---- and what it sends */

struct kept {
	struct change *change;
	const struct tracker_child **child; /* of each change */
	size_t n;
	int64_t bookings, actions;
};

static bool ticked(const struct page *page, str name, str key)
{
	size_t at = 0;
	str value;
	while (form_next(&page->form, name, &at, &value)) {
		if (str_equal(value, key))
			return true;
	}
	return false;
}

static void add(struct kept *kept, const struct tracker_child *child,
	const struct record_type *type, const void *record)
{
	kept->child[kept->n] = child;
	kept->change[kept->n++] = (struct change){
		.act = CHANGE_ADD, .type = type, .subject = child->subject, .record = record };
}

static void take_bookings(struct page *page, const struct tracker_found *found, struct kept *kept)
{
	for (size_t i = 0; i < found->bookings; i++) {
		const struct tracker_booking *from = &found->booking[i];
		if (!offered_booking(from) ||
			!ticked(page, S("booking[]"), tracker_booking_key(page->arena, from)))
			continue;
		struct booking *booking = record_new(page->arena, &booking_type);
		booking->meeting = from->clock->rule->booking;
		booking->thread = (ref){ from->clock->thread };
		booking->on = from->on;
		add(kept, from->child, &booking_type, booking);
		kept->bookings++;
	}
}

static void take_actions(struct page *page, const struct tracker_found *found, struct kept *kept)
{
	for (size_t i = 0; i < found->carrieds; i++) {
		const struct tracker_carried *carried = &found->carried[i];
		const struct tracker_action *from = &found->tracker->action[carried->action];
		if (!offered_action(carried) ||
			!ticked(page, S("action[]"), tracker_action_key(page->arena, carried)))
			continue;
		struct action *action = record_new(page->arena, &action_type);
		action->what = from->what;
		action->owner = from->owner;
		action->agreed = from->set;
		action->due = from->due;
		action->done = ANSWER_NO;
		add(kept, carried->child, &action_type, action);
		kept->actions++;
	}
}

/* One save an authority, because a record is of the authority of its child. */
static bool keep_write(struct page *page, struct store *store, struct err *err)
{
	const struct kept *kept = page->own;
	bool *done = arena_take(page->arena, kept->n + 1, sizeof *done);
	struct change *change = arena_take(page->arena, kept->n + 1, sizeof *change);
	for (size_t i = 0; i < kept->n; i++) {
		str authority = kept->child[i]->authority;
		size_t n = 0;
		for (size_t j = i; j < kept->n; j++) {
			if (done[j] || !str_equal(kept->child[j]->authority, authority))
				continue;
			done[j] = true;
			change[n++] = kept->change[j];
		}
		struct problems problems = { 0 };
		struct save save = { .mode = SAVE_FORM, .actor = &page->actor, .authority = authority,
			.change = change, .n = n, .problems = &problems, .arena = page->arena };
		if (n > 0 && !store_save(store, &save, err))
			return false;
	}
	return true;
}

static void keep_written(struct page *page, const struct err *failed)
{
	const struct kept *kept = page->own;
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page,
			arena_format(page->arena, "/tracker/read?bookings=%lld&actions=%lld",
				(long long)kept->bookings, (long long)kept->actions));
}

void tracker_keep(struct page *page)
{
	struct tracker_draft *draft = arena_new(page->arena, struct tracker_draft);
	struct tracker_children children;
	struct tracker *tracker = arena_new(page->arena, struct tracker);
	struct tracker_found *found = arena_new(page->arena, struct tracker_found);
	struct kept *kept = arena_new(page->arena, struct kept);
	struct err err;
	if (!tracker_open(page, draft))
		return;
	if (!tracker_find(page, draft, &children, tracker, found, &err)) {
		page_failed(page, &err);
		return;
	}
	size_t most = found->bookings + found->carrieds + 1;
	kept->change = arena_take(page->arena, most, sizeof *kept->change);
	kept->child = arena_take(page->arena, most, sizeof *kept->child);
	take_bookings(page, found, kept);
	take_actions(page, found, kept);
	page->own = kept;
	if (kept->n == 0)
		keep_written(page, NULL);
	else
		page_write(page, keep_write, keep_written);
}
