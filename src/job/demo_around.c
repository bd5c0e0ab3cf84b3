/* The people around a child of the demonstration: no return carries them. */
#include "job/demo_store.h"

#include "base/mem.h"

static const str languages[] = { S_INIT("Somali"), S_INIT("Polish"), S_INIT("Urdu"),
	S_INIT("Romanian"), S_INIT("British Sign Language") };
#define ONE_OF(dice, list) (list)[dice_in((dice), 0, (int)(sizeof(list) / sizeof *(list)) - 1)]

static void *add(
	struct demo_changes *out, struct arena *arena, const struct record_type *type, ref *at)
{
	void *record = record_new(arena, type);
	*at = (ref){ -(int64_t)out->n - 1 };
	ARRAY_MORE(out) =
		(struct change){ .act = CHANGE_ADD, .type = type, .subject = -1, .record = record };
	return record;
}

static struct person_around *person(struct demo_changes *out, struct arena *arena,
	const struct demo_child *child, struct dice *dice, char sex, str relation, ref *at)
{
	char forename[DEMO_NAME];
	struct person_around *made = add(out, arena, &person_around_type, at);
	demo_forename(dice, child->ethnicity, sex, forename);
	made->name = arena_format(arena, "%s %s", forename, child->surname);
	made->relation = relation;
	return made;
}

static void parents(const struct demo_child *child, struct dice *dice, struct arena *arena,
	struct demo_changes *out)
{
	ref mother, father, mark;
	struct person_around *made = person(out, arena, child, dice, 'F', S("mother"), &mother);
	made->parental_responsibility = ANSWER_YES;
	made->phone = arena_format(arena, "07700 900%03d", dice_in(dice, 0, 999));
	if (!dice_chance(dice, 350))
		return;
	made->address = arena_format(arena, "%d Example Road, %s", dice_in(dice, 1, 90), child->home);
	struct person_around *other = person(out, arena, child, dice, 'M', S("father"), &father);
	other->parental_responsibility = dice_chance(dice, 600) ? ANSWER_YES : ANSWER_NO;
	if (!dice_chance(dice, 400))
		return;
	made->safe_contact = S("Ring between 10am and noon on school days. Never leave a message.");
	made->do_not_write = ANSWER_YES;
	struct must_not_learn *hidden = add(out, arena, &must_not_learn_type, &mark);
	hidden->whose = mother;
	hidden->kept_from = father;
	hidden->address = hidden->phone = hidden->times = ANSWER_YES;
	hidden->reason = S("Violence in the past; a court order stands.");
}

static void own(const struct demo_child *child, struct dice *dice, struct arena *arena,
	struct demo_changes *out)
{
	ref at;
	if (!dice_chance(dice, 120))
		return;
	struct person_around *made = add(out, arena, &person_around_type, &at);
	made->name = arena_format(arena, "%s %s", child->forename, child->surname);
	made->relation = S("child");
	made->language = ONE_OF(dice, languages);
	made->interpreter = dice_chance(dice, 600) ? ANSWER_YES : ANSWER_NO;
}

void demo_around(
	const struct demo_child *child, struct arena *arena, struct demo_changes *out)
{
	struct dice dice = child->dice;
	dice.state ^= 0x6172756f6e64; /* not those that a year's return throws */
	if (!child->has_care && !child->has_protection)
		return;
	parents(child, &dice, arena, out);
	own(child, &dice, arena, out);
}
