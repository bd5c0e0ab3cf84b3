/* What Annex A asks, and the finding of columns and codes by what councils write. */
#include "returns/annex_a/lists.h"

#include "returns/annex_a/codes.h"

#define CODES_TEXT(codes) NULL
#define CODES_DATE(codes) NULL
#define CODES_NUMBER(codes) NULL
#define CODES_CODE(codes) &annex_codes_##codes
#define CODES_YES_NO(codes) &annex_codes_##codes

const struct annex_column annex_columns[ANNEX_FIELDS] = {
#define FIELD(field, kind, codes, heading, variants)                                               \
	[ANNEX_##field] = { S_INIT(#field), S_INIT(heading), S_INIT(variants), ANNEX_##kind,        \
		CODES_##kind(codes) },
#include "returns/annex_a/lists.def"
};

#define LIST(name, number, title, months, rows) static const enum annex_field fields_##name[] = {
#define HAS(name, field) ANNEX_##field,
#define END(name) };
#include "returns/annex_a/lists.def"

const struct annex_sheet annex_sheets[ANNEX_LISTS] = {
#define LIST(name, number, title, months, rows)                                                    \
	[ANNEX_##name] = { number, S_INIT("List " #number), S_INIT(title), months, S_INIT(rows),   \
		fields_##name, sizeof fields_##name / sizeof *fields_##name },
#include "returns/annex_a/lists.def"
};

/* The next letter or digit of a text, small; bytes of other scripts as they are. 0: none. */
static unsigned char next_sign(str *text)
{
	while (text->n > 0) {
		unsigned char c = (unsigned char)*text->p;
		*text = str_from(*text, 1);
		if (c >= 'A' && c <= 'Z')
			return (unsigned char)(c + ('a' - 'A'));
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			return c;
	}
	return 0;
}

/* The same letters and digits in the same order: case, spaces, quotes and brackets do not count. */
static bool same_signs(str a, str b)
{
	unsigned char c;
	do {
		c = next_sign(&a);
		if (c != next_sign(&b))
			return false;
	} while (c != 0);
	return true;
}

static bool is_named(const struct annex_column *column, str heading)
{
	if (same_signs(column->heading, heading))
		return true;
	str rest = column->variants, variant;
	while (rest.n > 0 && str_split(&rest, '|', &variant)) {
		if (same_signs(variant, heading))
			return true;
	}
	return false;
}

enum annex_field annex_field_find(enum annex_list list, str heading)
{
	const struct annex_sheet *sheet = &annex_sheets[list];
	str any = heading;
	if (next_sign(&any) == 0)
		return ANNEX_FIELDS;
	/* As it is printed, before what another column may be called too. */
	for (size_t i = 0; i < sheet->n; i++) {
		if (same_signs(annex_columns[sheet->field[i]].heading, heading))
			return sheet->field[i];
	}
	for (size_t i = 0; i < sheet->n; i++) {
		if (is_named(&annex_columns[sheet->field[i]], heading))
			return sheet->field[i];
	}
	return ANNEX_FIELDS;
}

enum annex_field annex_field_of_key(str key)
{
	for (enum annex_field field = 0; field < ANNEX_FIELDS; field++) {
		if (str_equal_nocase(annex_columns[field].key, key))
			return field;
	}
	return ANNEX_FIELDS;
}

/* "List 10 - Adoption": 10; 0: no number. */
static int number_in(str name)
{
	int number = 0;
	bool seen = false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (c >= '0' && c <= '9' && number < 100) {
			number = number * 10 + (c - '0');
			seen = true;
		} else if (seen) {
			break;
		}
	}
	return number;
}

enum annex_list annex_list_find(str sheet)
{
	int number = number_in(sheet);
	for (enum annex_list list = 0; list < ANNEX_LISTS; list++) {
		if (annex_sheets[list].number == number)
			return list;
	}
	for (enum annex_list list = 0; number == 0 && list < ANNEX_LISTS; list++) {
		if (same_signs(annex_sheets[list].title, sheet))
			return list;
	}
	return ANNEX_LISTS;
}

/* ---- codes */

/* "q) 6: Police": takes "q)" off; empty where there is none. */
static str take_letter(str *text)
{
	size_t end = str_find(*text, ')');
	if (end == 0 || end > 2 || end == text->n)
		return (str){ 0 };
	for (size_t i = 0; i < end; i++) {
		unsigned char c = (unsigned char)text->p[i] | 0x20;
		if ((c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9'))
			return (str){ 0 };
	}
	str letter = str_upto(*text, end);
	*text = str_trim(str_from(*text, end + 1));
	return letter;
}

/* "N1 - Abuse": "N1". */
static str first_word(str text)
{
	size_t n = 0;
	while (n < text.n && text.p[n] != ' ' && text.p[n] != ':' && text.p[n] != '-' && text.p[n] != '.')
		n++;
	return str_upto(text, n);
}

/* What is said beside letter and code: "Police". */
static str words_of(const struct annex_code *code)
{
	str text = code->shown;
	take_letter(&text);
	if (code->code.n > 0 && str_equal_nocase(first_word(text), code->code))
		text = str_from(text, code->code.n);
	return text;
}

typedef bool (*code_test)(const struct annex_codes *codes, const struct annex_code *code, str cell);

static bool is_shown(const struct annex_codes *codes, const struct annex_code *code, str cell)
{
	(void)codes;
	return same_signs(code->shown, cell);
}

static bool is_code(const struct annex_codes *codes, const struct annex_code *code, str cell)
{
	(void)codes;
	take_letter(&cell);
	return code->code.n > 0 && str_equal_nocase(first_word(cell), code->code);
}

static bool is_meant(const struct annex_codes *codes, const struct annex_code *code, str cell)
{
	str meaning = codes->national == NULL ? (str){ 0 } : code_meaning(codes->national, code->code);
	take_letter(&cell);
	return cell.n > 0 && (same_signs(words_of(code), cell) || same_signs(meaning, cell));
}

static bool is_letter(const struct annex_codes *codes, const struct annex_code *code, str cell)
{
	(void)codes;
	str shown = code->shown, here = take_letter(&cell), there = take_letter(&shown);
	return here.n > 0 && str_equal_nocase(here, there);
}

/* "Y", "1", "true". */
static bool is_short(const struct annex_codes *codes, const struct annex_code *code, str cell)
{
	static const str yes[] = { S_INIT("y"), S_INIT("1"), S_INIT("true") };
	static const str no[] = { S_INIT("n"), S_INIT("0"), S_INIT("false") };
	(void)codes;
	bool is_yes = str_equal(code->code, S("yes"));
	for (size_t i = 0; (is_yes || str_equal(code->code, S("no"))) && i < 3; i++) {
		if (str_equal_nocase(is_yes ? yes[i] : no[i], cell))
			return true;
	}
	return false;
}

const struct annex_code *annex_code_find(const struct annex_codes *codes, str cell)
{
	static const code_test tests[] = { is_shown, is_code, is_meant, is_short, is_letter };
	cell = str_trim(cell);
	for (size_t t = 0; cell.n > 0 && t < sizeof tests / sizeof *tests; t++) {
		const struct annex_code *found = NULL;
		size_t n = 0;
		for (size_t i = 0; i < codes->n; i++) {
			if (!tests[t](codes, &codes->item[i], cell))
				continue;
			found = &codes->item[i];
			n++;
		}
		/* Two that fit ("Individual") are none. */
		if (n == 1)
			return found;
	}
	return NULL;
}

const struct annex_code *annex_code_of(const struct annex_codes *codes, str code)
{
	for (size_t i = 0; i < codes->n && code.n > 0; i++) {
		if (str_equal(codes->item[i].code, code))
			return &codes->item[i];
	}
	return NULL;
}
