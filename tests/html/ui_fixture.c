/* ui_fixture.c - lines of {"component", "options"} in, lines of {"html"} out; {"missing": true}
 * where there is no such component. What tests/html/fixtures.mjs compares with GOV.UK's own. */
#include "ui_component.h"

#include <stdio.h>
#include <stdlib.h>

static void answer(struct arena *arena, const char *line)
{
	json_error_t error;
	json_t *in = json_loads(line, 0, &error);
	struct buf b = { 0 };
	json_t *out;
	if (in != NULL &&
		ui_component(arena, &b, json_string_value(json_object_get(in, "component")),
			json_object_get(in, "options")))
		out = json_pack("{s:s#}", "html", b.p == NULL ? "" : b.p, b.n);
	else
		out = json_pack("{s:b}", "missing", 1);
	json_dumpf(out, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(out);
	json_decref(in);
	buf_close(&b);
	arena_reset(arena);
}

int main(void)
{
	struct arena *arena = arena_open(16u << 20);
	char *line = NULL;
	size_t room = 0;
	while (getline(&line, &room, stdin) > 0)
		answer(arena, line);
	free(line);
	arena_close(arena);
	return 0;
}
