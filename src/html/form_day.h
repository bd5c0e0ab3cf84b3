/* form_day.h - a date from three boxes, and a time from one, as people write them. Pure.
 *
 * 1 and 01, 3 and mar and March are taken; what is missing or cannot be is named, and the box that
 * holds it, so that only that box is marked (GOV.UK Design System, Date input).
 */
#pragma once

#include "base/arena.h"
#include "base/instant.h"

enum form_part { PART_DAY = 1, PART_MONTH = 2, PART_YEAR = 4, PART_TIME = 8, PART_WHICH = 16 };

struct form_boxes {
	str day, month, year;
	str time;  /* "2:30pm", "14:30", "2pm"; empty: only the date */
	str which; /* of the hour that autumn repeats: "first" or "second" */
};

/* A message and the boxes that are wrong; an empty message: nothing is. */
struct form_wrong {
	str message;
	unsigned part; /* of enum form_part */
};

/* DAY_UNKNOWN, and nothing wrong, when all three are empty. `label` begins the messages. */
struct form_wrong form_day_read(
	struct arena *arena, str label, const struct form_boxes *boxes, day *out);
struct form_wrong form_when_read(
	struct arena *arena, str label, const struct form_boxes *boxes, struct when *out);
/* Minutes of the day: "14:30", "14.30", "1430", "2:30pm", "2 pm"; -1 for what is no time. */
int form_minute(str text);
/* Does a clock show that time twice on that day? Then the form must ask which. */
bool form_is_doubled(const struct form_boxes *boxes);
/* The boxes that say it. The time as "2:30pm". */
struct form_boxes form_boxes_of(struct arena *arena, struct when when);
