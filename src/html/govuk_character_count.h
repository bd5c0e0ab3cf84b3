/* govuk_character_count.h - a textarea that says how much room is left. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_textarea.h"

struct govuk_character_count {
	struct govuk_textarea textarea; /* disabled and autocomplete are not used */
	str max_length, max_words;      /* one of them, as digits */
	str threshold;                  /* percent from which the count is shown */
	str count_type;                 /* "words" with max_words */
	str description;                /* "You can enter up to %{count} characters" */
	str message_classes;
	struct govuk_attributes under_characters, over_characters; /* by plural rule */
	struct govuk_attributes under_words, over_words;
	str at_characters, at_words;
};

#define govuk_character_count(b, ...)                                                              \
	govuk_character_count_((b), &(struct govuk_character_count){ __VA_ARGS__ })
void govuk_character_count_(struct buf *b, const struct govuk_character_count *o);
