/* say.h - a child in words, the same on every page. */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "html/html.h"
#include "law/word.h"

/* "Amara Osei"; the council's number for a child whose name no source carries. Escaped. */
void text_child_name(struct buf *b, str forename, str surname, str number);
/* "Looked after", "Child protection plan", "Looked after, child protection plan", "No open period" */
void text_child_kind(struct buf *b, bool looked_after, bool on_plan);
/* Whole years on `today`; a child born on 29 February is a year older on 1 March of other years. */
int age_in_years(day born, day today);
/* "7"; under two years "14 months", under one month "12 days", because a baby of three weeks and one of
 * eleven months are not the same to anybody who visits them. Born after `today`: empty. */
str age_words(struct arena *arena, day born, day today);
/* An event's detail as a person says it: "seen alone", "Interim care order"; ids are left out. */
str detail_words(struct arena *arena, enum word word, str detail);
/* What a detail that is missing would have said: "whether the placement is outside the council's area". */
str unsaid_words(str key);
