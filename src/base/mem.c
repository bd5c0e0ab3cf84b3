#include "base/mem.h"
#include "base/err.h"

#include <stdlib.h>

void *mem_alloc(size_t count, size_t size)
{
	void *fresh = calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);
	must(fresh != NULL);
	return fresh;
}

void *mem_resize(void *old, size_t count, size_t size)
{
	size_t bytes;
	must(!__builtin_mul_overflow(count, size, &bytes));
	void *fresh = realloc(old, bytes == 0 ? 1 : bytes);
	must(fresh != NULL);
	return fresh;
}

void mem_free(void *old)
{
	free(old);
}
