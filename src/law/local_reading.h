/* local_reading.h - a council's policy while it is read: for the local_*.c files of law/ only.
 *
 * local_read.c reads the text and lays it over a copy of the national rules, local_item.c reads one item
 * and checks it against its rule, local_lay.c lays what was read over the rules.
 */
#pragma once

#include "law/local.h"
#include "law/rule_reading.h"

struct overlay {
	struct reading r; /* its rules are the national ones, copied, and then the council's own */
	const struct law *national;
	struct law *law;
	struct local_policy *local;
};

/* ---- local_item.c */
/* The next item of the policy, with every key that it has and needs. */
bool local_item_read(struct overlay *overlay, const yaml_node_t *at);
/* Of its rule, setting or kind of work: is there one, and may it say that? */
bool local_item_check(struct overlay *overlay, struct local_item *item);
/* False, with the line and the item in the error. */
__attribute__((format(printf, 4, 5))) bool local_item_wrong(struct overlay *overlay,
	const struct local_item *item, size_t line, const char *format, ...);

/* ---- local_lay.c: figures, choices and what is recorded, on the rules that they are of. */
void local_lay(struct overlay *overlay);
