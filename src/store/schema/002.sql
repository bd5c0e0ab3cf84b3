-- Schema 2. A subject stores the day on which time alone changes its clocks, and a daily job
-- recomputes those whose day has come; a child's row carries the sibling group, so that a list can
-- show brothers and sisters together.

ALTER TABLE subject ADD COLUMN wake_on {int};
CREATE INDEX subject_by_wake ON subject (wake_on) WHERE wake_on IS NOT NULL;
ALTER TABLE child_row ADD COLUMN sibling_group {text};
