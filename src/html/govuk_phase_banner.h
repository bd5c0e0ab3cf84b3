/* govuk_phase_banner.h - says that a service is new or a demonstration. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_tag.h"

struct govuk_phase_banner {
	struct govuk_tag tag;
	str text;
	struct markup html;
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_phase_banner(b, ...)                                                                 \
	govuk_phase_banner_((b), &(struct govuk_phase_banner){ __VA_ARGS__ })
void govuk_phase_banner_(struct buf *b, const struct govuk_phase_banner *o);
