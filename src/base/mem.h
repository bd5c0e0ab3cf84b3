/* mem.h - the only door to malloc. Running out of memory is must(): nothing here returns NULL. */
#pragma once

#include <stddef.h>

void *mem_alloc(size_t count, size_t size);              /* zeroed; count * size is checked */
void *mem_resize(void *old, size_t count, size_t size);  /* the added part is not zeroed */
void mem_free(void *old);                                /* NULL is fine */

/* Room for one more in a growable array {T *item; size_t n, room;}: ARRAY_MORE(list) = value; */
#define ARRAY_MORE(list)                                                                           \
	(*((list)->n < (list)->room                                                                \
			? &(list)->item[(list)->n++]                                               \
			: ((list)->item = mem_resize((list)->item,                                 \
				   (list)->room = (list)->room == 0 ? 16 : (list)->room * 2,       \
				   sizeof *(list)->item),                                          \
				  &(list)->item[(list)->n++])))
