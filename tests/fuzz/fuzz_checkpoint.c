/* Notes and proofs of the ledger: refused, or what is read is written the same again. */
#include "fuzz.h"

#include "base/arena.h"
#include "store/checkpoint.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 24);
	str text = { (const char *)bytes, n };
	struct checkpoint checkpoint;
	struct proof_text proof;
	struct note_key key;
	struct note_signer signer;
	struct buf again = { 0 };
	if (checkpoint_read(text, &checkpoint, NULL))
		must(checkpoint.size >= 0 && checkpoint.origin.n > 0);
	if (note_key_read(text, &key, NULL)) {
		buf_note_key(&again, &key);
		must(str_equal(str_trim(text), buf_view(&again)));
		(void)note_signed_by(text, &key);
	}
	if (note_signer_read(text, &signer, NULL))
		must(signer.key.name[0] != '\0');
	buf_clear(&again);
	if (proof_read(arena, text, &proof, NULL)) {
		buf_proof(&again, &proof);
		must(str_equal(text, buf_view(&again)));
		(void)proof_holds(&proof, NULL);
	}
	buf_close(&again);
	arena_close(arena);
	return 0;
}
