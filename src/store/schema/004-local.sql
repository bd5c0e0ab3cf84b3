-- Schema 4, local policy: a council's own figures, rules and settings as texts, one version after the
-- other and none ever changed; how each item of a version is numbered, so that a clock can say which it
-- rests on; and how far the clocks were made anew after a change.
CREATE TABLE local_policy (
	authority {text} NOT NULL,
	version {int} NOT NULL,
	text {text} NOT NULL,
	why {text} NOT NULL,
	author {int} NOT NULL,
	at {int} NOT NULL,
	PRIMARY KEY (authority, version)
){keyed};
@append-only local_policy;

CREATE TABLE local_item (
	authority {text} NOT NULL,
	version {int} NOT NULL,
	n {int} NOT NULL,
	number {int} NOT NULL,
	PRIMARY KEY (authority, version, n)
){keyed};
@append-only local_item;

CREATE TABLE local_job (
	authority {text} NOT NULL,
	version {int} NOT NULL,
	base {int} NOT NULL,
	past {int} NOT NULL,
	looked {int} NOT NULL,
	made {int} NOT NULL,
	asked_at {int} NOT NULL,
	ended_at {int},
	PRIMARY KEY (authority, version)
){keyed};

ALTER TABLE clock ADD COLUMN due_law {int};
ALTER TABLE clock ADD COLUMN due_law_at {int};
ALTER TABLE clock ADD COLUMN local_item {int};
