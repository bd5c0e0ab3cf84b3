/* rule_check.h - what must hold of a rule before anything is counted by it: a typing error in an
 * exception would else be an exception that never comes true. */
#pragma once

#include "base/err.h"
#include "law/rule.h"

/* False, with what is wrong. Chain and twin are looked up by the reader, which knows the others. */
MUST_USE bool rule_check(const struct rule *rule, struct err *err);
