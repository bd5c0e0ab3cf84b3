-- Schema 1, continued: the tables of the record types, as their field tables were then.

CREATE TABLE record_child (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"number" {text},
	"forename" {text},
	"surname" {text},
	"born" {int},
	"expected" {int},
	"died" {int},
	"sex" {text},
	"ethnicity" {text},
	"upn" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_child_by_subject ON record_child (subject);
CREATE TABLE version_child (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"number" {text},
	"forename" {text},
	"surname" {text},
	"born" {int},
	"expected" {int},
	"died" {int},
	"sex" {text},
	"ethnicity" {text},
	"upn" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_child;

CREATE TABLE record_allocation (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"iro" {text},
	"chair" {text},
	"social_worker" {text},
	"team" {text},
	"sibling_group" {text},
	"restricted" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_allocation_by_subject ON record_allocation (subject);
CREATE TABLE version_allocation (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"iro" {text},
	"chair" {text},
	"social_worker" {text},
	"team" {text},
	"sibling_group" {text},
	"restricted" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_allocation;

CREATE TABLE record_care_period (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"began" {int},
	"ended" {int},
	"legal" {text},
	"end_reason" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_care_period_by_subject ON record_care_period (subject);
CREATE TABLE version_care_period (
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
	"legal" {text},
	"end_reason" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_care_period;

CREATE TABLE record_legal_status (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"care" {int},
	"changed" {int},
	"code" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_legal_status_by_subject ON record_legal_status (subject);
CREATE TABLE version_legal_status (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"care" {int},
	"changed" {int},
	"code" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_legal_status;

CREATE TABLE record_placement (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"care" {int},
	"began" {int},
	"ended" {int},
	"code" {text},
	"provider" {text},
	"change_reason" {text},
	"to_18" {int},
	"with_parent" {int},
	"reg24" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_placement_by_subject ON record_placement (subject);
CREATE TABLE version_placement (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"care" {int},
	"began" {int},
	"ended" {int},
	"code" {text},
	"provider" {text},
	"change_reason" {text},
	"to_18" {int},
	"with_parent" {int},
	"reg24" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_placement;

CREATE TABLE record_cla_review (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"care" {int},
	"placement" {int},
	"held" {int},
	"participation" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_cla_review_by_subject ON record_cla_review (subject);
CREATE TABLE version_cla_review (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"care" {int},
	"placement" {int},
	"held" {int},
	"participation" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_cla_review;

CREATE TABLE record_missing_episode (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"care" {int},
	"kind" {text},
	"began_on" {int},
	"began_at" {int},
	"ended_on" {int},
	"ended_at" {int},
	"interview_on" {int},
	"interview_at" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_missing_episode_by_subject ON record_missing_episode (subject);
CREATE TABLE version_missing_episode (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"care" {int},
	"kind" {text},
	"began_on" {int},
	"began_at" {int},
	"ended_on" {int},
	"ended_at" {int},
	"interview_on" {int},
	"interview_at" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_missing_episode;

CREATE TABLE record_referral (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"received" {int},
	"decided" {int},
	"closed" {int},
	"source" {text},
	"need" {text},
	"closure" {text},
	"nfa" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_referral_by_subject ON record_referral (subject);
CREATE TABLE version_referral (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"received" {int},
	"decided" {int},
	"closed" {int},
	"source" {text},
	"need" {text},
	"closure" {text},
	"nfa" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_referral;

CREATE TABLE record_assessment (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"referral" {int},
	"began" {int},
	"authorised" {int},
	"factors" {text},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_assessment_by_subject ON record_assessment (subject);
CREATE TABLE version_assessment (
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
	"authorised" {int},
	"factors" {text},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_assessment;

CREATE TABLE record_section47 (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"referral" {int},
	"strategy" {int},
	"began" {int},
	"ended" {int},
	"icpc_required" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_section47_by_subject ON record_section47 (subject);
CREATE TABLE version_section47 (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"referral" {int},
	"strategy" {int},
	"began" {int},
	"ended" {int},
	"icpc_required" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_section47;

CREATE TABLE record_conference (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"kind" {text},
	"section47" {int},
	"plan" {int},
	"held" {int},
	"quorate" {int},
	"decisions_sent" {int},
	"record_sent" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_conference_by_subject ON record_conference (subject);
CREATE TABLE version_conference (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"kind" {text},
	"section47" {int},
	"plan" {int},
	"held" {int},
	"quorate" {int},
	"decisions_sent" {int},
	"record_sent" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_conference;

CREATE TABLE record_cp_plan (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"began" {int},
	"ended" {int},
	"category" {text},
	"category_latest" {text},
	"plans_before" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_cp_plan_by_subject ON record_cp_plan (subject);
CREATE TABLE version_cp_plan (
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
	"category" {text},
	"category_latest" {text},
	"plans_before" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_cp_plan;

CREATE TABLE record_core_group (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"plan" {int},
	"held" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_core_group_by_subject ON record_core_group (subject);
CREATE TABLE version_core_group (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"plan" {int},
	"held" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_core_group;

CREATE TABLE record_visit (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"kind" {text},
	"thread" {int},
	"held" {int},
	"alone" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_visit_by_subject ON record_visit (subject);
CREATE TABLE version_visit (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"kind" {text},
	"thread" {int},
	"held" {int},
	"alone" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_visit;

CREATE TABLE record_booking (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"meeting" {text},
	"thread" {int},
	"on" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_booking_by_subject ON record_booking (subject);
CREATE TABLE version_booking (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"meeting" {text},
	"thread" {int},
	"on" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_booking;

CREATE TABLE record_care_step (
	id {int} PRIMARY KEY,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	"care" {int},
	"step" {text},
	"review" {int},
	"placement" {int},
	"on" {int},
	withdrawn_at {int},
	withdrawn_reason {text}
){strict};
CREATE INDEX record_care_step_by_subject ON record_care_step (subject);
CREATE TABLE version_care_step (
	id {int} NOT NULL,
	version {int} NOT NULL,
	subject {int} NOT NULL,
	import {int} NOT NULL,
	by_hand {int} NOT NULL,
	draft {int} NOT NULL,
	came_by {text} NOT NULL,
	withdrawn {int} NOT NULL,
	"care" {int},
	"step" {text},
	"review" {int},
	"placement" {int},
	"on" {int},
	changed_at {int} NOT NULL,
	actor {int} NOT NULL,
	why {text},
	save {int} NOT NULL,
	digest {bytes} NOT NULL,
	PRIMARY KEY (id, version)
){keyed};
@append-only version_care_step;
