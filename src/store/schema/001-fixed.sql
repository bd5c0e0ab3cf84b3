-- Schema 1. {int}, {text}, {bytes}, {strict} and {keyed} are the words that differ between the
-- engines; "@append-only TABLE;" makes the triggers that refuse UPDATE and DELETE.

CREATE TABLE counter (
	name {text} PRIMARY KEY,
	value {int} NOT NULL
){strict};
INSERT INTO counter (name, value) VALUES ('id', 0);

CREATE TABLE subject (
	id {int} PRIMARY KEY,
	kind {text} NOT NULL,
	authority {text} NOT NULL,
	key {text} NOT NULL,
	version {int} NOT NULL,
	openness {int} NOT NULL,
	import {int}
){strict};
CREATE UNIQUE INDEX subject_by_key ON subject (authority, kind, key);

CREATE TABLE event (
	id {int} PRIMARY KEY,
	subject {int} NOT NULL,
	word {text} NOT NULL,
	on_day {int},
	at {int},
	thread {int} NOT NULL,
	link {int} NOT NULL,
	detail {text},
	record {int} NOT NULL,
	source {text} NOT NULL,
	known_at {int} NOT NULL,
	save {int} NOT NULL,
	withdrawn_at {int},
	withdrawn_reason {text},
	withdrawn_save {int}
){strict};
CREATE INDEX event_by_subject ON event (subject);

CREATE TABLE clock (
	subject {int} NOT NULL,
	n {int} NOT NULL,
	rule {text} NOT NULL,
	thread {int} NOT NULL,
	from_day {int},
	from_at {int},
	from_word {text},
	from_event {int} NOT NULL,
	due {int},
	due_at {int},
	due_data {int},
	last_working_day {int},
	provisional {int} NOT NULL,
	booked {int},
	met_on {int},
	met_at {int},
	met_event {int} NOT NULL,
	ended_on {int},
	ended_by {text},
	disapplied {text},
	doubt {int} NOT NULL,
	known_to {int},
	PRIMARY KEY (subject, n)
){keyed};

-- One row a child, for lists: what a list shows, sorts by and filters on, denormalised.
CREATE TABLE child_row (
	subject {int} PRIMARY KEY,
	authority {text} NOT NULL,
	number {text} NOT NULL,
	forename {text},
	surname {text},
	name_key {text} NOT NULL,
	born {int},
	expected {int},
	died {int},
	iro {text},
	chair {text},
	worker {text},
	team {text},
	iro_key {text} NOT NULL,
	chair_key {text} NOT NULL,
	worker_key {text} NOT NULL,
	team_key {text} NOT NULL,
	openness {int} NOT NULL,
	looked_after {int} NOT NULL,
	on_plan {int} NOT NULL,
	next_due {int},
	next_rule {text},
	next_booked {int},
	unsure_due {int},
	unsure_rule {text},
	unsure_booked {int},
	unknowns {int} NOT NULL,
	unknown_rule {text}
){strict};
CREATE INDEX child_row_by_number ON child_row (authority, number);
CREATE INDEX child_row_by_iro ON child_row (authority, iro_key);
CREATE INDEX child_row_by_chair ON child_row (authority, chair_key);
CREATE INDEX child_row_by_worker ON child_row (authority, worker_key);
CREATE INDEX child_row_by_team ON child_row (authority, team_key);

-- Who may see which subject, and how much. holder is a person, or below zero all who hold a role
-- with sight of an authority (see access.c). level: 1 the row without a name, 2 all.
CREATE TABLE access (
	holder {int} NOT NULL,
	subject {int} NOT NULL,
	relation {int} NOT NULL,
	level {int} NOT NULL,
	PRIMARY KEY (holder, subject)
){keyed};
CREATE INDEX access_by_subject ON access (subject);

CREATE TABLE authority (
	id {int} PRIMARY KEY,
	code {text} NOT NULL UNIQUE
){strict};

CREATE TABLE person (
	id {int} PRIMARY KEY,
	login {text} NOT NULL UNIQUE,
	login_key {text} NOT NULL,
	name {text} NOT NULL,
	name_key {text} NOT NULL,
	role {text} NOT NULL,
	team {text} NOT NULL,
	authority {text} NOT NULL,
	password {text} NOT NULL,
	disabled {int} NOT NULL,
	added_at {int} NOT NULL
){strict};
CREATE INDEX person_by_name ON person (authority, name_key);

CREATE TABLE session (
	token {bytes} PRIMARY KEY,
	person {int} NOT NULL REFERENCES person (id),
	began_at {int} NOT NULL,
	seen_at {int} NOT NULL
){strict};
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_sight ON session (seen_at);

CREATE TABLE attempt (
	id {int} PRIMARY KEY,
	login {text} NOT NULL,
	address {text} NOT NULL,
	at {int} NOT NULL
){strict};
CREATE INDEX attempt_by_login ON attempt (login, at);
CREATE INDEX attempt_by_address ON attempt (address, at);
CREATE INDEX attempt_by_time ON attempt (at);

CREATE TABLE import (
	id {int} PRIMARY KEY,
	authority {text} NOT NULL,
	kind {text} NOT NULL,
	files {text} NOT NULL,
	known_to {int},
	actor {int} NOT NULL,
	began_at {int} NOT NULL,
	ended_at {int} NOT NULL,
	children {int} NOT NULL,
	events {int} NOT NULL,
	rejected {int} NOT NULL
){strict};
CREATE INDEX import_by_authority ON import (authority);

CREATE TABLE coverage (
	import {int} NOT NULL REFERENCES import (id),
	word {text} NOT NULL,
	from_day {int},
	to_day {int}
){strict};
CREATE INDEX coverage_by_import ON coverage (import);

CREATE TABLE setting (
	key {text} PRIMARY KEY,
	value {text} NOT NULL
){strict};

CREATE TABLE ledger (
	seq {int} PRIMARY KEY,
	at {int} NOT NULL,
	actor {int} NOT NULL,
	role {int} NOT NULL,
	act {text} NOT NULL,
	authority {text} NOT NULL,
	subjects {text} NOT NULL,
	objects {text} NOT NULL,
	save {int} NOT NULL,
	changed {int} NOT NULL,
	digest {bytes} NOT NULL,
	hash {bytes} NOT NULL
){strict};
@append-only ledger;

CREATE TABLE ledger_head (
	id {int} PRIMARY KEY CHECK (id = 1),
	seq {int} NOT NULL,
	hash {bytes} NOT NULL
){strict};
