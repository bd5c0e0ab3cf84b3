/* import_shut_in.h - what `duly worker import` does: uploaded returns in, what they say out, both in
 * the form of staging_wire.h. It may use memory and nothing else. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

MUST_USE bool import_read_shut_in(struct arena *arena, str input, struct buf *out, struct err *err);
