/* The index of postcodes: of a list, refused or an index that opens and holds what was in it; of any bytes,
 * refused or searched without harm; of an index with one byte changed, noticed. The first byte chooses. */
#include "base/mem.h"
#include "fuzz.h"
#include "returns/ssda903/check/postcodes.h"

enum { LIST, INDEX, CHANGED, KINDS };

/* Whatever stands before a comma on a line. */
static void find_all(const struct postcode_index *index, str text)
{
	str line, postcode;
	while (str_split(&text, '\n', &line)) {
		struct place_of place = { 0 };
		str_split(&line, ',', &postcode);
		if (postcodes_find(index, postcode, &place))
			must(place.known && place.district[9] == '\0' && place.upper[9] == '\0');
	}
}

static void change(struct buf *index, str *input)
{
	size_t at = 0;
	for (int i = 0; i < 3; i++)
		at = at << 8 | fuzz_choice(input);
	index->p[at % index->n] ^= 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str input = { (const char *)bytes, n };
	int kind = fuzz_choice(&input) % KINDS;
	struct arena *arena = arena_open(1 << 26);
	struct buf built = { 0 };
	struct postcode_index index;
	struct err err = { 0 };
	str list = kind == CHANGED ? str_from(input, 3) : input;
	size_t postcodes = 0;
	if (kind == INDEX) {
		if (postcodes_open(arena, input, &index, &err))
			find_all(&index, S("B1 1BJ\nA0 0AA\nZZ99 9ZZ\nCF10 1EP"));
		else
			must(err.text[0] != '\0');
	} else if (postcodes_build(list, &built, &postcodes, &err)) {
		if (kind == CHANGED)
			change(&built, &input);
		bool opened = postcodes_open(arena, buf_view(&built), &index, &err);
		must(postcodes > 0 && (opened || kind == CHANGED));
		if (opened)
			find_all(&index, list);
		must(!opened || kind == CHANGED || !*index.damaged);
	} else {
		must(err.text[0] != '\0');
	}
	buf_close(&built);
	arena_close(arena);
	return 0;
}
