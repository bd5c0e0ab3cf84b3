-- Schema 4, events. Steps of every kind, one table; and what people know of a placement and a
-- conference that no file carries.

CREATE TABLE record_child_step (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"kind" {text},
	"about" {int},
	"on_on" {int},
	"on_at" {int},
	"by" {int},
	"choice" {text},
	"answer" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_child_step_by_subject ON record_child_step (subject);
CREATE TABLE version_child_step (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"kind" {text},
	"about" {int},
	"on_on" {int},
	"on_at" {int},
	"by" {int},
	"choice" {text},
	"answer" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_child_step;

ALTER TABLE record_placement ADD COLUMN "emergency" {int};
ALTER TABLE record_placement ADD COLUMN "out_of_area" {int};
ALTER TABLE record_placement ADD COLUMN "reg19" {int};
ALTER TABLE record_placement ADD COLUMN "outside_terms" {int};
ALTER TABLE record_placement ADD COLUMN "six_monthly" {int};
ALTER TABLE version_placement ADD COLUMN "emergency" {int};
ALTER TABLE version_placement ADD COLUMN "out_of_area" {int};
ALTER TABLE version_placement ADD COLUMN "reg19" {int};
ALTER TABLE version_placement ADD COLUMN "outside_terms" {int};
ALTER TABLE version_placement ADD COLUMN "six_monthly" {int};
ALTER TABLE record_conference ADD COLUMN "prebirth" {int};
ALTER TABLE version_conference ADD COLUMN "prebirth" {int};
ALTER TABLE record_care_period ADD COLUMN "remanded_to" {text};
ALTER TABLE record_care_period ADD COLUMN "legal_end" {text};
ALTER TABLE record_legal_status ADD COLUMN "remanded_to" {text};
ALTER TABLE version_care_period ADD COLUMN "remanded_to" {text};
ALTER TABLE version_care_period ADD COLUMN "legal_end" {text};
ALTER TABLE version_legal_status ADD COLUMN "remanded_to" {text};
