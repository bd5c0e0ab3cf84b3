-- Schema 3, proof. The ledger's entries are the leaves of a tree (RFC 9162). Stored are the roots of
-- whole subtrees of 16, 256, 4,096 ... entries: what lies between is made from 16 rows.

CREATE TABLE ledger_node (
	level {int} NOT NULL,
	n {int} NOT NULL,
	hash {bytes} NOT NULL,
	PRIMARY KEY (level, n)
){keyed};
@append-only ledger_node;

-- What the ledger was, signed: the text that witnesses keep.
CREATE TABLE ledger_checkpoint (
	size {int} PRIMARY KEY,
	at {int} NOT NULL,
	note {text} NOT NULL
){strict};
@append-only ledger_checkpoint;
