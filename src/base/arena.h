/* arena.h - memory for one request or one job: handed out piece by piece, given back at once.
 *
 * Nothing in an arena is freed singly. An arena has a cap; going over it marks the arena `full`
 * and arena_take() then hands out from a reserve so that callers need no NULL check; whoever owns
 * the arena asks arena_full() at the end of a step and answers 413 or 503. Memory is zeroed.
 * Under AddressSanitizer what has not been handed out is poisoned.
 */
#pragma once

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arena *arena_open(size_t cap); /* cap in bytes; yours until arena_close */
void arena_close(struct arena *arena);
void arena_reset(struct arena *arena); /* everything handed out is gone */
void *arena_take(struct arena *arena, size_t count, size_t size); /* zeroed, aligned for any type */
#define arena_new(arena, type) ((type *)arena_take((arena), 1, sizeof(type)))
str arena_str(struct arena *arena, str s);          /* a copy with a NUL after it */
const char *arena_text(struct arena *arena, str s); /* the same, as a C string */
__attribute__((format(printf, 2, 3))) str arena_format(
	struct arena *arena, const char *format, ...);
bool arena_full(const struct arena *arena); /* was the cap passed since the last reset? */
size_t arena_used(const struct arena *arena);
/* How often something was taken since the last reset. */
size_t arena_takes(const struct arena *arena);
/* For tests of what happens then: as if the cap were passed by that taking, the first being 1,
 * after each reset; 0: by none. */
void arena_fill_at(struct arena *arena, size_t taking);
