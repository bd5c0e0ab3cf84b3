#include "../check.h"

#include "base/buf.h"
#include "policy/matter.h"

#include <stdio.h>
#include <stdlib.h>

/* Every answer that the policy can give, one line for each role, relation and openness. */
static void matrix(struct buf *buf)
{
	buf_lit(buf, "role relation openness level permissions\n");
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (enum relation relation = RELATION_NONE; relation < RELATIONS; relation++) {
			for (enum openness open = OPEN; open < OPENNESSES; open++) {
				str words[] = { role_text(role), relation_text(relation),
					openness_text(open) };
				buf_format(buf, "%.*s %.*s %.*s %d", STR_ARGS(words[0]),
					STR_ARGS(words[1]), STR_ARGS(words[2]),
					policy_level(role, relation, open));
				for (enum permission p = MAY_SIGN_IN; p < PERMISSIONS; p++) {
					if (policy_may(role, p, relation, open))
						buf_format(buf, " %.*s",
							STR_ARGS(permission_text(p)));
				}
				buf_char(buf, '\n');
			}
		}
	}
}

/* Of what is no child: what is seen where no child is named, then by how much of the child is seen and
 * how open it is, and who may write. A role and kind that is not here: nothing. */
static void matters(struct buf *buf)
{
	buf_lit(buf, "matter role kind no-child level-0,1,2-of-a-child:open,restricted,uncleared,hidden "
		     "barred writes\n");
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (int k = 0; k < SUBJECT_KINDS; k++) {
			enum subject_kind kind = (enum subject_kind)k;
			if (matter_sight(role, kind) == MATTER_NOTHING && !matter_may_write(role, kind))
				continue;
			buf_format(buf, "matter %.*s %.*s %d", STR_ARGS(role_text(role)),
				STR_ARGS(subject_kind_text(kind)),
				matter_level(role, kind, &(struct matter_about){ 0 }));
			for (int level = 0; level <= 2; level++) {
				for (enum openness open = OPEN; open < OPENNESSES; open++)
					buf_format(buf, "%c%d", open == OPEN ? ' ' : ',',
						matter_level(role, kind,
							&(struct matter_about){ true, level, false, open }));
			}
			buf_format(buf, " %d %s\n",
				matter_level(role, kind, &(struct matter_about){ true, 0, true, OPEN }),
				matter_may_write(role, kind) ? "writes" : "reads");
		}
	}
}

TEST(of_what_is_no_child_nobody_sees_more_of_a_child_than_they_see_of_the_child)
{
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (int k = 0; k < SUBJECT_KINDS; k++) {
			enum subject_kind kind = (enum subject_kind)k;
			for (int level = 0; level <= 2; level++) {
				for (enum openness open = OPEN; open < OPENNESSES; open++) {
					struct matter_about child = { true, level, false, open };
					int seen = matter_level(role, kind, &child);
					check_true(seen <= level || seen == 1);
					/* Who counts is told of no child who must not be known of. */
					check_true(seen <= level || open == OPEN || open == RESTRICTED);
					child.barred = true;
					check_int(matter_level(role, kind, &child), 0);
				}
			}
			check_true(matter_may_write(role, kind) <=
				(matter_sight(role, kind) == MATTER_OF_CHILD ||
					matter_sight(role, kind) == MATTER_ALL));
			if (role == ROLE_LADO || role == ROLE_SOCIAL_WORKER || role == ROLE_DUTY ||
				kind == SUBJECT_CHILD || kind == SUBJECT_ALLEGATION)
				check_int(matter_sight(role, kind), MATTER_NOTHING);
		}
		check_int(policy_role_may(role, MAY_SEE_MATTERS), matter_role_sees(role));
	}
}

TEST(the_whole_policy_is_what_the_golden_file_says)
{
	struct buf now = { 0 }, golden = { 0 };
	matrix(&now);
	matters(&now);
	char path[512];
	snprintf(path, sizeof path, "%s/tests/golden/policy.txt", getenv("DULY_ROOT"));
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	int c;
	while ((c = getc(file)) != EOF)
		buf_char(&golden, (char)c);
	fclose(file);
	if (!str_equal(buf_view(&now), buf_view(&golden)))
		print_error("the policy has changed. Write the golden file anew, then read the difference:\n"
			    "build/tests/test-policy-policy --print >%s\n", path);
	check_true(str_equal(buf_view(&now), buf_view(&golden)));
	buf_close(&now);
	buf_close(&golden);
}

TEST(nobody_sees_a_child_with_whom_they_have_nothing_to_do)
{
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		if (role == ROLE_SYSTEM)
			continue;
		for (enum openness open = OPEN; open < OPENNESSES; open++) {
			check_int(policy_level(role, RELATION_NONE, open), 0);
			check_false(policy_may(role, MAY_SEE_CHILD, RELATION_NONE, open));
			check_false(policy_may(role, MAY_SAVE_RECORD, RELATION_NONE, open));
		}
	}
}

TEST(who_is_barred_from_a_record_is_shown_nothing_and_does_nothing_whatever_their_role)
{
	static const enum permission of_child[] = { MAY_SEE_CHILD, MAY_SEE_NAME, MAY_SAVE_RECORD,
		MAY_DRAFT, MAY_BOOK, MAY_ALLOCATE, MAY_RESTRICT, MAY_SEE_LOOKS,
		MAY_REVIEW_OPENINGS, MAY_OPEN_RESTRICTED };
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (enum openness open = OPEN; open < OPENNESSES && role != ROLE_SYSTEM; open++) {
			check_int(policy_level(role, RELATION_BARRED, open), 0);
			for (size_t i = 0; i < sizeof of_child / sizeof *of_child; i++)
				check_false(policy_may(role, of_child[i], RELATION_BARRED, open));
		}
	}
}

TEST(a_hidden_child_is_there_for_its_own_workers_and_as_a_row_for_the_head_of_service)
{
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (enum relation relation = RELATION_NONE; relation < RELATIONS; relation++) {
			int level = policy_level(role, relation, HIDDEN);
			if (role == ROLE_SYSTEM)
				check_int(level, 2);
			else if (role == ROLE_HEAD && relation != RELATION_OWN &&
				relation != RELATION_OPENED)
				check_true(level <= 1);
			else if (role != ROLE_HEAD && relation != RELATION_OWN)
				check_int(level, 0);
		}
	}
	check_int(policy_level(ROLE_REVIEWING_OFFICER, RELATION_OWN, HIDDEN), 2);
	check_int(policy_level(ROLE_HEAD, RELATION_AUTHORITY, HIDDEN), 1);
	check_int(policy_level(ROLE_DUTY, RELATION_FOUND, HIDDEN), 0);
}

TEST(some_roles_see_no_child_at_all_and_business_support_decides_nothing)
{
	static const enum role blind[] = { ROLE_ADMINISTRATOR, ROLE_LADO, ROLE_SCRUTINEER };
	for (size_t i = 0; i < sizeof blind / sizeof *blind; i++) {
		check_true(policy_role_may(blind[i], MAY_SIGN_IN));
		check_false(policy_role_may(blind[i], MAY_SEE_CHILD));
		check_false(policy_role_may(blind[i], MAY_LIST_CASELOAD));
		check_false(policy_role_may(blind[i], MAY_SEARCH));
		check_false(policy_role_may(blind[i], MAY_DUTY_SEARCH));
	}
	check_true(policy_role_may(ROLE_SCRUTINEER, MAY_SEE_SERVICE));
	check_true(policy_may(ROLE_BUSINESS_SUPPORT, MAY_BOOK, RELATION_AUTHORITY, OPEN));
	for (enum relation relation = RELATION_NONE; relation < RELATIONS; relation++) {
		check_false(policy_may(ROLE_BUSINESS_SUPPORT, MAY_SAVE_RECORD, relation, OPEN));
		check_false(policy_may(ROLE_BUSINESS_SUPPORT, MAY_ALLOCATE, relation, OPEN));
		check_false(policy_may(ROLE_SOCIAL_WORKER, MAY_SAVE_RECORD, relation, OPEN));
		check_false(policy_may(ROLE_MINUTE_TAKER, MAY_SAVE_RECORD, relation, OPEN));
	}
	check_true(policy_may(ROLE_MINUTE_TAKER, MAY_DRAFT, RELATION_INVITED, OPEN));
}

TEST(who_is_invited_sees_the_meeting_and_only_who_chairs_meetings_the_record)
{
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		bool comes = policy_role_may(role, MAY_ATTEND) && role != ROLE_SYSTEM;
		check_int(policy_may(role, MAY_ATTEND, RELATION_INVITED, OPEN), comes);
		check_int(policy_may(role, MAY_ATTEND, RELATION_INVITED, RESTRICTED), comes);
		check_true(role == ROLE_SYSTEM ||
			!policy_may(role, MAY_ATTEND, RELATION_INVITED, UNCLEARED));
		check_true(role == ROLE_SYSTEM ||
			!policy_may(role, MAY_ATTEND, RELATION_INVITED, HIDDEN) || role == ROLE_HEAD);
		check_false(policy_may(role, MAY_ATTEND, RELATION_BARRED, OPEN));
		check_false(policy_may(role, MAY_ATTEND, RELATION_NONE, OPEN) && role != ROLE_SYSTEM);
	}
	static const enum role guests[] = { ROLE_MINUTE_TAKER, ROLE_SOCIAL_WORKER,
		ROLE_BUSINESS_SUPPORT };
	for (size_t i = 0; i < sizeof guests / sizeof *guests; i++) {
		check_true(policy_may(guests[i], MAY_ATTEND, RELATION_INVITED, OPEN));
		check_false(policy_may(guests[i], MAY_SEE_CHILD, RELATION_INVITED, OPEN));
	}
	check_true(policy_may(ROLE_CHAIR, MAY_SEE_NAME, RELATION_INVITED, OPEN));
	check_false(policy_may(ROLE_CHAIR, MAY_SEE_NAME, RELATION_INVITED, RESTRICTED));
	check_false(policy_may(ROLE_AUDITOR, MAY_ATTEND, RELATION_INVITED, OPEN));
	check_false(policy_may(ROLE_SOCIAL_WORKER, MAY_SAVE_RECORD, RELATION_INVITED, OPEN));
}

TEST(a_restricted_record_is_opened_by_who_sees_its_row_and_may_break_the_glass)
{
	check_true(policy_may(ROLE_MANAGER, MAY_OPEN_RESTRICTED, RELATION_AUTHORITY, RESTRICTED));
	check_true(policy_may(ROLE_DUTY, MAY_OPEN_RESTRICTED, RELATION_FOUND, RESTRICTED));
	check_true(policy_may(ROLE_DUTY, MAY_OPEN_RESTRICTED, RELATION_FOUND, OPEN));
	check_false(policy_may(ROLE_DUTY, MAY_OPEN_RESTRICTED, RELATION_AUTHORITY, RESTRICTED));
	check_false(policy_may(ROLE_AUDITOR, MAY_OPEN_RESTRICTED, RELATION_AUTHORITY, RESTRICTED));
	check_int(policy_level(ROLE_DUTY, RELATION_OPENED, RESTRICTED), 2);
	check_int(policy_level(ROLE_DUTY, RELATION_OPENED, UNCLEARED), 0);
}

TEST(the_numbers_that_the_ledger_keeps_stay_what_they_were)
{
	check_int(ROLE_REVIEWING_OFFICER, 1);
	check_int(ROLE_SYSTEM, 8);
	check_int(ROLE_DUTY, 15);
	check_int(RELATION_AUTHORITY, 3);
	check_int(RELATION_BARRED, 6);
	check_int(UNCLEARED, 2);
	check_false(role_is_person(ROLE_NONE));
	check_false(role_is_person(ROLE_SYSTEM));
	check_true(role_is_person(ROLE_DUTY));
}

TEST(an_uncleared_import_is_for_the_custodian_alone)
{
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (enum relation relation = RELATION_OWN; relation < RELATIONS; relation++) {
			int level = policy_level(role, relation, UNCLEARED);
			check_true(level == 0 || role == ROLE_CUSTODIAN || role == ROLE_SYSTEM);
		}
	}
	check_int(policy_level(ROLE_CUSTODIAN, RELATION_AUTHORITY, UNCLEARED), 2);
}

TEST(a_restricted_child_is_listed_without_a_name_but_to_those_named_on_it)
{
	check_int(policy_level(ROLE_MANAGER, RELATION_AUTHORITY, RESTRICTED), 1);
	check_int(policy_level(ROLE_LEAD_PRACTITIONER, RELATION_TEAM, RESTRICTED), 1);
	check_int(policy_level(ROLE_REVIEWING_OFFICER, RELATION_OWN, RESTRICTED), 2);
	check_false(policy_may(ROLE_MANAGER, MAY_SEE_NAME, RELATION_AUTHORITY, RESTRICTED));
}

TEST(a_role_is_found_by_its_text_and_no_other_is)
{
	enum role role;
	for (enum role r = ROLE_REVIEWING_OFFICER; r < ROLES; r++) {
		check_true(role_find(role_text(r), &role));
		check_int(role, r);
		check_true(role_words(r).n > 0);
	}
	check_false(role_find(S("none"), &role));
	check_false(role_find(S("Manager"), &role));
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--print") == 0) {
		struct buf now = { 0 };
		matrix(&now);
		matters(&now);
		fwrite(now.p, 1, now.n, stdout);
		buf_close(&now);
		return 0;
	}
	const struct CMUnitTest tests[] = {
		CLAIM(of_what_is_no_child_nobody_sees_more_of_a_child_than_they_see_of_the_child),
		CLAIM(the_whole_policy_is_what_the_golden_file_says),
		CLAIM(nobody_sees_a_child_with_whom_they_have_nothing_to_do),
		CLAIM(who_is_barred_from_a_record_is_shown_nothing_and_does_nothing_whatever_their_role),
		CLAIM(a_hidden_child_is_there_for_its_own_workers_and_as_a_row_for_the_head_of_service),
		CLAIM(some_roles_see_no_child_at_all_and_business_support_decides_nothing),
		CLAIM(a_restricted_record_is_opened_by_who_sees_its_row_and_may_break_the_glass),
		CLAIM(the_numbers_that_the_ledger_keeps_stay_what_they_were),
		CLAIM(an_uncleared_import_is_for_the_custodian_alone),
		CLAIM(a_restricted_child_is_listed_without_a_name_but_to_those_named_on_it),
		CLAIM(a_role_is_found_by_its_text_and_no_other_is),
		CLAIM(who_is_invited_sees_the_meeting_and_only_who_chairs_meetings_the_record),
	};
	return cmocka_run_group_tests_name("policy policy", tests, NULL, NULL);
}
