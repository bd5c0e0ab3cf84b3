/* placed.c - rules of the decision that a child should be placed for adoption, and of its reversal. */
#include "returns/ssda903/check/rule.h"

static bool is_adoption_place(const struct episodes_row *episode)
{
	return ONE_OF(episode->place, "A3", "A4", "A5", "A6");
}

static bool is_reversed(const struct placed_row *row)
{
	return is_said(row->date_placed_ceased) || row->reason_placed_ceased != 0;
}

/* After the year, or after the child's last episode that is not followed by another. */
static void rule_117(struct check *check, const struct child_rows *child)
{
	const struct episodes_row *last = NULL;
	EVERY(e, child, episodes) {
		if (is_day(e->decom) && e->rec != K("X1") && (last == NULL || e->decom > last->decom))
			last = e;
	}
	if (last == NULL)
		return;
	EVERY(row, child, placed) {
		if (is_after(row->date_placed, check_end(check)) || is_after(row->date_placed, last->dec) ||
			is_after(row->date_placed_ceased, check_end(check)) ||
			is_after(row->date_placed_ceased, last->dec)) {
			FIND(check, PLACED, row);
			FIND(check, EPISODES, last);
		}
	}
}

static void rule_118(struct check *check, const struct child_rows *child)
{
	const struct episodes_row *first = NULL;
	for (size_t i = 0; first == NULL && i < child->episodes_n; i++) {
		if (is_day(child->by_day[i]->decom) && !is_short_break(child->by_day[i]))
			first = child->by_day[i];
	}
	if (first == NULL)
		return;
	EVERY(row, child, placed) {
		if (is_before(row->date_placed_ceased, first->decom) ||
			is_before(row->date_placed_ceased, check_start(check))) {
			FIND(check, PLACED, row);
			FIND(check, EPISODES, first);
		}
	}
}

static void rule_119(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		if (is_said(row->date_placed_ceased) != (row->reason_placed_ceased != 0))
			FIND(check, PLACED, row);
	}
}

static void rule_184(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		bool before = is_before(row->date_placed, row->dob);
		EVERY(header, child, header)
			before |= is_before(row->date_placed, header->dob);
		if (before)
			FIND(check, PLACED, row);
	}
}

static void rule_522(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		if (is_before(row->date_placed_ceased, row->date_placed))
			FIND(check, PLACED, row);
	}
}

static void rule_523(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		EVERY(adopted, child, ad1) {
			if (is_day(row->date_placed) && is_day(adopted->date_int) &&
				row->date_placed != adopted->date_int) {
				FIND(check, PLACED, row);
				FIND(check, AD1, adopted);
			}
		}
	}
}

static bool says_adopted(const struct ad1_row *row)
{
	return is_said(row->date_int) || is_said(row->date_match) || row->foster_care != 0 ||
		row->nb_adoptr != 0 || row->sex_adoptr != 0 || row->ls_adoptr != 0;
}

static void rule_525(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		EVERY(adopted, child, ad1) {
			if (is_said(row->date_placed_ceased) && says_adopted(adopted)) {
				FIND(check, PLACED, row);
				FIND(check, AD1, adopted);
			}
		}
	}
}

static void rule_551(struct check *check, const struct child_rows *child)
{
	bool decided = child->placed_n > 0;
	EVERY(row, child, placed)
		decided &= is_said(row->date_placed);
	EVERY(e, child, episodes) {
		if (is_adoption_place(e) && !decided)
			FIND(check, EPISODES, e);
	}
}

/* The last decision and the first placement with adopters. */
static void rule_552(struct check *check, const struct child_rows *child)
{
	const struct placed_row *decision = NULL;
	EVERY(row, child, placed) {
		if (is_day(row->date_placed) && (decision == NULL || row->date_placed > decision->date_placed))
			decision = row;
	}
	for (size_t i = 0; decision != NULL && i < child->episodes_n; i++) {
		const struct episodes_row *e = child->by_day[i];
		if (!is_adoption_place(e))
			continue;
		if (is_before(e->decom, decision->date_placed)) {
			FIND(check, PLACED, decision);
			FIND(check, EPISODES, e);
		}
		return;
	}
}

/* An order stands; no decision is there, or the one that is was reversed though the order is in force. */
static void find_undecided(struct check *check, const struct child_rows *child, code order)
{
	bool open = false;
	EVERY(e, child, episodes) {
		if (e->ls != order)
			continue;
		open |= !is_said(e->dec);
		if (child->placed_n == 0)
			FIND(check, EPISODES, e);
	}
	EVERY(row, child, placed) {
		if (open && is_reversed(row))
			FIND(check, PLACED, row);
	}
}

static void rule_553(struct check *check, const struct child_rows *child)
{
	find_undecided(check, child, K("E1"));
}

static void rule_555(struct check *check, const struct child_rows *child)
{
	find_undecided(check, child, K("D1"));
}

static void rule_554(struct check *check, const struct child_rows *child)
{
	const struct episodes_row *first = NULL;
	for (size_t i = 0; first == NULL && i < child->episodes_n; i++) {
		if (child->by_day[i]->ls == K("E1"))
			first = child->by_day[i];
	}
	EVERY(row, child, placed) {
		if (first != NULL && is_after(row->date_placed, first->decom)) {
			FIND(check, PLACED, row);
			FIND(check, EPISODES, first);
		}
	}
}

static void rule_556(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		EVERY(row, child, placed) {
			if (e->ls == K("D1") && is_after(row->date_placed, e->decom))
				FIND(check, EPISODES, e);
		}
	}
}

/* Left care otherwise than by adoption, and the reversal is not, or not wholly, recorded. */
static void find_not_reversed(struct check *check, const struct child_rows *child, bool freeing)
{
	EVERY(e, child, episodes) {
		bool order = e->ls == K("E1") || (freeing && e->ls == K("D1"));
		if ((!is_adoption_place(e) && !order) || e->rec == 0 || ONE_OF(e->rec, "X1", "E11", "E12"))
			continue;
		if (child->placed_n == 0)
			FIND(check, EPISODES, e);
		EVERY(row, child, placed) {
			if (is_said(row->date_placed_ceased) && row->reason_placed_ceased != 0)
				continue;
			FIND(check, EPISODES, e);
			FIND(check, PLACED, row);
		}
	}
}

static void rule_557(struct check *check, const struct child_rows *child)
{
	find_not_reversed(check, child, true);
}

/* Freeing orders are no more. */
static void rule_557_of_2025(struct check *check, const struct child_rows *child)
{
	find_not_reversed(check, child, false);
}

static void rule_558(struct check *check, const struct child_rows *child)
{
	bool all = child->placed_n > 1;
	EVERY(row, child, placed)
		all &= is_said(row->date_placed_ceased);
	EVERY(e, child, episodes) {
		if (all && ONE_OF(e->rec, "E11", "E12"))
			FIND(check, EPISODES, e);
	}
}

static void rule_559(struct check *check, const struct child_rows *child)
{
	bool told = child->placed_last_n > 0;
	EVERY_LAST(last, child, placed)
		told &= is_day(last->date_placed);
	EVERY(row, child, placed) {
		if (!told && is_before(row->date_placed, check_start(check)))
			FIND(check, PLACED, row);
	}
}

static void rule_560(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		EVERY_LAST(last, child, placed) {
			if (is_said(last->date_placed) && !is_said(last->date_placed_ceased) &&
				row->date_placed != last->date_placed)
				FIND(check, PLACED, row);
		}
	}
}

static void rule_561(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		EVERY_LAST(last, child, placed) {
			if (is_said(row->date_placed) && row->date_placed == last->date_placed &&
				is_reversed(last))
				FIND(check, PLACED, row);
		}
	}
}

static void rule_563(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		if (is_said(row->date_placed_ceased) && row->reason_placed_ceased != 0 &&
			!is_said(row->date_placed))
			FIND(check, PLACED, row);
	}
}

/* The decision before it is still open, or ended after this one. */
static void rule_579(struct check *check, const struct child_rows *child)
{
	struct in_order *order = in_order_room(check, child->placed_n);
	for (uint32_t i = 0; i < child->placed_n; i++)
		order[i] = (struct in_order){ child->placed[i].date_placed, DAY_UNKNOWN, i };
	in_order_sort(order, child->placed_n);
	for (size_t i = 1; i < child->placed_n; i++) {
		const struct placed_row *row = &child->placed[order[i].at];
		day ended = child->placed[order[i - 1].at].date_placed_ceased;
		if (!is_day(ended) || is_before(row->date_placed, ended))
			FIND(check, PLACED, row);
	}
}

static void rule_583(struct check *check, const struct child_rows *child)
{
	const struct placed_row *latest = child->placed;
	EVERY(row, child, placed) {
		if (is_day(row->date_placed) &&
			(!is_day(latest->date_placed) || row->date_placed > latest->date_placed))
			latest = row;
	}
	EVERY(row, child, placed) {
		if (row != latest && !is_said(row->date_placed_ceased))
			FIND(check, PLACED, row);
	}
}

static void rule_584(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, placed) {
		EVERY_LAST(last, child, placed) {
			if (is_reversed(last) && (!is_said(row->date_placed) ||
							 (is_day(last->date_placed) && is_day(row->date_placed) &&
								 row->date_placed <= last->date_placed)))
				FIND(check, PLACED, row);
		}
	}
}

static void rule_1003(struct check *check, const struct child_rows *child)
{
	const struct episodes_row *first = NULL;
	for (size_t i = 0; first == NULL && i < child->episodes_n; i++) {
		if (child->by_day[i]->rne == K("S"))
			first = child->by_day[i];
	}
	EVERY(row, child, placed) {
		if (first != NULL && is_before(row->date_placed, first->decom)) {
			FIND(check, PLACED, row);
			FIND(check, EPISODES, first);
		}
	}
}

static const struct check_rule rules[] = {
	DAY_RULE("115", 2023, 0, PLACED, placed, date_placed, true, "DATE_PLACED",
		"Date of the decision that the child should be placed for adoption is no date"),
	DAY_RULE("116", 2023, 0, PLACED, placed, date_placed_ceased, true, "DATE_PLACED_CEASED",
		"Date of the decision that the child should no longer be placed for adoption is no date"),
	CHILD_RULE(117, 2023, 0, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED DATE_PLACED_CEASED DEC REC DECOM",
		"A decision about placing for adoption is dated after the year, or after the child left care"),
	CHILD_RULE(118, 2023, 0, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED_CEASED DECOM LS",
		"The plan of adoption was reversed before the year began, or before the child came into care"),
	CHILD_RULE(119, 2023, 0, BIT(PLACED), "REASON_PLACED_CEASED DATE_PLACED_CEASED",
		"A reversed plan of adoption needs both its date and its reason, and one is missing"),
	CODE_RULE("120", 2023, 0, PLACED, placed, reason_placed_ceased, true, "RD1 RD2 RD3 RD4", "REASON_PLACED_CEASED",
		"Reason why the plan of adoption was reversed is not a code of the list"),
	CHILD_RULE(184, 2023, 0, BIT(HEADER) | BIT(PLACED), "DATE_PLACED DOB",
		"The decision that the child should be placed for adoption is dated before the birth"),
	CHILD_RULE(522, 2023, 0, BIT(PLACED), "DATE_PLACED DATE_PLACED_CEASED",
		"The plan of adoption was reversed before it was made"),
	CHILD_RULE(523, 2023, 0, BIT(AD1) | BIT(PLACED), "DATE_PLACED DATE_INT",
		"The decision to place for adoption has one date here and another with the adoption (DATE_INT)"),
	CHILD_RULE(525, 2023, 0, BIT(AD1) | BIT(PLACED),
		"DATE_PLACED_CEASED DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
		"The plan of adoption was reversed, and an adoption is recorded in the year"),
	CHILD_RULE(551, 2023, 0, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED PLACE",
		"The child is placed with adopters, and the decision to place for adoption has no date"),
	CHILD_RULE(552, 2023, 0, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED DECOM",
		"The child went to adopters before the decision to place for adoption"),
	CHILD_RULE(553, 2023, 0, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
		"There is a placement order, and no decision to place for adoption that stands"),
	CHILD_RULE(554, 2023, 0, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED DECOM LS",
		"The placement order came before the decision to place for adoption"),
	CHILD_RULE(555, 2023, 2024, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
		"There is a freeing order, and no decision to place for adoption that stands"),
	CHILD_RULE(556, 2023, 2024, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED DECOM",
		"The freeing order came before the decision to place for adoption"),
	CHILD_RULE(557, 2023, 2024, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED_CEASED REASON_PLACED_CEASED PLACE LS REC",
		"The child left care and was not adopted as planned, and when and why the plan ended is not recorded"),
	CHILD_RULE_BY(rule_557_of_2025, 557, 2025, 0, BIT(EPISODES) | BIT(PLACED),
		"DATE_PLACED_CEASED REASON_PLACED_CEASED PLACE LS REC",
		"The child left care and was not adopted as planned, and when and why the plan ended is not recorded"),
	CHILD_RULE(558, 2023, 0, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED_CEASED REC",
		"The child was adopted, and every decision to place for adoption is recorded as reversed"),
	CHILD_RULE(559, 2023, 0, BIT(PLACED), "DATE_PLACED",
		"The decision is of an earlier year, and last year's return did not have its date", .tables_last = BIT(PLACED)),
	CHILD_RULE(560, 2023, 0, BIT(PLACED), "DATE_PLACED DATE_PLACED_CEASED",
		"The decision has another date than last year, and last year's was not reversed", .tables_last = BIT(PLACED)),
	CHILD_RULE(561, 2023, 0, BIT(PLACED), "DATE_PLACED",
		"The decision has last year's date, and last year's return says that it was reversed",
		.tables_last = BIT(PLACED)),
	CHILD_RULE(563, 2023, 0, BIT(PLACED), "DATE_PLACED REASON_PLACED_CEASED DATE_PLACED_CEASED",
		"A plan of adoption was reversed, and the decision that made it has no date"),
	CHILD_RULE(579, 2023, 0, BIT(PLACED), "DATE_PLACED DATE_PLACED_CEASED",
		"A decision to place for adoption was made while the one before it still stood"),
	CHILD_RULE(583, 2023, 0, BIT(PLACED), "DATE_PLACED DATE_PLACED_CEASED",
		"There is a later decision to place for adoption, and the end of this one is not recorded"),
	CHILD_RULE(584, 2023, 0, BIT(PLACED), "DATE_PLACED",
		"Last year's decision was reversed, and this year's is not dated later", .tables_last = BIT(PLACED)),
	CHILD_RULE(1003, 2023, 0, BIT(EPISODES) | BIT(PLACED), "DATE_PLACED DECOM RNE",
		"The decision to place for adoption is dated before the child came into care"),
};

const struct rule_list rules_of_placed = { rules, sizeof rules / sizeof *rules };
