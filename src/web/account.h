/* account.h - what the pages of one's own account share. */
#pragma once

#include "identity/session.h"
#include "store/factor.h"
#include "web/page.h"

const struct session *account_session(const struct page *page);
/* Frame, two thirds wide, with the heading; an error above it when there is one, at `field`. */
void account_open(struct page *page, str title, str mistake, str field);
void account_close(struct page *page);
/* Has this person proved within five minutes who they are? Else they are sent to do so, and come
 * back to `to` (ASVS 5.0, 7.5.3). */
bool account_proven(struct page *page, str to);
/* Ten new recovery codes, to be read on their page; their marks are for the caller to store, with
 * whatever they come with. */
MUST_USE bool account_codes(
	struct page *page, struct store *store, struct recovery_marks *out, struct err *err);
/* "27 March 2026 at 9:05am" */
str account_at(struct page *page, instant at);
/* A form with one button. */
void account_button(struct page *page, str action, str words, str classes);
