/* manage_policy.h - what the pages of a council's policy share: its form, as it was typed. */
#pragma once

#include "html/form_day.h"
#include "store/local.h"
#include "web/manage.h"

#define POLICY S("/manage/policy")

struct policy_form {
	enum local_kind kind; /* any but LOCAL_RULE, which is a file's */
	str id, was;          /* was: from which day the item that is changed holds; empty: a new one */
	const struct rule *rule; /* of a figure and a setting; NULL: no clock rests on it */
	enum area area;          /* of what is written down here */
	str n, unit, choice, title, author, reason, approved;
	struct form_boxes from, to;
	struct form_wrong from_wrong, to_wrong;
	bool remove;
	int64_t seen;    /* the version that was looked at */
	str text;        /* the whole policy, as it would be */
	struct local_trial trial;
	struct err err;
	struct manage_mistakes mistakes;
};

str manage_policy_title(const struct policy_form *form);
/* May a later limit be set as a departure? */
bool manage_policy_may_depart(const struct policy_form *form);
/* What the form is about, as hidden boxes. */
void manage_policy_about(struct page *page, const struct policy_form *form);
void manage_policy_form(struct page *page, struct policy_form *form);
/* Reads the POST and puts the text together. False: the answer is given. */
MUST_USE bool manage_policy_read(struct page *page, struct policy_form *form);
/* The form again, with the store's word on it. */
void manage_policy_refuse(struct page *page, struct policy_form *form, const struct err *err);
