#include "base/intern.h"
#include "base/mem.h"

#include <string.h>

enum { FEW = 64 };

/* Eight bytes at a time: event files have millions of texts. */
static size_t mix(str text)
{
	uint64_t mixed = text.n, piece = 0;
	for (; text.n > sizeof piece; text = str_from(text, sizeof piece)) {
		memcpy(&piece, text.p, sizeof piece);
		mixed = (mixed ^ piece) * 0x9E3779B97F4A7C15;
		mixed ^= mixed >> 29;
	}
	piece = 0;
	if (text.n > 0)
		memcpy(&piece, text.p, text.n);
	mixed = (mixed ^ piece) * 0x9E3779B97F4A7C15;
	return (size_t)(mixed >> 32);
}

static size_t slot_of(const struct intern *intern, str text)
{
	size_t at = mix(text) & (intern->slots - 1);
	while (intern->slot[at] != 0 && !str_equal(intern->text[intern->slot[at] - 1], text))
		at = (at + 1) & (intern->slots - 1);
	return at;
}

static void grow(struct intern *intern)
{
	mem_free(intern->slot);
	intern->slots = intern->slots == 0 ? FEW : intern->slots * 2;
	intern->slot = mem_alloc(intern->slots, sizeof *intern->slot);
	for (size_t i = 0; i < intern->n; i++)
		intern->slot[slot_of(intern, intern->text[i])] = (uint32_t)i + 1;
}

uint32_t intern_number(struct intern *intern, str text)
{
	if (intern->n * 2 >= intern->slots)
		grow(intern);
	size_t at = slot_of(intern, text);
	if (intern->slot[at] == 0) {
		if (intern->n == intern->room) {
			intern->room = intern->room == 0 ? 32 : intern->room * 2;
			intern->text = mem_resize(intern->text, intern->room, sizeof *intern->text);
		}
		intern->text[intern->n++] = text;
		intern->slot[at] = (uint32_t)intern->n;
	}
	return intern->slot[at] - 1;
}

bool intern_find(const struct intern *intern, str text, uint32_t *number)
{
	if (intern->slots == 0)
		return false;
	size_t at = slot_of(intern, text);
	if (intern->slot[at] == 0)
		return false;
	*number = intern->slot[at] - 1;
	return true;
}

void intern_clear(struct intern *intern)
{
	if (intern->slots > FEW) {
		intern_close(intern);
		return;
	}
	intern->n = 0;
	if (intern->slots > 0)
		memset(intern->slot, 0, intern->slots * sizeof *intern->slot);
}

void intern_close(struct intern *intern)
{
	mem_free(intern->text);
	mem_free(intern->slot);
	*intern = (struct intern){ 0 };
}
