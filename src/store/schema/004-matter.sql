-- Schema 4, matters: what has clocks and is no child. What each is and what was done, as records; and a
-- row for lists, as a child has one: `kind_n` is the number of enum subject_kind, `child` the subject of
-- the child whom it names.

CREATE TABLE record_matter (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"kind" {text},
	"reference" {text},
	"number" {text},
	"about" {text},
	"elsewhere" {text},
	"agreed" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_matter_by_subject ON record_matter (subject);
CREATE TABLE version_matter (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"kind" {text},
	"reference" {text},
	"number" {text},
	"about" {text},
	"elsewhere" {text},
	"agreed" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_matter;
CREATE TABLE record_matter_step (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"kind" {text},
	"on" {int},
	"choice" {text},
	"regards" {text},
	"answer" {int},
	"note" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_matter_step_by_subject ON record_matter_step (subject);
CREATE TABLE version_matter_step (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"kind" {text},
	"on" {int},
	"choice" {text},
	"regards" {text},
	"answer" {int},
	"note" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_matter_step;

CREATE TABLE matter_row (
	subject {int} PRIMARY KEY,
	authority {text} NOT NULL,
	kind_n {int} NOT NULL,
	reference {text} NOT NULL,
	about {text},
	child {int},
	withdrawn {int} NOT NULL,
	is_open {int} NOT NULL,
	began {int},
	last_on {int},
	next_due {int},
	next_rule {text},
	unknowns {int} NOT NULL,
	unknown_rule {text}
){strict};
CREATE INDEX matter_row_by_due ON matter_row (authority, is_open, next_due);
CREATE INDEX matter_row_by_child ON matter_row (child);
CREATE INDEX record_matter_by_number ON record_matter ("number");
