/* say.h - a child in words, the same on every page. */
#pragma once

#include "base/day.h"
#include "html/html.h"

/* "Amara Osei"; the council's number for a child whose name no source carries. Escaped. */
void text_child_name(struct buf *b, str forename, str surname, str number);
/* "Looked after", "Child protection plan", "Looked after, child protection plan", "No open period" */
void text_child_kind(struct buf *b, bool looked_after, bool on_plan);
/* Whole years on `today`; a child born on 29 February is a year older on 1 March of other years. */
int age_in_years(day born, day today);
