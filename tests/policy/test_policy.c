#include "../check.h"

#include "base/buf.h"
#include "policy/policy.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const permissions[PERMISSIONS] = { "sign-in", "list-caseload", "see-child",
	"see-name", "save-record", "import", "manage-users", "verify" };
static const char *const relations[] = { "none", "own", "team", "authority" };
static const char *const opennesses[] = { "open", "restricted", "uncleared" };

/* Every answer that the policy can give, one line for each role, relation and openness. */
static void matrix(struct buf *buf)
{
	buf_lit(buf, "role relation openness level permissions\n");
	for (enum role role = ROLE_NONE; role < ROLES; role++) {
		for (enum relation relation = RELATION_NONE; relation <= RELATION_AUTHORITY; relation++) {
			for (enum openness open = OPEN; open <= UNCLEARED; open++) {
				buf_format(buf, "%.*s %s %s %d", STR_ARGS(role_text(role)),
					relations[relation], opennesses[open],
					policy_level(role, relation, open));
				for (enum permission p = MAY_SIGN_IN; p < PERMISSIONS; p++) {
					if (policy_may(role, p, relation, open))
						buf_format(buf, " %s", permissions[p]);
				}
				buf_char(buf, '\n');
			}
		}
	}
}

TEST(the_whole_policy_is_what_the_golden_file_says)
{
	struct buf now = { 0 }, golden = { 0 };
	matrix(&now);
	char path[512];
	snprintf(path, sizeof path, "%s/tests/golden/policy.txt", getenv("DULY_ROOT"));
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	int c;
	while ((c = getc(file)) != EOF)
		buf_char(&golden, (char)c);
	fclose(file);
	if (!str_equal(buf_view(&now), buf_view(&golden)))
		print_error("the policy has changed: read the change, then write it to %s\n%.*s", path,
			STR_ARGS(buf_view(&now)));
	check_true(str_equal(buf_view(&now), buf_view(&golden)));
	buf_close(&now);
	buf_close(&golden);
}

TEST(nobody_sees_a_child_with_whom_they_have_nothing_to_do)
{
	for (enum role role = ROLE_NONE; role < ROLE_SYSTEM; role++) {
		for (enum openness open = OPEN; open <= UNCLEARED; open++) {
			check_int(policy_level(role, RELATION_NONE, open), 0);
			check_false(policy_may(role, MAY_SEE_CHILD, RELATION_NONE, open));
			check_false(policy_may(role, MAY_SAVE_RECORD, RELATION_NONE, open));
		}
	}
}

TEST(an_uncleared_import_is_for_the_custodian_alone)
{
	for (enum role role = ROLE_NONE; role < ROLE_SYSTEM; role++) {
		for (enum relation relation = RELATION_OWN; relation <= RELATION_AUTHORITY; relation++)
			check_int(policy_level(role, relation, UNCLEARED),
				role == ROLE_CUSTODIAN ? 2 : 0);
	}
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
		fwrite(now.p, 1, now.n, stdout);
		buf_close(&now);
		return 0;
	}
	const struct CMUnitTest tests[] = {
		CLAIM(the_whole_policy_is_what_the_golden_file_says),
		CLAIM(nobody_sees_a_child_with_whom_they_have_nothing_to_do),
		CLAIM(an_uncleared_import_is_for_the_custodian_alone),
		CLAIM(a_restricted_child_is_listed_without_a_name_but_to_those_named_on_it),
		CLAIM(a_role_is_found_by_its_text_and_no_other_is),
	};
	return cmocka_run_group_tests_name("policy policy", tests, NULL, NULL);
}
