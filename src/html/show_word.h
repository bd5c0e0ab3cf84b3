/* show_word.h - event words as a person says them: "Became looked after". */
#pragma once

#include "base/str.h"
#include "law/word.h"

str show_word(enum word word); /* lasts as long as the program; never empty for a real word */
