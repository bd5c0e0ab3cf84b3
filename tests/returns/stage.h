/* stage.h - what each claim about a return's reader begins with: empty arenas and an empty stage. */
#pragma once

#include "check.h"

#include "staging_text.h"

static struct arena *arena, *scratch;
static struct staging staging;
static struct err err;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(1 << 28);
	scratch = arena_open(1 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	arena_close(scratch);
	return 0;
}

static int begin(void **state)
{
	(void)state;
	arena_reset(arena);
	staging_open(&staging, arena);
	err = (struct err){ 0 };
	return 0;
}

static int end(void **state)
{
	(void)state;
	staging_close(&staging);
	return 0;
}
