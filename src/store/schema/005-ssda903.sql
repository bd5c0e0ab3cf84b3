-- Schema 5, the return of looked after children. What the SSDA903 return carries and no clock needs.
-- What one child has once are columns of what is there; what comes by the year, or more than once, has a
-- table of its own.

ALTER TABLE record_child ADD COLUMN "mother" {int};
ALTER TABLE record_child ADD COLUMN "own_child_born" {int};
ALTER TABLE record_child ADD COLUMN "unaccompanied" {int};
ALTER TABLE record_child ADD COLUMN "unaccompanied_until" {int};
ALTER TABLE version_child ADD COLUMN "mother" {int};
ALTER TABLE version_child ADD COLUMN "own_child_born" {int};
ALTER TABLE version_child ADD COLUMN "unaccompanied" {int};
ALTER TABLE version_child ADD COLUMN "unaccompanied_until" {int};
ALTER TABLE record_care_period ADD COLUMN "need" {text};
ALTER TABLE record_care_period ADD COLUMN "home_post" {text};
ALTER TABLE version_care_period ADD COLUMN "need" {text};
ALTER TABLE version_care_period ADD COLUMN "home_post" {text};
ALTER TABLE record_placement ADD COLUMN "postcode" {text};
ALTER TABLE record_placement ADD COLUMN "urn" {text};
ALTER TABLE record_placement ADD COLUMN "same_carer" {int};
ALTER TABLE version_placement ADD COLUMN "postcode" {text};
ALTER TABLE version_placement ADD COLUMN "urn" {text};
ALTER TABLE version_placement ADD COLUMN "same_carer" {int};

CREATE TABLE record_health_year (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"ended" {int},
	"sdq_score" {int},
	"sdq_reason" {text},
	"convicted" {int},
	"health_check" {int},
	"immunisations" {int},
	"teeth_check" {int},
	"health_assessment" {int},
	"substance_misuse" {int},
	"intervention_received" {int},
	"intervention_offered" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_health_year_by_subject ON record_health_year (subject);
CREATE TABLE version_health_year (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"ended" {int},
	"sdq_score" {int},
	"sdq_reason" {text},
	"convicted" {int},
	"health_check" {int},
	"immunisations" {int},
	"teeth_check" {int},
	"health_assessment" {int},
	"substance_misuse" {int},
	"intervention_received" {int},
	"intervention_offered" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_health_year;

CREATE TABLE record_leaver_year (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"ended" {int},
	"in_touch" {text},
	"activity" {text},
	"accommodation" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_leaver_year_by_subject ON record_leaver_year (subject);
CREATE TABLE version_leaver_year (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"ended" {int},
	"in_touch" {text},
	"activity" {text},
	"accommodation" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_leaver_year;

CREATE TABLE record_adoption_plan (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"decided" {int},
	"ceased" {int},
	"ceased_reason" {text},
	"matched" {int},
	"foster_carer" {int},
	"adopters" {int},
	"adopters_sex" {text},
	"adopters_status" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_adoption_plan_by_subject ON record_adoption_plan (subject);
CREATE TABLE version_adoption_plan (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"decided" {int},
	"ceased" {int},
	"ceased_reason" {text},
	"matched" {int},
	"foster_carer" {int},
	"adopters" {int},
	"adopters_sex" {text},
	"adopters_status" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_adoption_plan;

CREATE TABLE record_earlier_permanence (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"care" {int},
	"option" {text},
	"authority" {text},
	"on" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_earlier_permanence_by_subject ON record_earlier_permanence (subject);
CREATE TABLE version_earlier_permanence (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"care" {int},
	"option" {text},
	"authority" {text},
	"on" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_earlier_permanence;

CREATE TABLE record_worker_spell (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"worker" {text},
	"began" {int},
	"ended" {int},
	"reason" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_worker_spell_by_subject ON record_worker_spell (subject);
CREATE TABLE version_worker_spell (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"worker" {text},
	"began" {int},
	"ended" {int},
	"reason" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_worker_spell;

CREATE TABLE record_liberty_order (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"began" {int},
	"ended" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_liberty_order_by_subject ON record_liberty_order (subject);
CREATE TABLE version_liberty_order (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"began" {int},
	"ended" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_liberty_order;
