/* message.h - private to mend/: the words of a rule of the SSDA903. */
#pragma once

#include "base/str.h"

str message_of_903(str rule, int year);
