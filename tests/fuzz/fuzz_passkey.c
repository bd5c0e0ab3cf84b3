/* Passkeys: what a browser brings of one, as client data and as an attestation object, is read or refused;
 * what was read is of the shape that is kept, and nothing signs for anybody. */
#include "base/arena.h"
#include "fuzz.h"
#include "identity/cbor.h"
#include "identity/passkey.h"

#include <string.h>

static const struct passkey_asked asked = { .name = S_INIT("localhost"),
	.origin = S_INIT("http://localhost:8080") };
/* Of a ceremony that is right, so that what follows is reached. */
static const char made[] = "{\"type\":\"webauthn.create\",\"challenge\":"
			   "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
			   "\"origin\":\"http://localhost:8080\"}";
static const char shown[] = "{\"type\":\"webauthn.get\",\"challenge\":"
			    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
			    "\"origin\":\"http://localhost:8080\"}";

static void verify(struct arena *arena, str input)
{
	static const int64_t algorithms[] = { PASSKEY_ES256, PASSKEY_EDDSA, PASSKEY_RS256, 0 };
	struct err err;
	int64_t uses;
	for (size_t i = 0; i < 4; i++) {
		str half = str_upto(input, input.n / 2);
		const struct passkey_row row = { .site = asked.name,
			.algorithm = algorithms[i],
			.public_key = half };
		const struct passkey_shown part = { .client = str_of(shown),
			.authenticator = input,
			.signature = str_from(input, half.n) };
		must(!passkey_verify(arena, &asked, &row, &part, &uses, &err));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str input = { (const char *)bytes, n };
	struct arena *arena = arena_open(1 << 20);
	struct passkey_client client;
	struct passkey_new new;
	struct err err = { 0 };
	str item, rest = input;
	switch (fuzz_choice(&input) % 4) {
	case 0:
		if (passkey_client_read(arena, input, &client, &err))
			must(client.type.n > 0 && client.origin.n > 0 && input.n <= PASSKEY_CLIENT_MOST);
		break;
	case 1:
		if (passkey_register(arena, &asked, str_of(made), input, &new, &err))
			must(new.handle.n > 0 && new.handle.n <= PASSKEY_HANDLE_MOST &&
				new.public_key.n >= 32 && new.uses >= 0);
		break;
	case 2:
		verify(arena, input);
		break;
	default:
		rest = input;
		if (cbor_item(&rest, &item))
			must(item.n > 0 && item.n + rest.n == input.n);
		break;
	}
	arena_close(arena);
	return 0;
}
