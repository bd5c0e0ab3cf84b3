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

-- What should never have been written down, removed by two people: one proposes, another decides.
CREATE TABLE expunge (
	id {int} PRIMARY KEY,
	type {text} NOT NULL,
	record {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	authority {text} NOT NULL,
	reason {text} NOT NULL,
	receivers {text} NOT NULL,
	proposer {int} NOT NULL,
	proposed_at {int} NOT NULL
){strict};
CREATE INDEX expunge_by_authority ON expunge (authority);
@append-only expunge;

CREATE TABLE expunge_end (
	expunge {int} PRIMARY KEY REFERENCES expunge (id),
	outcome {text} NOT NULL,
	person {int} NOT NULL,
	at {int} NOT NULL
){strict};
@append-only expunge_end;

-- Where content was, and the digest that the ledger's sums still hold of it. version 0: an event.
CREATE TABLE tombstone (
	record {int} NOT NULL,
	version {int} NOT NULL,
	expunge {int} NOT NULL REFERENCES expunge (id),
	digest {bytes} NOT NULL,
	PRIMARY KEY (record, version)
){keyed};
@append-only tombstone;

-- When the ledger was last read through by the server itself, how far, and what was wrong.
CREATE TABLE ledger_check (
	at {int} PRIMARY KEY,
	entries {int} NOT NULL,
	fault {text} NOT NULL
){strict};
