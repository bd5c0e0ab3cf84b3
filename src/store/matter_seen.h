/* matter_seen.h - what an actor may see of a matter, in SQL, and the rows it is read from. For the files
 * of store/ that read matters. */
#pragma once

#include "store/list_seen.h"
#include "store/matter.h"

/* matter_level() as an expression, of matter_row m and the child_row r of the child whom it names. The
 * role's sights, a digit a kind of subject, are the parameter named. $1 to $4 are those of ACCESS_NOW. */
#define MATTER_CHILD                                                                               \
	"coalesce((SELECT max(a.level) FROM access a WHERE a.subject = m.child AND"                \
	ACCESS_NOW("$1", "$2", "$3", "$4") "), 0)"
#define MATTER_BARRED                                                                              \
	"EXISTS (SELECT 1 FROM access b WHERE b.subject = m.child AND b.holder = $1 "              \
	"AND b.relation = 6)"
#define MATTER_LEVEL(sights)                                                                       \
	"CASE substr(CAST(" sights " AS TEXT), CAST(m.kind_n AS INTEGER) + 1, 1) "                 \
	"WHEN '1' THEN CASE WHEN m.child IS NULL THEN 0 ELSE " MATTER_CHILD " END "                \
	"WHEN '2' THEN CASE WHEN m.child IS NULL OR (r.openness IN (0, 1) AND NOT " MATTER_BARRED  \
	") THEN 1 ELSE 0 END WHEN '3' THEN CASE WHEN m.child IS NULL THEN 2 ELSE " MATTER_CHILD    \
	" END ELSE 0 END"
_Static_assert(MATTER_OF_CHILD == 1 && MATTER_COUNTED == 2 && MATTER_ALL == 3,
	"the digits stand in MATTER_LEVEL");
_Static_assert(OPEN == 0 && RESTRICTED == 1 && RELATION_BARRED == 6, "so do these");

#define MATTER_SEEN                                                                                \
	" FROM matter_row m LEFT JOIN child_row r ON r.subject = m.child WHERE "                   \
	"(m.authority = $3 OR m.authority IN (SELECT w.authority FROM person_authority w "         \
	"WHERE w.person = $1))"

/* The digits of the actor's role. */
str matter_sights(struct arena *arena, const struct actor *actor);
