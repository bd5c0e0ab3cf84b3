-- Schema 4, decisions. What a person decided about the dates of a clock that was over when a newer
-- calendar came: accepted or left, with both dates. One entry of the ledger stands for a batch, and its
-- digest for every column of its rows.
CREATE TABLE calendar_decision (
	batch {int} NOT NULL,
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
	accepted {int} NOT NULL,
	decided_at {int} NOT NULL,
	decided_by {int} NOT NULL,
	PRIMARY KEY (batch, subject, rule, thread, from_event, from_day)
){keyed};
@append-only calendar_decision;
