/* Ofsted's list, CSV or workbook: refused in words, or homes that have a number; written out as a CSV, the same
 * homes are read again. */
#include "base/csv.h"
#include "fuzz.h"
#include "job/check_files.h"

static void write_list(const struct providers *list, struct buf *out)
{
	struct csv_out csv = { .buf = out };
	buf_lit(out, "sep=,\nURN,Local Authority,Placement Code,Placement Provider Code,Deregistration Date,Postcode\n");
	for (size_t i = 0; i < list->n; i++) {
		const struct provider *one = &list->item[i];
		csv_put(&csv, one->urn);
		csv_put(&csv, one->authority);
		csv_put(&csv, one->codes);
		csv_put(&csv, one->provider);
		csv_put_day(&csv, one->closed);
		csv_put(&csv, one->postcode);
		csv_put_end(&csv);
	}
}

static void read_again(struct arena *arena, const struct providers *list)
{
	struct buf text = { 0 };
	struct providers again;
	struct err err;
	write_list(list, &text);
	if (check_providers_read(arena, buf_view(&text), &again, &err)) {
		must(again.n == list->n);
		for (size_t i = 0; i < list->n; i++) {
			must(again.item[i].closed == list->item[i].closed);
			must(str_equal(again.item[i].codes, list->item[i].codes));
			must(str_equal(again.item[i].urn, list->item[i].urn));
		}
	}
	buf_close(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open((size_t)1 << 28);
	struct providers list;
	struct err err = { 0 };
	if (check_providers_read(arena, (str){ (const char *)bytes, n }, &list, &err)) {
		for (size_t i = 0; i < list.n; i++) {
			must(list.item[i].urn.n > 0);
			must(list.item[i].closed == DAY_UNKNOWN ||
				(list.item[i].closed >= DAY_MIN && list.item[i].closed <= DAY_MAX));
		}
		read_again(arena, &list);
	} else {
		must(err.text[0] != '\0');
	}
	arena_close(arena);
	return 0;
}
