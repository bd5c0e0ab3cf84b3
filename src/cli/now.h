/* now.h - the wall clock, asked at the edge of the program and nowhere else. */
#pragma once

#include "base/instant.h"

instant now(void);
