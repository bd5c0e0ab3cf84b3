/* form_read.h - a record from what was typed into its form, and back. Pure.
 *
 * The form is drawn from the type's field table (form_draw.h): a text is a box, a national code a
 * choice in words, a day three boxes, a ref a choice among the child's own periods. What is wrong
 * is said for each field, with the boxes that are wrong; a record is only made where nothing is.
 */
#pragma once

#include "html/form_typed.h"
#include "record/record.h"

/* Something that a ref may stand for, in words: "Looked after since 4 March 2024". */
struct form_choice {
	int64_t id;
	unsigned kind; /* of enum thread_kind, and TO_ADOPTION */
	str words;
	bool over; /* the period has ended */
};

struct code;

/* One thing that is wrong. */
struct form_fault {
	const struct field *field; /* NULL: the record as a whole */
	str message;
	unsigned part; /* of enum form_part; 0: the whole field */
};

struct form_faults {
	struct form_fault *item; /* in the arena */
	size_t n, room;
};

struct record_form {
	const struct record_type *type;
	const struct form_choice *choice;
	size_t choices;
	day today;
	const void *old; /* of a correction: the record as it is; NULL for a new one */
	str focus;       /* name of the field in which the cursor stands; empty: none */
};

void form_fault_add(struct arena *arena, struct form_faults *faults, const struct field *field,
	str message, unsigned part);
const struct form_fault *form_fault_of(
	const struct form_faults *faults, const struct field *field); /* NULL: none */

/* The record, in the arena; what is not asked for (FIELD_KEPT) is as in the old one. Check that
 * `faults` is empty before using it. */
void *form_read_record(struct arena *arena, const struct record_form *form, const struct typed *typed,
	struct form_faults *faults);
/* What a form of that record holds. */
void form_write_record(struct arena *arena, const struct record_form *form, const void *record,
	struct typed *out);
/* What a new form begins with: the one choice that there is. */
void form_begin(struct arena *arena, const struct record_form *form, struct typed *out);

/* Is the field on the form? Not when it is kept, nor when it is optional and nothing can be picked. */
bool form_asks(const struct record_form *form, const struct field *field);
/* May this code be picked? Not one that only files carry, but where it stands already. */
bool form_offers(const struct record_form *form, const struct field *field, const struct code *code);
bool form_may_be(const struct field *field, const struct form_choice *choice);
/* The words of the choice that a ref stands for; empty when it is none of them. */
str form_choice_words(const struct record_form *form, int64_t id);
