/* brand.h - the council's colour and logo on every page, without a statement on every page.
 *
 * They are read when the server starts, when they are changed here, and where other servers share
 * the store, each minute. */
#pragma once

#include "web/frame.h"

struct brand brand_now(struct web *web, str authority); /* empty: of the first council */
/* "Wexcombe", or its code where it has not said. */
str brand_name(struct page *page, str authority);
/* The page looks as that council's. */
void brand_dress(struct page *page, str authority);
bool brand_is_old(struct web *web, instant now);
void brand_read(struct web *web, struct store *store);
