/* write.h - writes the census of children in need: one XML message, child after child.
 *
 * Elements stand in the order of the census's schema (CIN_schema 2026): the reviews of a plan in
 * one <Reviews>, yes and no as 1 and 0. A day that is not known is left out; a repeated element is
 * an array and its length. Codes are written as given.
 */
#pragma once

#include "base/day.h"
#include "base/xml.h"

struct cin_message {
	int year;
	day reference;         /* 31 March of it */
	str authority;         /* three digits */
	str software, release; /* of the program that made the message */
	day made;
};

struct cin_assessment {
	day began, reviewed, authorised;
	const str *factor;
	size_t factors;
};

struct cin_section47 {
	day began, target, conference;
	bool not_required;
};

struct cin_need_plan {
	day began, ended;
};

struct cin_protection_plan {
	day began, ended;
	str category, latest;
	int before;
	const day *review;
	size_t reviews;
};

struct cin_details {
	day received;
	str source, need;
	day closed;
	str closure;
	day conference; /* of a child who moved in: at this level, not under a section 47 */
	bool nfa;
	const struct cin_assessment *assessment;
	size_t assessments;
	const struct cin_need_plan *need_plan;
	size_t need_plans;
	const struct cin_section47 *section47;
	size_t section47s;
	const struct cin_protection_plan *plan;
	size_t plans;
};

struct cin_child {
	str number, upn, upn_unknown;
	day born, expected, died;
	str sex, ethnicity;
	const str *disability;
	size_t disabilities;
	const struct cin_details *details;
	size_t n;
};

void cin_write_begin(struct xml_out *out, const struct cin_message *message);
void cin_write_child(struct xml_out *out, const struct cin_child *child);
void cin_write_end(struct xml_out *out);
