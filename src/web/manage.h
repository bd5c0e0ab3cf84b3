/* manage.h - what the pages under /manage share: the side navigation, messages, mistakes.
 *
 * The area is for those who look after Duly and the service: each sees only the pages that their
 * role may have. What was done is said on the page that follows (POST, 303, GET) by a word in the
 * address, never by a name. */
#pragma once

#include "store/person.h"
#include "web/page.h"

/* A user's mistake, at a field of the form. */
struct manage_mistake {
	str field; /* its id */
	str words;
};
struct manage_mistakes {
	struct manage_mistake item[12];
	size_t n;
};
void manage_wrong(struct manage_mistakes *mistakes, str field, str words);
/* The words at that field; empty when it is right. */
str manage_wrong_at(const struct manage_mistakes *mistakes, str field);

/* Is there a page of the area that they may have? */
bool manage_any(const struct page *page);

/* The page's frame: navigation at the left, mistakes above the heading, then what was done (the
 * word "done" in the address). `section` is an href of the side navigation. */
void manage_open(struct page *page, str section, str title, const struct manage_mistakes *mistakes);
void manage_close(struct page *page);
/* Of one of our own people: the other councils that they work for; manage_beside.c. */
void manage_beside_of(
	struct page *page, const struct person *person, const struct authorities *work);
/* 303 to a page of the area, which says what was done. */
void manage_done(struct page *page, str to, str word);
