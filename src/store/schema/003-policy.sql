-- Schema 3, policy. What somebody may see may end: an opened restricted record after an hour, cover
-- with the leave that it stands for.
--
-- Rows are made anew from the records and from `sight` when the policy's mark differs
-- (refresh.c). A relation may stand from an instant (since) to another (until); NULL: always. A row
-- of relation 6 (barred) has level 0 and beats every other, also the row of the holder's group.
DROP TABLE access;
CREATE TABLE access (
	holder {int} NOT NULL,
	subject {int} NOT NULL,
	relation {int} NOT NULL,
	level {int} NOT NULL,
	since {int},
	until {int},
	PRIMARY KEY (holder, subject, relation)
){keyed};
CREATE INDEX access_by_subject ON access (subject);

-- Authorities that somebody works for beside their own: one team for two councils.
CREATE TABLE person_authority (
	person {int} NOT NULL REFERENCES person (id),
	authority {text} NOT NULL,
	PRIMARY KEY (person, authority)
){keyed};

-- Relations that no record of the child says, for a time: found by duty, opened, invited.
CREATE TABLE sight (
	person {int} NOT NULL,
	subject {int} NOT NULL,
	relation {int} NOT NULL,
	since {int},
	until {int},
	PRIMARY KEY (person, subject, relation)
){keyed};
CREATE INDEX sight_by_subject ON sight (subject);

-- What somebody must be told: shown in their inbox until they have seen it.
CREATE TABLE notice (
	id {int} PRIMARY KEY,
	person {int} NOT NULL REFERENCES person (id),
	kind {text} NOT NULL,
	subject {int} NOT NULL,
	object {int} NOT NULL,
	detail {text} NOT NULL,
	at {int} NOT NULL,
	seen_at {int}
){strict};
CREATE INDEX notice_by_person ON notice (person, at);

-- Who may see the child is less than the policy would give; and staff who are barred.
CREATE TABLE record_restriction (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"kind" {text},
	"reason" {text},
	"decided_by" {text},
	"began" {int},
	"review_on" {int},
	"ended" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_restriction_by_subject ON record_restriction (subject);
CREATE TABLE version_restriction (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"kind" {text},
	"reason" {text},
	"decided_by" {text},
	"began" {int},
	"review_on" {int},
	"ended" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_restriction;

CREATE TABLE record_barred (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"login" {text},
	"reason" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_barred_by_subject ON record_barred (subject);
CREATE TABLE version_barred (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"login" {text},
	"reason" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_barred;

-- Each time that somebody broke the glass, and what came of it.
CREATE TABLE opening (
	id {int} PRIMARY KEY,
	subject {int} NOT NULL,
	person {int} NOT NULL REFERENCES person (id),
	reason {text} NOT NULL,
	at {int} NOT NULL,
	until {int} NOT NULL,
	review_by {int} NOT NULL,
	reviewed_at {int},
	reviewer {int},
	outcome {text},
	note {text}
){strict};
CREATE INDEX opening_by_subject ON opening (subject, at);
CREATE INDEX opening_by_day ON opening (at);

-- Searches by duty: how many were found, never what was asked.
CREATE TABLE duty_search (
	id {int} PRIMARY KEY,
	person {int} NOT NULL REFERENCES person (id),
	at {int} NOT NULL,
	found {int} NOT NULL,
	ring {int} NOT NULL
){strict};
CREATE INDEX duty_search_by_person ON duty_search (person, at);

-- Which of the councils that somebody works for the pages of the whole service are about, in one
-- session; NULL: their own.
ALTER TABLE session ADD COLUMN council {text};
