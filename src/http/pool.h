/* pool.h - a few threads for slow work, with a queue that knows its limit. */
#pragma once

#include "base/err.h"

#include <stddef.h>

struct pool;

struct pool *pool_open(size_t threads, size_t waiting); /* most jobs that may wait */
void pool_close(struct pool *pool);                     /* what waits is done first */
/* Has work(self) done by one of the threads; false when too much waits already. */
MUST_USE bool pool_give(struct pool *pool, void (*work)(void *self), void *self);
