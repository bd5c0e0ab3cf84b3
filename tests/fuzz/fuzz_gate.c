/* The gate: a request's head, one line each for method, target and version, then "name:value"
 * lines. Refused with a status, or a path and a length that mean one thing. */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/gate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const str local[] = { S_INIT("localhost"), S_INIT("[::1]") };
	str rest = { (const char *)bytes, n };
	uint8_t choice = fuzz_choice(&rest);
	const struct gate_hosts hosts = { local, choice & 1 ? 2 : 0 };
	struct http_header header[GATE_HEADERS_MAX + 2];
	struct gate_head head = { .header = header };
	struct gate_pass pass;
	str line;
	if (!str_split(&rest, '\n', &head.method) || !str_split(&rest, '\n', &head.target) ||
		!str_split(&rest, '\n', &head.version))
		return 0;
	while (head.headers < GATE_HEADERS_MAX + 2 && str_split(&rest, '\n', &line)) {
		size_t colon = str_find(line, ':');
		header[head.headers++] =
			(struct http_header){ str_upto(line, colon), str_from(line, colon + 1) };
	}
	struct arena *arena = arena_open(1 << 24);
	int refused = gate_check(arena, &head, &hosts, &pass);
	must(refused == 0 || (refused >= 400 && refused < 506));
	if (refused == 0) {
		must(pass.path.n > 0 && pass.path.p[0] == '/');
		must(utf8_check(pass.path) == pass.path.n);
		must(str_find(pass.path, '\0') == pass.path.n);
		must(pass.length <= GATE_MOST);
		must(pass.method == HTTP_POST || pass.length == 0);
	}
	arena_close(arena);
	return 0;
}
