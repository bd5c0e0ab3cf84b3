/* Ofsted's list, CSV or workbook: refused in words, or homes that have a number; written out as a CSV, the same
 * homes are read again. */
#include "fuzz.h"
#include "job/check_files.h"
#include "returns/ssda903/check/provider_list.h"

static void read_again(struct arena *arena, const struct providers *list)
{
	struct buf text = { 0 };
	struct providers again;
	struct err err;
	provider_list_write(list, &text);
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
