/* manage_roles.c - what each role may see and do, as the policy says it: read off, never written. */
#include "html/show_list.h"
#include "web/manage.h"

static const struct {
	enum permission permission;
	str words;
} acts[] = {
	{ MAY_LIST_CASELOAD, S_INIT("Has a caseload") },
	{ MAY_IMPORT, S_INIT("Imports files") },
	{ MAY_MANAGE_USERS, S_INIT("Manages users") },
	{ MAY_VERIFY, S_INIT("Verifies the ledger") },
};
enum { ACTS = sizeof acts / sizeof *acts };

static str sight_words(enum role role, enum relation relation, enum openness openness)
{
	switch (policy_level(role, relation, openness)) {
	case 0:
		return S("Nothing");
	case 1:
		return S("The row, without a name");
	default:
		return S("All");
	}
}

static void cell(struct buf *b, str words)
{
	H(b, "<td class=\"govuk-table__cell\">");
	text(b, words);
	H(b, "</td>");
}

static void head(struct buf *b, str words)
{
	H(b, "<th scope=\"col\" class=\"govuk-table__header\">");
	text(b, words);
	H(b, "</th>");
}

static void open_table(struct buf *b, str caption)
{
	show_wide_open(b, caption);
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-table__caption--m\">");
	text(b, caption);
	H(b, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
}

static void open_row(struct buf *b, enum role role)
{
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, role_words(role));
	H(b, "</th>");
}

static void sees(struct buf *b)
{
	open_table(b, S("What each role sees of a child"));
	head(b, S("Role"));
	head(b, S("Their own children"));
	head(b, S("Their team’s"));
	head(b, S("The authority’s"));
	head(b, S("Restricted, of the authority"));
	H(b, "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
	for (enum role role = ROLE_NONE + 1; role < ROLES; role++) {
		if (role == ROLE_SYSTEM)
			continue;
		open_row(b, role);
		cell(b, sight_words(role, RELATION_OWN, OPEN));
		cell(b, sight_words(role, RELATION_TEAM, OPEN));
		cell(b, sight_words(role, RELATION_AUTHORITY, OPEN));
		cell(b, sight_words(role, RELATION_AUTHORITY, RESTRICTED));
		H(b, "</tr>\n");
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static bool does(enum role role, enum permission permission)
{
	return policy_may(role, permission, RELATION_AUTHORITY, OPEN) ||
		policy_may(role, permission, RELATION_OWN, OPEN);
}

static void acts_table(struct buf *b)
{
	open_table(b, S("What each role may do"));
	head(b, S("Role"));
	for (size_t i = 0; i < ACTS; i++)
		head(b, acts[i].words);
	H(b, "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
	for (enum role role = ROLE_NONE + 1; role < ROLES; role++) {
		if (role == ROLE_SYSTEM)
			continue;
		open_row(b, role);
		for (size_t i = 0; i < ACTS; i++)
			cell(b, does(role, acts[i].permission) ? S("Yes") : S("No"));
		H(b, "</tr>\n");
	}
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

void manage_roles_show(struct page *page)
{
	manage_open(page, S("/manage/roles"), S("Roles"), NULL);
	H(page->out, "<p class=\"govuk-body\">Roles are part of Duly, so that a slip of the hand "
		     "opens no record: what a person may do is changed by giving them another role.</p>\n");
	sees(page->out);
	acts_table(page->out);
	manage_close(page);
}
