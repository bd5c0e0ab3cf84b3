-- Schema 5, the census. What the children in need census carries and no clock needs.
ALTER TABLE record_child ADD COLUMN "disabilities" {text};
ALTER TABLE version_child ADD COLUMN "disabilities" {text};
ALTER TABLE record_child ADD COLUMN "upn_unknown" {text};
ALTER TABLE version_child ADD COLUMN "upn_unknown" {text};
ALTER TABLE record_child ADD COLUMN "upn_former" {text};
ALTER TABLE version_child ADD COLUMN "upn_former" {text};
ALTER TABLE record_assessment ADD COLUMN "reviewed" {int};
ALTER TABLE version_assessment ADD COLUMN "reviewed" {int};
ALTER TABLE record_section47 ADD COLUMN "target" {int};
ALTER TABLE version_section47 ADD COLUMN "target" {int};
ALTER TABLE record_conference ADD COLUMN "referral" {int};
ALTER TABLE version_conference ADD COLUMN "referral" {int};
ALTER TABLE record_cp_plan ADD COLUMN "referral" {int};
ALTER TABLE version_cp_plan ADD COLUMN "referral" {int};

CREATE TABLE record_need_plan (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"referral" {int},
	"began" {int},
	"ended" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_need_plan_by_subject ON record_need_plan (subject);
CREATE TABLE version_need_plan (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"referral" {int},
	"began" {int},
	"ended" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_need_plan;
