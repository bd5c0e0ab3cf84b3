/* site.h - the address that people reach Duly under: as it is configured, never as a request says.
 *
 * What leaves Duly with an address in it, and what is bound to one (a passkey, the way back from the
 * council's sign-in), takes it from here. On loopback alone, where nobody else can set the Host and
 * none but "localhost" and loopback addresses are let in, the port may be the browser's word.
 */
#pragma once

#include "web/page.h"

struct site {
	str origin; /* "https://duly.example.gov.uk", without a slash at its end */
	str name;   /* "duly.example.gov.uk": what passkeys are bound to (WebAuthn, 5.1.2, the rpId) */
};

/* False: Duly was not told, or the browser came by a number ("127.0.0.1") instead of a name. */
MUST_USE bool site_of(const struct page *page, struct site *out);
/* May it be configured? https:// and a name in small letters, perhaps with a port; http:// only for
 * localhost. ERR_INPUT. The name is a part of the address. */
MUST_USE bool site_read(str address, str *name, struct err *err);
