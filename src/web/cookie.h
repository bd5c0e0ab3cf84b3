/* cookie.h - the one cookie that Duly sets. */
#pragma once

#include "identity/token.h"
#include "web/page.h"

/* "__Host-duly" where the connection is encrypted, so that no other site can plant one. */
str cookie_name(bool secure);
/* With the answer of this page. The browser keeps it until it is closed. */
void cookie_set(struct page *page, bool secure, const struct token *token);
void cookie_clear(struct page *page, bool secure);
