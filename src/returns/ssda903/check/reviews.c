/* reviews.c - rules of reviews and of how the child took part. */
#include "returns/ssda903/check/rule.h"

static bool is_participation(code cell)
{
	return ONE_OF(cell, "PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7");
}

/* A code with each review, and none without: a row that says neither is a fault of another rule. */
static void rule_167(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, reviews) {
		bool right = is_said(row->review) ? is_participation(row->review_code) : row->review_code == 0;
		if (!right)
			FIND(check, REVIEWS, row);
	}
}

/* Mothers and reviews are not of children whose every episode is a short break. */
static void rule_399(struct check *check, const struct child_rows *child)
{
	if (child->episodes_n == 0)
		return;
	EVERY(episode, child, episodes) {
		if (!is_short_break(episode))
			return;
	}
	bool reviewed = false, any = false;
	EVERY(review, child, reviews)
		reviewed |= review->review != DAY_UNKNOWN || review->review_code != 0;
	/* Each header row stands beside each review: one that says nothing is a fault beside one that does. */
	EVERY(row, child, header) {
		if (reviewed || row->mother != 0) {
			FIND(check, HEADER, row);
			any = true;
		}
	}
	any |= reviewed;
	bool mother = any && !reviewed;
	EVERY(review, child, reviews) {
		if (mother || review->review != DAY_UNKNOWN || review->review_code != 0)
			FIND(check, REVIEWS, review);
	}
	EVERY(episode, child, episodes) {
		if (any)
			FIND(check, EPISODES, episode);
	}
}

static void rule_440(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, reviews) {
		if (row->review_code == K("PN0") && is_after(row->review, birthday(row->dob, 4)))
			FIND(check, REVIEWS, row);
	}
}

static void rule_441(struct check *check, const struct child_rows *child)
{
	EVERY(row, child, reviews) {
		if (ONE_OF(row->review_code, "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7") &&
			is_before(row->review, birthday(row->dob, 4)))
			FIND(check, REVIEWS, row);
	}
}

static const struct check_rule rules[] = {
	DAY_RULE("166", 2023, 0, REVIEWS, reviews, review, false, "REVIEW", "Date of a review is missing, or no date"),
	CHILD_RULE(167, 2023, 0, BIT(REVIEWS), "REVIEW_CODE",
		"How the child took part in the review is missing or not a code of the list, or belongs to no review"),
	CHILD_RULE(399, 2023, 0, BIT(EPISODES) | BIT(HEADER) | BIT(REVIEWS), "MOTHER LS REVIEW REVIEW_CODE",
		"Every episode is a short break (V3, V4), and a mother or a review is recorded"),
	CHILD_RULE(440, 2023, 0, BIT(REVIEWS), "DOB REVIEW REVIEW_CODE",
		"PN0 says that the child was under 4 at the review, and the dates say 4 or over"),
	CHILD_RULE(441, 2023, 0, BIT(REVIEWS), "DOB REVIEW REVIEW_CODE",
		"The code says that the child was 4 or over at the review, and the dates say under 4"),
};

const struct rule_list rules_of_reviews = { rules, sizeof rules / sizeof *rules };
