/* checkpoint.h - what the ledger was at a moment, signed, as text that anybody can check.
 *
 * A checkpoint is a signed note (C2SP signed-note and tlog-checkpoint): the name of the ledger, its
 * number of entries, the root of its tree (RFC 9162), when it was signed, an empty line, and lines
 * with signatures (Ed25519). Keys are written as that format writes them:
 * "NAME+HASH+BASE64". Pure: text in, text out.
 */
#pragma once

#include "base/buf.h"
#include "base/instant.h"
#include "base/merkle.h"

enum { NOTE_MOST = 4096, NOTE_NAME = 64, NOTE_PUBLIC = 32, NOTE_SEED = 32, NOTE_SIGNATURE = 64 };

/* Who checks. */
struct note_key {
	char name[NOTE_NAME + 1];
	unsigned char hash[4]; /* tells keys of one name apart; made from both */
	unsigned char key[NOTE_PUBLIC];
};
/* Who signs. */
struct note_signer {
	struct note_key key;
	unsigned char seed[NOTE_SEED];
};

struct checkpoint {
	str origin; /* of the text it was read from */
	int64_t size;
	struct merkle_hash root;
	instant at; /* INSTANT_UNKNOWN: it does not say */
};

/* The name may hold no space and no '+'. */
MUST_USE bool note_key_read(str text, struct note_key *out, struct err *err);
void buf_note_key(struct buf *buf, const struct note_key *key);
MUST_USE bool note_signer_read(str text, struct note_signer *out, struct err *err);
void buf_note_signer(struct buf *buf, const struct note_signer *signer);
void note_signer_make(str name, const unsigned char seed[static NOTE_SEED], struct note_signer *out);

/* The whole note, ending in a line end. */
void buf_checkpoint(
	struct buf *buf, const struct checkpoint *checkpoint, const struct note_signer *signer);
/* What a note says; false, with why, when it is no checkpoint. Says nothing about who signed. */
MUST_USE bool checkpoint_read(str note, struct checkpoint *out, struct err *err);
/* Is one of its signatures this key's, and right? */
bool note_signed_by(str note, const struct note_key *key);

/* A hash as 44 characters, and back. */
void buf_hash(struct buf *buf, const struct merkle_hash *hash);
bool hash_read(str text, struct merkle_hash *out);

/* A proof as text: what it is, the numbers, a line a hash, an empty line, the checkpoint it is held
 * against (of an entry: the tree; of a growth: the later tree).
 *
 *   duly proof of entry 812             duly proof that 500 begins 900
 *   entry BASE64                        root BASE64
 *   HASH                                HASH
 *   ...                                 ...
 */
struct proof_text {
	bool growth;
	int64_t entry;            /* counted from 1, as the ledger does */
	int64_t from, to;         /* of a growth */
	str bytes;                /* of the entry, as its leaf hashes it: in the arena */
	struct merkle_hash root;  /* of the tree of `from` */
	struct merkle_proof proof;
	str note; /* the checkpoint, of the text it was read from */
};
void buf_proof(struct buf *buf, const struct proof_text *proof);
struct arena;
MUST_USE bool proof_read(struct arena *arena, str text, struct proof_text *out, struct err *err);
/* Does it hold? The checkpoint's signature is asked of note_signed_by(). */
bool proof_holds(const struct proof_text *proof, struct err *err);
