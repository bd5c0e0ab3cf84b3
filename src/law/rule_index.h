/* rule_index.h - what is asked of the rules for every event of every child, found once. */
#pragma once

#include "base/arena.h"
#include "law/rule.h"

/* Fills each rule's rank and parts, and the lists by trigger; *out borrows the rules. */
void rules_index(struct arena *arena, struct rule *rule, size_t n, struct rules *out);
