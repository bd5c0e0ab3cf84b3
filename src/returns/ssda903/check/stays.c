#include "returns/ssda903/check/stays.h"
#include "returns/ssda903/check/authority.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

code place_authority(const struct place_of *place)
{
	switch (place->district[0]) {
	case 'W':
		return K("WAL");
	case 'S':
		return K("SCO");
	case 'N':
		return K("NIR");
	case 'L': /* the Channel Islands */
	case 'M': /* the Isle of Man */
		return K("NUK");
	case 'E':
		return code_of(authority_for_children(str_of(place->upper[0] == 'E' ? place->upper : place->district)));
	default:
		return 0;
	}
}

bool is_one_postcode(str a, str b)
{
	size_t i = 0, k = 0;
	for (;;) {
		while (i < a.n && a.p[i] == ' ')
			i++;
		while (k < b.n && b.p[k] == ' ')
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (!str_equal_nocase((str){ a.p + i++, 1 }, (str){ b.p + k++, 1 }))
			return false;
	}
}

/* The department's guide: by the grid references, in kilometres, of which 1.6093 are a mile. */
static int32_t distance(const struct place_of *home, const struct place_of *place)
{
	if (!home->known || !place->known || home->east < 0 || place->east < 0)
		return -1;
	double east = home->east - place->east, north = home->north - place->north;
	return (int32_t)lrint(sqrt(east * east + north * north) / 1000 / 1.6093 * 10);
}

static bool find_place(const struct check_asked *asked, str postcode, struct place_of *out)
{
	*out = (struct place_of){ 0 };
	return postcode.n > 0 && asked->postcodes->find(asked->postcodes->index, postcode, out);
}

static void find_where(const struct check_asked *asked, code own, const struct episodes_row *episode,
	struct stay *out)
{
	struct place_of home, place;
	out->home_found = find_place(asked, episode->home_post, &home);
	out->place_found = find_place(asked, episode->pl_post, &place);
	if (!out->place_found)
		return;
	out->authority = place_authority(&place);
	out->distance = distance(&home, &place);
	if (out->authority != 0)
		out->where = out->authority == own ? WHERE_IN : WHERE_OUT;
}

/* ---- by URN */

struct urn {
	code urn;
	const struct provider *provider;
	code authority;
};

static int compare_urn(const void *a, const void *b)
{
	const struct urn *x = a, *y = b;
	if (x->urn != y->urn)
		return x->urn < y->urn ? -1 : 1;
	return (x->provider > y->provider) - (x->provider < y->provider);
}

static struct urn *urns(struct arena *arena, const struct check_asked *asked)
{
	size_t n = asked->providers->n;
	struct urn *out = arena_take(arena, n + 1, sizeof *out);
	for (size_t i = 0; i < n; i++) {
		const struct provider *one = &asked->providers->item[i];
		struct place_of place;
		out[i] = (struct urn){ code_of(one->urn), one, 0 };
		if (asked->postcodes != NULL && find_place(asked, one->postcode, &place))
			out[i].authority = place_authority(&place);
	}
	if (n > 1)
		qsort(out, n, sizeof *out, compare_urn);
	return out;
}

static const struct urn *find_urn(const struct urn *urn, size_t n, code wanted)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (urn[middle].urn < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && urn[low].urn == wanted ? &urn[low] : NULL;
}

const struct stay *stays_find(struct arena *arena, const struct year_rows *year, const struct check_asked *asked)
{
	size_t n = year->table[TABLE_EPISODES].n;
	const struct episodes_row *episode = (const void *)year->table[TABLE_EPISODES].row;
	struct stay *out = arena_take(arena, n + 1, sizeof *out);
	code own = code_of(authority_for_children(asked->authority));
	const struct urn *urn = asked->providers != NULL ? urns(arena, asked) : NULL;
	for (size_t i = 0; i < n; i++) {
		out[i].distance = -1;
		if (asked->postcodes != NULL)
			find_where(asked, own, &episode[i], &out[i]);
		const struct urn *found =
			urn != NULL ? find_urn(urn, asked->providers->n, episode[i].urn) : NULL;
		if (found != NULL) {
			out[i].provider = found->provider;
			out[i].provider_authority = found->authority;
		}
	}
	return out;
}
