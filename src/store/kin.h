/* kin.h - what practice says of the officers of one family, for who gives children to somebody.
 *
 * Brothers and sisters usually have one reviewing officer, and one conference chair. A mother or father
 * who is looked after, and a baby who is too, have different reviewing officers (the IRO Handbook, as
 * IRO managers read it). Neither is law: it is said, and may be so all the same.
 */
#pragma once

#include "store/allocate.h"

enum kin {
	KIN_SIBLING, /* has somebody else */
	KIN_PARENT,  /* has the same */
	KIN_BABY,    /* has the same */
};

struct kin_line {
	enum kin kin;
	int64_t subject, other;
	str number, forename, surname;                   /* of who is given; no names at level 1 */
	str other_number, other_forename, other_surname; /* of the kin */
	str officer;                                     /* whom the kin has, or would have */
};
struct kin_lines {
	struct kin_line *item; /* in the arena, by number */
	size_t n, room;
};

enum { KIN_MOST = 100 };
struct kin_asked {
	const struct actor *actor;
	enum allocate_as as;
	const int64_t *subject; /* who would be given to `to`: KIN_MOST at most */
	size_t n;
	str to;           /* a name or a sign-in name, as written */
	const str *group; /* their sibling group, where it changes too; NULL: as it is */
};
/* What speaks against it, of those whom the actor sees. Of a social worker nothing. One statement. */
MUST_USE bool store_kin(struct store *store, struct arena *arena,
	const struct kin_asked *asked, struct kin_lines *out, struct err *err);
