/* asset.h - the styles, scripts and icon of the pages, carried inside the binary.
 *
 * assets/build.mjs compiles them at build time. A path holds a hash of the content, so a browser
 * may keep a file for good ("Cache-Control: public, max-age=31536000, immutable"); a new version
 * has a new path. All strings last as long as the program.
 */
#pragma once

#include "base/str.h"

struct asset {
	str name;  /* "app.css" */
	str path;  /* "/assets/app-ddd939bf7d326635.css" */
	str type;  /* "text/css; charset=utf-8" */
	str etag;  /* with its quotes; of the plain bytes */
	str bytes; /* plain */
	str gzip;  /* compressed (RFC 1952) */
};

extern const struct asset asset_list[];
extern const size_t asset_count;

const struct asset *asset_find(str path); /* by path; NULL when there is none */
str asset_path(str name);                 /* by name, which must exist */
