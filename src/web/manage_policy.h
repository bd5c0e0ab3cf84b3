/* manage_policy.h - what the pages of a council's policy share: its form, as it was typed. */
#pragma once

#include "html/form_day.h"
#include "store/local.h"
#include "web/manage.h"

#define POLICY S("/manage/policy")

struct policy_form {
	enum local_kind kind; /* LOCAL_FIGURE or LOCAL_SETTING */
	str id, was;          /* was: from which day the item that is changed holds; empty: a new one */
	const struct rule *rule;
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

/* The page of the form; of what it would do. */
void manage_policy_form(struct page *page, struct policy_form *form);
void manage_policy_trial(struct page *page, struct policy_form *form);
