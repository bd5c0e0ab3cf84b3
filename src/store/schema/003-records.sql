-- Schema 3, records. What somebody has typed and not yet saved, as it was typed: its author's alone,
-- under the number of the form. One that has become a record says which, and holds nothing more.

CREATE TABLE draft (
	person {int} NOT NULL,
	key {int} NOT NULL,
	subject {int} NOT NULL,
	type {text} NOT NULL,
	record {int} NOT NULL,
	version {int} NOT NULL,
	typed {text} NOT NULL,
	turn {int} NOT NULL,
	begun_at {int} NOT NULL,
	kept_at {int} NOT NULL,
	made {int} NOT NULL,
	PRIMARY KEY (person, key)
){keyed};

-- The tables of the record types that the desk brings.

CREATE TABLE record_child_view (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"words" {text},
	"said_on" {int},
	"said_at" {int},
	"method" {text},
	"review" {int},
	"read_back" {int},
	"heard_by" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_child_view_by_subject ON record_child_view (subject);
CREATE TABLE version_child_view (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"words" {text},
	"said_on" {int},
	"said_at" {int},
	"method" {text},
	"review" {int},
	"read_back" {int},
	"heard_by" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_child_view;

CREATE TABLE record_contact (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"on_on" {int},
	"on_at" {int},
	"method" {text},
	"alone" {int},
	"why_not" {text},
	"note" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_contact_by_subject ON record_contact (subject);
CREATE TABLE version_contact (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"on_on" {int},
	"on_at" {int},
	"method" {text},
	"alone" {int},
	"why_not" {text},
	"note" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_contact;

CREATE TABLE record_handover_note (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"note" {text},
	"who" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_handover_note_by_subject ON record_handover_note (subject);
CREATE TABLE version_handover_note (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"note" {text},
	"who" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_handover_note;

CREATE TABLE record_same_child (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"number" {text},
	"known_how" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_same_child_by_subject ON record_same_child (subject);
CREATE TABLE version_same_child (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"number" {text},
	"known_how" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_same_child;
