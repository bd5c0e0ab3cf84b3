/* Annex A's table of lists, columns and codes. */
#include "../check.h"

#include "returns/annex_a/lists.h"

TEST(there_are_eleven_lists_and_each_knows_its_columns)
{
	check_int(ANNEX_LISTS, 11);
	size_t widest = 0;
	for (enum annex_list list = 0; list < ANNEX_LISTS; list++) {
		const struct annex_sheet *sheet = &annex_sheets[list];
		check_int(sheet->number, (int)list + 1);
		widest = sheet->n > widest ? sheet->n : widest;
		for (size_t i = 0; i < sheet->n; i++) {
			const struct annex_column *column = &annex_columns[sheet->field[i]];
			bool coded = column->kind == ANNEX_CODE || column->kind == ANNEX_YES_NO;
			check_true(column->heading.n > 0);
			check_true((column->codes != NULL) == coded);
			check_int(annex_field_find(list, column->heading), sheet->field[i]);
		}
	}
	check_int(widest, ANNEX_WIDEST);
	check_int(annex_sheets[ANNEX_CONTACTS].n, 7);
	check_int(annex_sheets[ANNEX_LEAVERS].n, 17);
	check_int(annex_sheets[ANNEX_ADOPTERS].n, 19);
}

TEST(a_heading_is_found_whatever_its_case_spaces_and_signs)
{
	check_int(annex_field_find(ANNEX_CONTACTS, S("child unique id")), ANNEX_CHILD);
	check_int(annex_field_find(ANNEX_CONTACTS, S(" Age ")), ANNEX_AGE);
	check_int(annex_field_find(ANNEX_REFERRALS_MADE, S("Date of referral")), ANNEX_REFERRED);
	check_int(annex_field_find(ANNEX_LOOKED_AFTER,
			  S("Number of Episodes the Child has been \xe2\x80\x98Missing\xe2\x80\x99 from "
			    "their Placement in the last 12 months")),
		ANNEX_MISSINGS);
	check_int(annex_field_find(ANNEX_LOOKED_AFTER,
			  S("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))")),
		ANNEX_ASYLUM);
	check_int(annex_field_find(ANNEX_LEAVERS, S("UASC")), ANNEX_ASYLUM_EVER);
	check_int(annex_field_find(ANNEX_ADOPTION, S("Date of Adoption Order ")), ANNEX_ADOPTED);
	check_int(annex_field_find(ANNEX_ADOPTERS, S("Disability")), ANNEX_ADOPTER_DISABILITY);
	check_int(annex_field_find(ANNEX_CONTACTS, S("Date of Referral")), ANNEX_FIELDS);
	check_int(annex_field_find(ANNEX_CONTACTS, S(" - ")), ANNEX_FIELDS);
	check_int(annex_field_of_key(S("referral_source")), ANNEX_REFERRAL_SOURCE);
}

TEST(a_sheet_is_known_by_its_number_or_its_words)
{
	check_int(annex_list_find(S("List 3")), ANNEX_REFERRALS_MADE);
	check_int(annex_list_find(S("List 10 - Adoption")), ANNEX_ADOPTION);
	check_int(annex_list_find(S("1")), ANNEX_CONTACTS);
	check_int(annex_list_find(S("referrals")), ANNEX_REFERRALS_MADE);
	check_int(annex_list_find(S("List 12")), ANNEX_LISTS);
	check_int(annex_list_find(S("Notes")), ANNEX_LISTS);
}

static str coded(enum annex_field field, str cell)
{
	const struct annex_code *code = annex_code_find(annex_columns[field].codes, cell);
	return code == NULL ? S("-") : code->code;
}

TEST(a_cell_is_read_as_printed_as_its_letter_its_code_or_its_words)
{
	check_str(coded(ANNEX_GENDER, S("b) Female")), "F");
	check_str(coded(ANNEX_GENDER, S("Female")), "F");
	check_str(coded(ANNEX_GENDER, S("M")), "M");
	check_str(coded(ANNEX_ETHNICITY, S("a) WBRI")), "WBRI");
	check_str(coded(ANNEX_ETHNICITY, S("White British")), "WBRI");
	check_str(coded(ANNEX_ETHNICITY, S("s) NOBT")), "NOBT");
	check_str(coded(ANNEX_ETHNICITY, S("s)")), "REFU");
	check_str(coded(ANNEX_CONTACT_SOURCE, S("q) 6: Police")), "6");
	check_str(coded(ANNEX_CONTACT_SOURCE, S("3D: Health services")), "3D");
	check_str(coded(ANNEX_CONTACT_SOURCE, S("Police")), "6");
	check_str(coded(ANNEX_CONTACT_SOURCE, S("Individual")), "-");
	check_str(coded(ANNEX_NFA, S("No")), "no");
	check_str(coded(ANNEX_NFA, S("Y")), "yes");
	check_str(coded(ANNEX_SEEN_ALONE, S("c) Unknown")), "unknown");
	check_str(coded(ANNEX_NEED, S("N1 - Abuse or Neglect")), "N1");
	check_str(coded(ANNEX_CATEGORY, S("Physical abuse")), "PHY");
	check_str(coded(ANNEX_LEGAL, S("C2")), "C2");
	check_str(coded(ANNEX_PLACEMENT, S("zz) T4: Temporary placement - seven days or less")), "T4");
	check_str(coded(ANNEX_CARE_END, S("E4A")), "E4A");
	check_str(coded(ANNEX_NEED, S("PSRMEM - Support with memory and cognition")), "-");
	check_str(coded(ANNEX_NEED, S("")), "-");
	check_str(annex_code_of(annex_columns[ANNEX_LEGAL].codes, S("E1"))->shown, "E1: Placement order");
}

/* Each code is read back from what the lists show for it. */
TEST(what_is_shown_is_read_back_as_its_code)
{
	for (enum annex_field field = 0; field < ANNEX_FIELDS; field++) {
		const struct annex_codes *codes = annex_columns[field].codes;
		for (size_t i = 0; codes != NULL && i < codes->n; i++)
			check_true(annex_code_find(codes, codes->item[i].shown) == &codes->item[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(there_are_eleven_lists_and_each_knows_its_columns),
		CLAIM(a_heading_is_found_whatever_its_case_spaces_and_signs),
		CLAIM(a_sheet_is_known_by_its_number_or_its_words),
		CLAIM(a_cell_is_read_as_printed_as_its_letter_its_code_or_its_words),
		CLAIM(what_is_shown_is_read_back_as_its_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
