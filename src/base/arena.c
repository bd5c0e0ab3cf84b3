#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdint.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 /* clang says it in another way than gcc */
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { FIRST_BLOCK = 16 * 1024, ALIGN = 16 };

struct block {
	struct block *next; /* the one filled before */
	size_t room, used;
	_Alignas(ALIGN) char bytes[];
};

struct arena {
	struct block *block; /* the one being filled */
	size_t cap, used, takes, fill_at;
	bool full;
};

static struct block *block_open(size_t room, struct block *next)
{
	struct block *block = mem_alloc(1, sizeof *block + room);
	block->room = room;
	block->next = next;
	POISON(block->bytes, room);
	return block;
}

struct arena *arena_open(size_t cap)
{
	struct arena *arena = mem_alloc(1, sizeof *arena);
	arena->cap = cap;
	arena->block = block_open(FIRST_BLOCK, NULL);
	return arena;
}

void arena_close(struct arena *arena)
{
	if (arena == NULL)
		return;
	for (struct block *block = arena->block, *next; block != NULL; block = next) {
		next = block->next;
		UNPOISON(block->bytes, block->room);
		mem_free(block);
	}
	mem_free(arena);
}

void arena_reset(struct arena *arena)
{
	/* The largest block is the newest: keep it, so that a steady load allocates nothing. */
	struct block *keep = arena->block;
	for (struct block *block = keep->next, *next; block != NULL; block = next) {
		next = block->next;
		UNPOISON(block->bytes, block->room);
		mem_free(block);
	}
	keep->next = NULL;
	keep->used = 0;
	POISON(keep->bytes, keep->room);
	arena->used = arena->takes = 0;
	arena->full = false;
}

/* Whatever stood there before. */
static void *take(struct arena *arena, size_t bytes)
{
	must(bytes < SIZE_MAX / 4);
	bytes = (bytes + ALIGN - 1) / ALIGN * ALIGN;
	if (arena->used + bytes > arena->cap || ++arena->takes == arena->fill_at)
		arena->full = true;
	arena->used += bytes;
	struct block *block = arena->block;
	if (block->room - block->used < bytes) {
		size_t room = block->room * 2;
		while (room < bytes)
			room *= 2;
		block = arena->block = block_open(room, block);
	}
	void *taken = block->bytes + block->used;
	block->used += bytes;
	UNPOISON(taken, bytes);
	return taken;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;
	must(!__builtin_mul_overflow(count, size, &bytes));
	return memset(take(arena, bytes), 0, bytes);
}

str arena_str(struct arena *arena, str s)
{
	char *copy = take(arena, s.n + 1);
	if (s.n > 0)
		memcpy(copy, s.p, s.n);
	copy[s.n] = '\0';
	return (str){ copy, s.n };
}

const char *arena_text(struct arena *arena, str s)
{
	return arena_str(arena, s).p;
}

str arena_format(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	must(n >= 0);
	char *text = arena_take(arena, (size_t)n + 1, 1);
	vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return (str){ text, (size_t)n };
}

bool arena_full(const struct arena *arena)
{
	return arena->full;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

size_t arena_takes(const struct arena *arena)
{
	return arena->takes;
}

void arena_fill_at(struct arena *arena, size_t taking)
{
	arena->fill_at = taking;
}
