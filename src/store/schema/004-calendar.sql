-- Schema 4, calendar. Every calendar of working days that the store was ever computed with, as rows
-- of text; which of them each clock's dates were counted with; and what is over and keeps its dates
-- until somebody says that the newer calendar shall move them.

CREATE TABLE calendar (
	number {int} PRIMARY KEY,
	name {text} NOT NULL,
	horizon {int} NOT NULL,
	holidays {text} NOT NULL,
	file {text} NOT NULL,
	came_at {int} NOT NULL,
	person {int} NOT NULL,
	moved {int} NOT NULL,
	became_overdue {int} NOT NULL,
	no_longer_overdue {int} NOT NULL,
	closed {int} NOT NULL,
	digest {bytes} NOT NULL
){strict};
@append-only calendar;

ALTER TABLE clock ADD COLUMN calendar {int} NOT NULL DEFAULT 1;

-- The dates that stand, and those that the newer calendar would give. from_day is as the newest counts
-- it; what counts back from a meeting that is due may have been counted from another, which stands.
CREATE TABLE calendar_hold (
	subject {int} NOT NULL,
	rule {text} NOT NULL,
	thread {int} NOT NULL,
	from_event {int} NOT NULL,
	from_day {int} NOT NULL,
	calendar {int} NOT NULL,
	newer {int} NOT NULL,
	stood_from {int} NOT NULL,
	due {int},
	due_at {int},
	due_data {int},
	last_working_day {int},
	new_due {int},
	new_due_at {int},
	new_due_data {int},
	new_last_working_day {int},
	decided_at {int},
	decided_by {int},
	PRIMARY KEY (subject, rule, thread, from_event, from_day)
){keyed};
CREATE INDEX calendar_hold_open ON calendar_hold (decided_at, subject);
