/* cin.h - the children in need census: one XML document of a year's referrals, assessments,
 * section 47 enquiries, initial conferences, plans and their reviews.
 *
 * Layout and codes: DfE, Children in need census, as domain notes 4.4. Reviews of a plan are read
 * in either layout in use: one <Reviews> with many dates, or many with one each.
 */
#pragma once

#include "returns/staged.h"

/* Stages every child. False when nothing can be imported: not such a document, torn, or one that
 * declares a document type; the error names file and line. `today` is the day of the import. */
MUST_USE bool cin_stage(
	const struct source *source, day today, struct staging *staging, struct err *err);
