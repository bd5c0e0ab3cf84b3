-- Schema 6, reviews in parts: the day on which it was completed stands in "held" already.

ALTER TABLE record_cla_review ADD COLUMN "started" {int};
ALTER TABLE version_cla_review ADD COLUMN "started" {int};
