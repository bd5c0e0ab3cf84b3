/* sign_in.h - what the pages of signing in share. */
#pragma once

#include "web/page.h"

/* "/sign-in/code?next=%2Fcaseload" */
str sign_in_step(struct page *page, str to, str next);
