-- Schema 3, tracker. A chair's own tracker while it is compared: sealed under a key that only its
-- reader's browser holds, for an hour at most, in no backup. And actions, which they may keep of it.

CREATE TABLE tracker_draft (
	person {int} PRIMARY KEY,
	sealed {bytes} NOT NULL,
	until {int} NOT NULL
){strict};

CREATE TABLE record_action (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"what" {text},
	"owner" {text},
	"agreed" {int},
	"due" {int},
	"done" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_action_by_subject ON record_action (subject);
CREATE TABLE version_action (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"what" {text},
	"owner" {text},
	"agreed" {int},
	"due" {int},
	"done" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_action;
