#include "store/checkpoint.h"

#include "base/arena.h"

#include <sodium.h>
#include <string.h>

#define DASH "\xe2\x80\x94" /* an em dash begins a line with a signature */
enum { ED25519 = 1, BASE64 = sodium_base64_VARIANT_ORIGINAL };

/* ---- hashes and other bytes */

static void put_base64(struct buf *buf, const void *bytes, size_t n)
{
	size_t room = sodium_base64_encoded_len(n, BASE64);
	char *text = buf_reserve(buf, room);
	if (text == NULL)
		return;
	sodium_bin2base64(text, room, bytes, n, BASE64);
	buf->n += room - 1;
}

/* Exactly n bytes, in the one way of writing them. */
static bool read_base64(str text, void *bytes, size_t n)
{
	size_t got = 0;
	return text.n == (n + 2) / 3 * 4 &&
	       sodium_base642bin(bytes, n, text.p, text.n, NULL, &got, NULL, BASE64) == 0 && got == n;
}

void buf_hash(struct buf *buf, const struct merkle_hash *hash)
{
	put_base64(buf, hash->byte, sizeof hash->byte);
}

bool hash_read(str text, struct merkle_hash *out)
{
	return read_base64(text, out->byte, sizeof out->byte);
}

/* A whole number as the format has it: no sign, no zeros before it. */
static bool size_read(str text, int64_t *out)
{
	return text.n > 0 && text.p[0] >= '0' && text.p[0] <= '9' &&
	       (text.n == 1 || text.p[0] != '0') && str_int(text, out);
}

/* ---- keys */

static bool name_is(str name)
{
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] <= 0x20 || name.p[i] >= 0x7f || name.p[i] == '+')
			return false;
	}
	return name.n > 0 && name.n <= NOTE_NAME;
}

static void key_hash(struct note_key *key)
{
	struct buf text = { 0 };
	unsigned char hash[crypto_hash_sha256_BYTES];
	buf_str(&text, str_of(key->name));
	buf_char(&text, '\n');
	buf_char(&text, ED25519);
	buf_bytes(&text, key->key, NOTE_PUBLIC);
	crypto_hash_sha256(hash, (const unsigned char *)text.p, text.n);
	memcpy(key->hash, hash, sizeof key->hash);
	buf_close(&text);
}

/* NAME+HASH+BASE64, where the bytes begin with the kind of key. */
static bool key_parts(str text, str *name, str *hash, unsigned char bytes[static 33], struct err *err)
{
	str rest = str_trim(text), base64;
	if (str_split(&rest, '+', name) && str_split(&rest, '+', hash) && name_is(*name) &&
		hash->n == 8) {
		base64 = rest;
		if (read_base64(base64, bytes, 33) && bytes[0] == ED25519)
			return true;
	}
	return err_set(err, ERR_INPUT, "this is not a key for checkpoints: NAME+HASH+BASE64");
}

static bool hash_is(const struct note_key *key, str hex)
{
	char own[9];
	sodium_bin2hex(own, sizeof own, key->hash, sizeof key->hash);
	return str_equal(hex, str_of(own));
}

bool note_key_read(str text, struct note_key *out, struct err *err)
{
	str name, hash;
	unsigned char bytes[33];
	*out = (struct note_key){ 0 };
	if (!key_parts(text, &name, &hash, bytes, err))
		return false;
	memcpy(out->name, name.p, name.n);
	memcpy(out->key, bytes + 1, NOTE_PUBLIC);
	key_hash(out);
	return hash_is(out, hash) ||
	       err_set(err, ERR_INPUT, "the parts of this key for checkpoints do not fit one another");
}

static void put_key(struct buf *buf, const struct note_key *key, const unsigned char bytes[static 32])
{
	unsigned char kind[33] = { ED25519 };
	char hex[9];
	memcpy(kind + 1, bytes, 32);
	sodium_bin2hex(hex, sizeof hex, key->hash, sizeof key->hash);
	buf_format(buf, "%s+%s+", key->name, hex);
	put_base64(buf, kind, sizeof kind);
	sodium_memzero(kind, sizeof kind);
}

void buf_note_key(struct buf *buf, const struct note_key *key)
{
	put_key(buf, key, key->key);
}

void note_signer_make(str name, const unsigned char seed[static NOTE_SEED], struct note_signer *out)
{
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	must(name_is(name));
	*out = (struct note_signer){ 0 };
	memcpy(out->key.name, name.p, name.n);
	memcpy(out->seed, seed, NOTE_SEED);
	crypto_sign_seed_keypair(out->key.key, secret, seed);
	sodium_memzero(secret, sizeof secret);
	key_hash(&out->key);
}

static const str secret_key = S_INIT("PRIVATE+KEY+");

bool note_signer_read(str text, struct note_signer *out, struct err *err)
{
	str name, hash;
	unsigned char bytes[33];
	text = str_trim(text);
	if (!str_starts(text, secret_key))
		return err_set(err, ERR_INPUT, "this is not a key that signs checkpoints");
	if (!key_parts(str_from(text, secret_key.n), &name, &hash, bytes, err))
		return false;
	note_signer_make(name, bytes + 1, out);
	sodium_memzero(bytes, sizeof bytes);
	return hash_is(&out->key, hash) ||
	       err_set(err, ERR_INPUT, "the parts of this key for checkpoints do not fit one another");
}

void buf_note_signer(struct buf *buf, const struct note_signer *signer)
{
	buf_str(buf, secret_key);
	put_key(buf, &signer->key, signer->seed);
}

/* ---- notes */

void buf_checkpoint(
	struct buf *buf, const struct checkpoint *checkpoint, const struct note_signer *signer)
{
	unsigned char public[NOTE_PUBLIC], secret[crypto_sign_SECRETKEYBYTES];
	unsigned char signature[4 + NOTE_SIGNATURE];
	size_t from = buf->n;
	buf_format(buf, "%.*s\n%lld\n", STR_ARGS(checkpoint->origin), (long long)checkpoint->size);
	buf_hash(buf, &checkpoint->root);
	buf_char(buf, '\n');
	if (checkpoint->at != INSTANT_UNKNOWN) {
		buf_instant_utc(buf, checkpoint->at);
		buf_char(buf, '\n');
	}
	crypto_sign_seed_keypair(public, secret, signer->seed);
	memcpy(signature, signer->key.hash, 4);
	crypto_sign_detached(signature + 4, NULL, (const unsigned char *)buf->p + from,
		buf->n - from, secret);
	sodium_memzero(secret, sizeof secret);
	buf_format(buf, "\n" DASH " %s ", signer->key.name);
	put_base64(buf, signature, sizeof signature);
	buf_char(buf, '\n');
}

/* The text that is signed, with its last line end, and the lines of signatures. */
static bool note_parts(str note, str *text, str *signatures)
{
	if (note.n < 4 || note.n > NOTE_MOST || note.p[note.n - 1] != '\n')
		return false;
	for (size_t i = 0; i < note.n; i++) {
		if ((unsigned char)note.p[i] < 0x20 && note.p[i] != '\n')
			return false;
	}
	size_t at = 1;
	while (at < note.n && !(note.p[at] == '\n' && note.p[at - 1] == '\n'))
		at++;
	*text = str_upto(note, at);
	*signatures = str_from(note, at + 1);
	return at < note.n && signatures->n > 0;
}

/* One line: "— NAME BASE64". */
static bool signature_line(str line, str *name, str *base64)
{
	if (!str_starts(line, S(DASH " ")))
		return false;
	str rest = str_from(line, sizeof DASH);
	return str_split(&rest, ' ', name) && name_is(*name) && str_split(&rest, ' ', base64) &&
	       base64->n > 8 && rest.p == NULL;
}

bool checkpoint_read(str note, struct checkpoint *out, struct err *err)
{
	str text, signatures, size, root, line, name, base64;
	bool good = note_parts(note, &text, &signatures);
	*out = (struct checkpoint){ .at = INSTANT_UNKNOWN };
	str rest = good ? str_upto(text, text.n - 1) : (str){ 0 };
	good = good && str_split(&rest, '\n', &out->origin) && name_is(out->origin) &&
	       str_split(&rest, '\n', &size) && size_read(size, &out->size) &&
	       str_split(&rest, '\n', &root) && hash_read(root, &out->root);
	if (good && str_split(&rest, '\n', &line) && !instant_read(line, &out->at, NULL))
		out->at = INSTANT_UNKNOWN; /* another's extension */
	if (good)
		signatures = str_upto(signatures, signatures.n - 1);
	while (good && str_split(&signatures, '\n', &line))
		good = signature_line(line, &name, &base64);
	return good || err_set(err, ERR_INPUT, "this is not a checkpoint of a ledger");
}

bool note_signed_by(str note, const struct note_key *key)
{
	str text, signatures, line, name, base64;
	if (!note_parts(note, &text, &signatures))
		return false;
	signatures = str_upto(signatures, signatures.n - 1);
	while (str_split(&signatures, '\n', &line)) {
		unsigned char bytes[4 + NOTE_SIGNATURE];
		if (signature_line(line, &name, &base64) && str_equal(name, str_of(key->name)) &&
			read_base64(base64, bytes, sizeof bytes) &&
			memcmp(bytes, key->hash, 4) == 0 &&
			crypto_sign_verify_detached(bytes + 4, (const unsigned char *)text.p, text.n,
				key->key) == 0)
			return true;
	}
	return false;
}

/* ---- proofs */

static const str of_entry = S_INIT("duly proof of entry "), of_growth = S_INIT("duly proof that "),
		 begins = S_INIT(" begins ");

void buf_proof(struct buf *buf, const struct proof_text *proof)
{
	if (proof->growth) {
		buf_format(buf, "%.*s%lld%.*s%lld\nroot ", STR_ARGS(of_growth), (long long)proof->from,
			STR_ARGS(begins), (long long)proof->to);
		buf_hash(buf, &proof->root);
	} else {
		buf_format(buf, "%.*s%lld\nentry ", STR_ARGS(of_entry), (long long)proof->entry);
		put_base64(buf, proof->bytes.p, proof->bytes.n);
	}
	buf_char(buf, '\n');
	for (size_t i = 0; i < proof->proof.n; i++) {
		buf_hash(buf, &proof->proof.hash[i]);
		buf_char(buf, '\n');
	}
	buf_char(buf, '\n');
	buf_str(buf, proof->note);
}

static bool entry_bytes(struct arena *arena, str base64, str *out)
{
	size_t most = base64.n / 4 * 3, got = 0;
	if (base64.n == 0 || base64.n % 4 != 0)
		return false;
	unsigned char *bytes = arena_take(arena, most + 1, 1);
	if (sodium_base642bin(bytes, most, base64.p, base64.n, NULL, &got, NULL, BASE64) != 0)
		return false;
	*out = (str){ (const char *)bytes, got };
	return true;
}

static bool head_read(struct arena *arena, str head, str second, struct proof_text *out)
{
	if (str_starts(head, of_entry))
		return size_read(str_from(head, of_entry.n), &out->entry) && out->entry > 0 &&
		       str_starts(second, S("entry ")) &&
		       entry_bytes(arena, str_from(second, 6), &out->bytes);
	if (!str_starts(head, of_growth))
		return false;
	str numbers = str_from(head, of_growth.n), from = str_upto(numbers, str_find(numbers, ' '));
	str rest = str_from(numbers, from.n);
	out->growth = true;
	return str_starts(rest, begins) && size_read(from, &out->from) &&
	       size_read(str_from(rest, begins.n), &out->to) && str_starts(second, S("root ")) &&
	       hash_read(str_from(second, 5), &out->root);
}

bool proof_read(struct arena *arena, str text, struct proof_text *out, struct err *err)
{
	str rest = text, head, second, line = { 0 };
	*out = (struct proof_text){ 0 };
	bool good = str_split(&rest, '\n', &head) && str_split(&rest, '\n', &second) &&
		    head_read(arena, head, second, out);
	while (good && str_split(&rest, '\n', &line) && line.n > 0)
		good = out->proof.n <= MERKLE_LEVELS &&
		       hash_read(line, &out->proof.hash[out->proof.n++]);
	struct checkpoint checkpoint;
	good = good && line.n == 0 && rest.n > 0 && checkpoint_read(rest, &checkpoint, NULL);
	out->note = rest;
	return good || err_set(err, ERR_INPUT, "this is not a proof that duly prove wrote");
}

bool proof_holds(const struct proof_text *proof, struct err *err)
{
	struct checkpoint checkpoint;
	if (!checkpoint_read(proof->note, &checkpoint, err))
		return false;
	if (proof->growth)
		return (proof->to == checkpoint.size &&
			       merkle_holds_growth(proof->from, &proof->root, proof->to,
				       &checkpoint.root, &proof->proof)) ||
		       err_set(err, ERR_BROKEN, "the later tree does not begin with the earlier one");
	struct merkle_hash leaf = merkle_leaf(proof->bytes);
	return merkle_holds_entry(&leaf, proof->entry - 1, checkpoint.size, &proof->proof,
		       &checkpoint.root) ||
	       err_set(err, ERR_BROKEN, "the tree of the checkpoint does not hold this entry");
}
