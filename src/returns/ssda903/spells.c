#include "returns/ssda903/story.h"

/* Where the telling stands: the spell that runs, and what was last said. */
struct telling {
	struct story *story;
	struct spell *care, *place; /* NULL: none runs */
	const struct row_episode *last;
	str legal;
};

static bool is(str code, const char *want)
{
	return str_equal(code, str_of(want));
}

static struct spell *add_spell(struct story *story, struct spell *list, size_t *n,
	const struct record_type *type, const struct row_episode *row)
{
	struct staged *item =
		staging_add(story->staging, story->child, type, row->at.file, row->at.line);
	item->from = row->decom;
	struct spell *spell = &list[(*n)++];
	*spell = (struct spell){ .at = staged_ref(story->child, item),
		.record = item->record,
		.index = (size_t)(item - story->child->item),
		.lo = row->decom,
		.hi = DAY_MAX };
	return spell;
}

static void end_spell(struct story *story, struct spell *spell, day ended)
{
	spell->hi = ended;
	story->child->item[spell->index].to = ended;
}

static void end_place(struct telling *telling, day ended, str change)
{
	if (telling->place == NULL)
		return;
	struct placement *placement = telling->place->record;
	placement->ended = ended;
	placement->change_reason = change;
	end_spell(telling->story, telling->place, ended);
	telling->place = NULL;
}

static void end_care(struct telling *telling, day ended, str reason)
{
	if (telling->care == NULL)
		return;
	struct care_period *care = telling->care->record;
	care->ended = ended;
	care->end_reason = reason;
	if (is(reason, "E9"))
		care->legal_end = telling->legal;
	end_spell(telling->story, telling->care, ended);
	telling->care = NULL;
}

/* J1 is a remand to either. A young offender institution is youth detention accommodation, and what is
 * neither that nor a secure children's home is not. */
static str remanded_to(const struct row_episode *row)
{
	if (!is(row->legal, "J1") || row->place.n == 0 || is(row->place, "K1"))
		return (str){ 0 };
	return is(row->place, "R5") ? S("detention") : S("accommodation");
}

static bool is_legal_told(const struct row_episode *row)
{
	return is(row->rne, "L") || is(row->rne, "U") || is(row->rne, "B");
}

static void add_legal(struct telling *telling, const struct row_episode *row)
{
	struct staged *item = staging_add(telling->story->staging, telling->story->child,
		&legal_status_type, row->at.file, row->at.line);
	struct legal_status *legal = item->record;
	legal->care = telling->care->at;
	legal->changed = row->decom;
	legal->code = row->legal;
	legal->remanded_to = remanded_to(row);
	telling->legal = row->legal;
}

static void change_legal(struct telling *telling, const struct row_episode *row)
{
	if (is_legal_told(row) && !str_equal(row->legal, telling->legal))
		add_legal(telling, row);
}

/* A first episode that did not start the period: the period began on a day no file tells. */
static void begin_care(struct telling *telling, const struct row_episode *row)
{
	struct story *story = telling->story;
	telling->care = add_spell(story, story->care, &story->care_n, &care_period_type, row);
	telling->care->began = is(row->rne, "S");
	struct care_period *care = telling->care->record;
	care->began = telling->care->began ? row->decom : DAY_UNKNOWN;
	care->legal = row->legal;
	care->remanded_to = remanded_to(row);
	telling->legal = row->legal;
	if (!is_legal_told(row) || telling->care->began)
		return;
	/* Since when it is so is told, and not what it was before. */
	care->legal = care->remanded_to = (str){ 0 };
	add_legal(telling, row);
}

static void begin_place(struct telling *telling, const struct row_episode *row)
{
	struct story *story = telling->story;
	telling->place = add_spell(story, story->place, &story->place_n, &placement_type, row);
	telling->place->began = !is(row->rne, "L");
	telling->place->adoption = is(row->place, "A3") || is(row->place, "A4") ||
				   is(row->place, "A5") || is(row->place, "A6");
	struct placement *placement = telling->place->record;
	placement->care = telling->care->at;
	placement->began = telling->place->began ? row->decom : DAY_UNKNOWN;
	placement->code = row->place;
	placement->provider = row->provider;
	if (is(row->rne, "T") || is(row->rne, "U") || is(row->rne, "P") || is(row->rne, "B"))
		placement->same_carer =
			is(row->rne, "T") || is(row->rne, "U") ? ANSWER_YES : ANSWER_NO;
	/* Of what the visits turn on, the code tells one thing. */
	if (row->place.n > 0)
		placement->with_parent = is(row->place, "P1") ? ANSWER_YES : ANSWER_NO;
}

static void take(str *out, str said)
{
	if (said.n > 0)
		*out = said;
}

/* What each episode repeats: the last that says it is right. */
static void tell_aside(struct telling *telling, const struct row_episode *row)
{
	struct care_period *care = telling->care->record;
	struct placement *placement = telling->place->record;
	take(&care->need, row->need);
	take(&care->home_post, row->home_post);
	take(&placement->postcode, row->post);
	take(&placement->urn, row->urn);
}

static void tell_episode(struct telling *telling, const struct row_episode *row)
{
	const struct row_episode *last = telling->last;
	if (telling->care != NULL && is(row->rne, "S")) {
		/* X1, then a gap, then a new start: nobody looked after the child in the gap. */
		end_place(telling, last->dec, last->change);
		end_care(telling, last->dec, (str){ 0 });
	}
	if (telling->care == NULL)
		begin_care(telling, row);
	else
		change_legal(telling, row);
	if (telling->place == NULL || !is(row->rne, "L")) {
		if (last != NULL)
			end_place(telling, last->dec, last->change);
		begin_place(telling, row);
	}
	tell_aside(telling, row);
	telling->last = row;
	if (row->dec == DAY_UNKNOWN || is(row->rec, "X1"))
		return;
	end_place(telling, row->dec, (str){ 0 });
	end_care(telling, row->dec, row->rec);
	if (is(row->rec, "E2"))
		telling->story->record->died = row->dec;
}

void story_spells(struct story *story)
{
	struct arena *arena = story->staging->arena;
	story->care = arena_take(arena, story->good_n + 1, sizeof *story->care);
	story->place = arena_take(arena, story->good_n + 1, sizeof *story->place);
	struct telling telling = { .story = story };
	for (size_t i = 0; i < story->good_n; i++)
		tell_episode(&telling, story->good[i]);
	/* The file says that the placement changed, but not to what. */
	if (telling.place != NULL && telling.last->dec != DAY_UNKNOWN && telling.last->change.n > 0)
		end_place(&telling, telling.last->dec, telling.last->change);
}
