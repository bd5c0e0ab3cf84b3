-- Schema 3, manage. What the people who look after Duly need: first passwords that are shown once,
-- imports that a server makes and what they did not take, which children a source last told of,
-- the council's logo, and when the store was last copied.

-- Sealed under a key that only the browser of who made it holds; gone when it was shown.
CREATE TABLE once (
	person {int} PRIMARY KEY,
	holder {int} NOT NULL,
	sealed {bytes} NOT NULL,
	until {int} NOT NULL
){strict};

CREATE TABLE job (
	id {int} PRIMARY KEY,
	authority {text} NOT NULL,
	kind {text} NOT NULL,
	files {text} NOT NULL,
	actor {int} NOT NULL,
	state {text} NOT NULL,
	asked_at {int} NOT NULL,
	began_at {int},
	ended_at {int},
	known_to {int},
	children {int} NOT NULL,
	events {int} NOT NULL,
	rejected {int} NOT NULL,
	added {int} NOT NULL,
	edited {int} NOT NULL,
	by_hand {int} NOT NULL,
	why {text} NOT NULL
){strict};
CREATE INDEX job_by_authority ON job (authority, asked_at);

CREATE TABLE job_reject (
	job {int} NOT NULL,
	n {int} NOT NULL,
	file {text} NOT NULL,
	line {int} NOT NULL,
	field {text} NOT NULL,
	value {text} NOT NULL,
	reason {text} NOT NULL,
	PRIMARY KEY (job, n)
){keyed};

-- Whom the latest import of a kind told of: who is not in it is to be checked, never ended.
CREATE TABLE told (
	import {int} NOT NULL,
	number {text} NOT NULL,
	PRIMARY KEY (import, number)
){keyed};

CREATE TABLE picture (
	sha256 {text} PRIMARY KEY,
	bytes {bytes} NOT NULL,
	added_at {int} NOT NULL
){strict};

-- Settings that one entry of the ledger tells of together: its digest sums these up.
CREATE TABLE setting_told (
	seq {int} NOT NULL,
	key {text} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (seq, key)
){keyed};
