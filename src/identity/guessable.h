/* guessable.h - is it a word of a dictionary, as people disguise one? ("P4ssw0rds!!")
 *
 * Asks libcrack with the dictionary of Debian's cracklib-runtime, which undoes some hundreds of
 * disguises; no list of passwords is part of Duly. Where the dictionary is missing, only what
 * password.c knows itself is refused: guessable_ready() says so.
 */
#pragma once

#include "base/str.h"

#include <stdbool.h>

bool guessable(str password);
bool guessable_ready(void);
