/* book_check.h - a day and an hour that somebody typed for a meeting, held against everything that is
 * known before it is saved. On the writer's thread, so that two who save at once are told as well.
 *
 * What cannot be is a mistake of its field, with how to mend it. What may be is asked back: it is
 * saved with a tick and a reason, and the tick stands for exactly what was said.
 */
#pragma once

#include "clock/clash.h"
#include "html/form_draw.h"
#include "store/booking.h"
#include "web/page.h"

struct booking_said {
	const char *field; /* of what cannot be */
	str words;
};
struct booking_check {
	struct booking_said wrong[CLASH_KINDS], asked[CLASH_KINDS];
	size_t n_wrong, n_asked;
	str token; /* of what was asked: the value of the tick */
	int64_t standing; /* the booking of the same meeting that is to be moved instead; 0 none */
};
/* Five statements at most. record: that is moved; 0: a new one. */
MUST_USE bool booking_check(struct page *page, struct store *store, const struct booking *booking,
	int64_t record, struct booking_check *out, struct err *err);
/* What is sent says so of exactly this. */
bool booking_confirmed(const struct page *page, const struct booking_check *check);
/* Is there something that stops it: a mistake, or what nobody has confirmed with a reason? */
bool booking_stops(const struct page *page, const struct booking_check *check, str reason);
/* The reason, and what was said before it was given. */
str booking_reason(struct page *page, const struct booking_check *check, str reason);
/* The mistakes, at their fields. */
void booking_faults(struct page *page, const struct booking_check *check,
	const struct record_type *type, struct form_faults *faults);
/* What is asked back, for the summary of errors: the ids of its box and of the reason. */
size_t booking_errors(struct page *page, const struct booking_check *check, str reason,
	struct form_extra *extra); /* room for CLASH_KINDS + 1 */
/* Above the form of a second booking: the way to move the first, with what was typed. */
void booking_standing_draw(
	struct page *page, const struct booking_check *check, const struct typed *typed);
/* Above the form of one that is moved: how it stands, and the ways to other days and to cancel it. */
void booking_now_draw(struct page *page, int64_t record, const struct booking *booking);
/* Above the buttons: what is asked back, the tick, and a box for the reason where the form has none
 * of its own. */
void booking_check_draw(struct page *page, const struct booking_check *check, bool own_reason,
	str reason);
