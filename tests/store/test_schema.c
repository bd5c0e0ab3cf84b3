#include "place.h"

#include "store/inside.h"

/* The text of the record tables as the field tables are now, for a first schema or a migration. */
static void print_record_tables(void)
{
	struct buf text = { 0 };
	schema_record_tables(&text);
	fwrite(text.p, 1, text.n, stdout);
	buf_close(&text);
}

TEST(every_migration_applies_to_an_empty_database)
{
	struct place *place = place_open();
	int number;
	OK(schema_check(place->store, &number, ERR));
	check_int(number, schema_latest());
	place_close(place);
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--record-tables") == 0) {
		print_record_tables();
		return 0;
	}
	const struct CMUnitTest tests[] = {
		CLAIM(every_migration_applies_to_an_empty_database),
	};
	return cmocka_run_group_tests_name("store schema", tests, NULL, NULL);
}
