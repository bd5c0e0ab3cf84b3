#include "html/govuk_summary_list.h"

static void action(
	struct buf *b, const struct govuk_summary_action *a, const struct govuk_summary_card *card)
{
	bool titled = card != NULL && govuk_part_some(card->title_text, card->title_html);
	H(b, "<a class=\"govuk-link");
	govuk_part_classes(b, a->classes);
	H(b, "\"");
	attr(b, "href", a->href);
	govuk_part_attributes(b, &a->attributes);
	H(b, ">");
	govuk_part_content(b, a->text, a->html);
	if (a->visually_hidden_text.n > 0 || titled) {
		H(b, "<span class=\"govuk-visually-hidden\">");
		if (a->visually_hidden_text.n > 0) {
			H(b, " ");
			text(b, a->visually_hidden_text);
		}
		if (titled) {
			H(b, " (");
			govuk_part_content(b, card->title_text, card->title_html);
			H(b, ")");
		}
		H(b, "</span>");
	}
	H(b, "</a>\n");
}

static void heading(struct buf *b, const struct govuk_summary_card *card)
{
	if (!govuk_part_some(card->title_text, card->title_html))
		return;
	int64_t level = card->heading_level == 0 ? 2 : card->heading_level;
	H(b, "<h");
	buf_int(b, level);
	H(b, " class=\"govuk-summary-card__title");
	govuk_part_classes(b, card->title_classes);
	H(b, "\">");
	govuk_part_content(b, card->title_text, card->title_html);
	H(b, "</h");
	buf_int(b, level);
	H(b, ">\n");
}

static void card_open(struct buf *b, const struct govuk_summary_card *card)
{
	H(b, "<div class=\"govuk-summary-card");
	govuk_part_classes(b, card->classes);
	H(b, "\"");
	govuk_part_attributes(b, &card->attributes);
	H(b, ">\n<div class=\"govuk-summary-card__title-wrapper\">\n");
	heading(b, card);
	if (card->n_actions == 1) {
		H(b, "<div class=\"govuk-summary-card__actions");
		govuk_part_classes(b, card->actions_classes);
		H(b, "\">");
		action(b, &card->actions[0], card);
		H(b, "</div>\n");
	} else if (card->n_actions > 1) {
		H(b, "<ul class=\"govuk-summary-card__actions");
		govuk_part_classes(b, card->actions_classes);
		H(b, "\">\n");
		for (size_t i = 0; i < card->n_actions; i++) {
			H(b, "<li class=\"govuk-summary-card__action\">");
			action(b, &card->actions[i], card);
			H(b, "</li>\n");
		}
		H(b, "</ul>\n");
	}
	H(b, "</div>\n<div class=\"govuk-summary-card__content\">\n");
}

static void actions(
	struct buf *b, const struct govuk_summary_row *row, const struct govuk_summary_card *card)
{
	if (row->n_actions == 0)
		return;
	H(b, "<dd class=\"govuk-summary-list__actions");
	govuk_part_classes(b, row->actions_classes);
	H(b, "\">");
	if (row->n_actions == 1) {
		action(b, &row->actions[0], card);
	} else {
		H(b, "<ul class=\"govuk-summary-list__actions-list\">\n");
		for (size_t i = 0; i < row->n_actions; i++) {
			H(b, "<li class=\"govuk-summary-list__actions-list-item\">");
			action(b, &row->actions[i], card);
			H(b, "</li>\n");
		}
		H(b, "</ul>");
	}
	H(b, "</dd>\n");
}

static void cell(struct buf *b, const struct govuk_summary_cell *c)
{
	govuk_part_classes(b, c->classes);
	H(b, "\">");
	govuk_part_content(b, c->text, c->html);
}

void govuk_summary_list_(struct buf *b, const struct govuk_summary_list *o)
{
	bool any_actions = false;
	for (size_t i = 0; i < o->n_rows; i++)
		any_actions = any_actions || o->rows[i].n_actions > 0;
	if (o->card != NULL)
		card_open(b, o->card);
	H(b, "<dl class=\"govuk-summary-list");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	for (size_t i = 0; i < o->n_rows; i++) {
		const struct govuk_summary_row *row = &o->rows[i];
		H(b, "<div class=\"govuk-summary-list__row");
		if (any_actions && row->n_actions == 0)
			H(b, " govuk-summary-list__row--no-actions");
		govuk_part_classes(b, row->classes);
		H(b, "\"><dt class=\"govuk-summary-list__key");
		cell(b, &row->key);
		H(b, "</dt><dd class=\"govuk-summary-list__value");
		cell(b, &row->value);
		H(b, "</dd>\n");
		actions(b, row, o->card);
		H(b, "</div>\n");
	}
	H(b, "</dl>\n");
	if (o->card != NULL)
		H(b, "</div>\n</div>\n");
}
