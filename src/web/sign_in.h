/* sign_in.h - what the pages of signing in share. */
#pragma once

#include "store/factor.h"
#include "web/page.h"

/* "/sign-in/code?next=%2Fcaseload" */
str sign_in_step(struct page *page, str to, str next);
/* The step after the password for this person: their passkey where one works here, else the code of
 * their app, else a recovery code. Empty when the store failed. */
str sign_in_first_step(struct page *page, int64_t person, bool app, struct err *err);
/* The ways besides the one that is shown (an address of ours), for who has an app or passkeys. */
void sign_in_other_ways(struct page *page, str shown, str next, bool app, bool passkey);
/* Have they a council account, and is it that or nothing? */
MUST_USE bool sign_in_council_only(struct page *page, enum role role, const struct factors *factors,
	bool *only, struct err *err);
/* The first page again, saying what was wrong with a passkey. */
void sign_in_again(struct page *page, int status, str next, str mistake);
