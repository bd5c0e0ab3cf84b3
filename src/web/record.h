/* record.h - what the pages for records written by hand share: record.c (what to write, and what is
 * there), record_form.c (the form), record_begin.c (what it begins with), record_conflict.c (two wrote at once), record_history.c,
 * record_draft.c (what is typed and not yet saved).
 *
 * A form has a number in its address, made when it is asked for: whatever is sent of that form is
 * one draft and makes one record, however often it is sent (store/draft.h).
 */
#pragma once

#include "html/form_draw.h"
#include "job/quality_child.h"
#include "store/draft.h"
#include "store/history.h"
#include "web/page.h"

/* A form in hand. */
struct writing {
	struct record_form form;
	int64_t key, turn;
	int64_t record;  /* that is corrected; 0: a new one */
	int64_t version; /* of it, as it was seen */
	struct typed typed;
	struct form_faults faults;
	str reason, reason_fault;
	bool kept; /* the draft has just been kept */
	bool minutes; /* somebody else decides: it is kept, and given to who chairs, and not saved */
	const void *read;          /* the record that was made of what was typed */
	struct problems problems;  /* the store's */
	int64_t made;              /* the record that it has become */
	struct family_check *family; /* of an allocation: what practice says against it; NULL: the same */
	struct quality_warnings *warned; /* what the rules of the returns would say; NULL: nothing, or not asked */
	struct booking_check *check; /* of a booking: what speaks against it; NULL: not asked yet */
};

/* May this role write records of that type at all? Whether of this child, the store says. */
bool record_may(const struct page *page, const struct record_type *type);
bool record_may_any(const struct page *page); /* is there anything that this reader may record here? */
/* The child's own periods, plans, reviews in words, for the refs of a form. One statement. */
bool record_choices(struct page *page, struct record_form *form, struct err *err);
/* Makes the form that of one kind, where its type has kinds. False: there is no such kind. */
bool record_shape(struct page *page, struct record_form *form, str kind);
str record_kind(const struct record_type *type, const void *record); /* empty: it has none */
/* The record of the address's second number, when it is this child's: else the page says 404. */
bool record_of_page(struct page *page, struct record_found *found);
/* The frame round such a page: the way back to the child, who it is, and the heading. */
void record_page_open(struct page *page, str title);
void record_heading(struct page *page, str words); /* under the summary of errors */
void record_page_close(struct page *page); /* and the look for the ledger */
/* "/children/12" or "/matters/12", and what follows it. */
str record_subject_address(struct page *page, str then);
/* "/children/12/records/34" and what follows it. */
str record_address(struct page *page, int64_t record, str then);
/* The form in which somebody writes that down of this child, for this reader; empty: a file brings it,
 * or it is not theirs to write. */
str record_way(struct page *page, enum word word);
/* On the child's page: the way to all records, and what was begun and not saved. One statement. */
void record_links(struct page *page);
/* What was begun of this subject and not saved. One statement. */
void record_drafts(struct page *page);
/* Where a draft goes on. */
str record_draft_address(struct page *page, const struct draft *draft);
/* The number of the form in the address; 0 after a redirection to one that has a number. */
int64_t record_form_key(struct page *page);
/* What was typed into the form of that type, out of what was sent or kept. */
void record_typed(struct page *page, const struct record_type *type, const struct form *sent,
	struct writing *out);
/* The form, filled; status and "Error:" by whether there are faults. */
void record_form_show(struct page *page, struct writing *writing);
/* What a new form begins with. False once the page is done. Another statement for some forms. */
MUST_USE bool record_begin(struct page *page, struct writing *writing);
void record_begin_day(struct page *page, struct typed *typed, const char *field, day on);
/* The review of a child who is placed for adoption is of that placement, unless somebody says otherwise. */
void record_begin_placed(struct page *page, struct writing *writing);
/* The draft of this form, when there is one: what was typed before. False once the page is done: the
 * form has made its record, or is another's. */
bool record_take_draft(struct page *page, struct writing *writing);
/* Keeps it as a draft, and comes back to the form. */
void record_keep_draft(struct page *page, struct writing *writing);
struct draft record_draft_of(struct page *page, const struct writing *writing);
/* Saves what was read, once. */
void record_form_save(struct page *page, struct writing *writing);
/* Somebody changed the record since it was seen: both versions, field by field. */
void record_conflict_show(struct page *page, struct writing *writing);
/* What was chosen there: the form once more, with it. */
void record_conflict_choose(struct page *page, struct writing *writing);
