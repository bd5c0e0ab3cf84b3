/* fuzz.h - one target a parser: fuzz_X.c tries to make the parser of X do harm with any bytes.
 *
 * Built by clang, libFuzzer searches for such bytes (script/fuzz). Built by gcc with replay.c, the
 * same file runs what is in corpus/X, as a test of the suite. A target also checks what must hold
 * of whatever was read, with must(). */
#pragma once

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* The first byte chooses an option; the rest is text. */
static inline uint8_t fuzz_choice(str *input)
{
	if (input->n == 0)
		return 0;
	uint8_t first = (uint8_t)input->p[0];
	*input = str_from(*input, 1);
	return first;
}
