/* act_words.h - what an act of the ledger is called on a page: "look:child" is "Opened a child’s
 * page". Of another duly than this one: its own word, as it stands in the ledger. */
#pragma once

#include "base/str.h"

str act_words(str act);
