#include "returns/ssd/rows.h"

#include "returns/heading.h"

const struct ssd_field_row ssd_fields[SSD_FIELDS] = {
#define SSD_TABLE(id, name, others)
#define SSD_FIELD(table, name, use, others) [SSD_##name] = { #name, others, SSD_##use },
#define SSD_PASSED(name)
#include "returns/ssd/tables.def"
};

/* The first field of each; one more for the end of the last. */
static const enum ssd_field firsts[SSD_TABLES + 1] = {
#define SSD_TABLE(id, name, others) [SSD_##id] = SSD_FIRST_##id,
#define SSD_FIELD(table, name, use, others)
#define SSD_PASSED(name)
#include "returns/ssd/tables.def"
	[SSD_TABLES] = SSD_FIELDS
};

const struct ssd_table_row ssd_tables[SSD_TABLES] = {
#define SSD_TABLE(id, name, others) [SSD_##id] = { name, others },
#define SSD_FIELD(table, name, use, others)
#define SSD_PASSED(name)
#include "returns/ssd/tables.def"
};

static const char *const passed[] = {
#define SSD_TABLE(id, name, others)
#define SSD_FIELD(table, name, use, others)
#define SSD_PASSED(name) name,
#include "returns/ssd/tables.def"
};

enum ssd_field ssd_first(enum ssd_table table)
{
	return firsts[table];
}

size_t ssd_count(enum ssd_table table)
{
	return (size_t)(firsts[table + 1] - firsts[table]);
}

/* "out/SSD_CLA_Episodes_20260331.csv" as "ssd_cla_episodes": folder, ending, day and a part's number
 * are not of the name. */
static str plain_name(str name)
{
	for (size_t i = name.n; i > 0; i--) {
		if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
			name = str_from(name, i);
			break;
		}
	}
	size_t dot = name.n;
	while (dot > 0 && name.p[dot - 1] != '.')
		dot--;
	if (dot > 1 && name.n - dot <= 4)
		name = str_upto(name, dot - 1);
	while (name.n > 1 && ((name.p[name.n - 1] >= '0' && name.p[name.n - 1] <= '9') ||
				     name.p[name.n - 1] == '_' || name.p[name.n - 1] == '-' ||
				     name.p[name.n - 1] == ' '))
		name.n--;
	return name;
}

/* With "ssd" before it and "s" behind it, or without. */
static str bare(struct arena *arena, str name)
{
	str key = heading_key(arena, name);
	if (str_starts(key, S("ssd")))
		key = str_from(key, 3);
	return str_ends(key, S("s")) ? str_upto(key, key.n - 1) : key;
}

static bool is_called(struct arena *arena, str given, const char *name, const char *others)
{
	str rest = str_of(others), other, key = bare(arena, given);
	if (str_equal(key, bare(arena, str_of(name))))
		return true;
	while (str_split(&rest, '|', &other)) {
		if (other.n > 0 && str_equal(key, bare(arena, other)))
			return true;
	}
	return false;
}

enum ssd_table ssd_table_find(
	struct arena *arena, str name, const struct mapping *mapping, bool *known)
{
	*known = true;
	/* What the 47 are called (s47_enquiry) ends in no number, but a file may be ssd_s47.csv. */
	str plain = plain_name(name);
	for (int t = 0; t < SSD_TABLES; t++) {
		const struct mapping_row *said =
			mapping_find(mapping, str_of(ssd_tables[t].name), (str){ 0 });
		if (said != NULL && said->heading.n > 0 &&
			(str_equal_nocase(said->heading, name) ||
				str_equal_nocase(plain_name(said->heading), plain)))
			return (enum ssd_table)t;
	}
	for (int t = 0; t < SSD_TABLES; t++) {
		if (is_called(arena, plain, ssd_tables[t].name, ssd_tables[t].others))
			return (enum ssd_table)t;
	}
	for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
		if (is_called(arena, plain, passed[i], ""))
			return SSD_TABLES;
	}
	*known = false;
	return SSD_TABLES;
}
