/* ui_component_moj.c - those of the Ministry of Justice's components whose markup ours keeps. The others
 * (timeline, identity bar, filter) are markup of our own under their classes: see test_show.c. */
#include "ui_component.h"
#include "ui_parts.h"

#include "html/moj_badge.h"
#include "html/moj_interruption_card.h"
#include "html/moj_side_navigation.h"
#include "html/moj_sub_navigation.h"

static const struct binding side_item[] = { TEXT(moj_side_item), STR(moj_side_item, "href", href),
	BOOL(moj_side_item, "active", active), ATTRIBUTES(moj_side_item, "attributes", attributes),
	END };
static const struct binding side_section[] = { STR(moj_side_section, "heading.text", heading.text),
	HTML(moj_side_section, "heading.html", heading.html),
	INT(moj_side_section, "heading.headingLevel", heading.heading_level),
	STR(moj_side_section, "heading.classes", heading.classes),
	ATTRIBUTES(moj_side_section, "heading.attributes", heading.attributes),
	LIST(moj_side_section, "items", items, side_item, struct moj_side_item), END };
static const struct binding side_navigation[] = { COMMON(moj_side_navigation),
	STR(moj_side_navigation, "label", label),
	LIST(moj_side_navigation, "items", items, side_item, struct moj_side_item),
	LIST(moj_side_navigation, "sections", sections, side_section, struct moj_side_section),
	END };

static const struct binding tab[] = { STR(moj_tab, "text", text), STR(moj_tab, "href", href),
	BOOL(moj_tab, "active", current), END };
static const struct binding sub_navigation[] = { STR(moj_sub_navigation, "label", label),
	{ "items", BIND_LIST, .at = offsetof(struct moj_sub_navigation, tab),
		.count_at = offsetof(struct moj_sub_navigation, n), .sub = tab,
		.size = sizeof(struct moj_tab) },
	END };

static const struct binding card[] = { STR(moj_interruption_card, "heading", heading),
	{ "body", BIND_STRS, .at = offsetof(struct moj_interruption_card, body),
		.count_at = offsetof(struct moj_interruption_card, n) },
	STR(moj_interruption_card, "primaryAction.href", href),
	STR(moj_interruption_card, "primaryAction.text", go),
	STR(moj_interruption_card, "secondaryAction.href", back_href),
	STR(moj_interruption_card, "secondaryAction.text", back), END };

struct words {
	str text, classes;
};
static const struct binding badge[] = { STR(words, "text", text), STR(words, "classes", classes), END };

static void badge_draw(struct buf *b, const struct words *words)
{
	moj_badge(b, words->text, words->classes);
}

bool ui_component_moj(
	struct arena *arena, struct buf *b, const char *component, const json_t *given)
{
	str name = str_of(component);
#define X(fixture, bindings, type, draw)                                                           \
	if (str_equal(name, S(fixture))) {                                                         \
		struct type o = { 0 };                                                             \
		binding_fill(arena, bindings, given, &o);                                          \
		draw(b, &o);                                                                       \
		return true;                                                                       \
	}
	X("moj-side-navigation", side_navigation, moj_side_navigation, moj_side_navigation_)
	X("moj-sub-navigation", sub_navigation, moj_sub_navigation, moj_sub_navigation)
	X("moj-interruption-card", card, moj_interruption_card, moj_interruption_card)
	X("moj-badge", badge, words, badge_draw)
#undef X
	return false;
}
