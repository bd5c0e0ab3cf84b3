-- Schema 5, calendar. While the clocks follow a newer calendar, or the newer dates of what is over that
-- were accepted: how far it is, and whose clocks still wait.

CREATE TABLE calendar_job (
	id {int} PRIMARY KEY,
	authority {text} NOT NULL,
	calendar {int} NOT NULL,
	waited {int} NOT NULL,
	made {int} NOT NULL,
	children {int} NOT NULL,
	moved {int} NOT NULL,
	became_overdue {int} NOT NULL,
	no_longer_overdue {int} NOT NULL,
	settled {int} NOT NULL,
	closed {int} NOT NULL,
	asked_at {int} NOT NULL,
	ended_at {int}
){strict};

CREATE TABLE calendar_turn (
	subject {int} PRIMARY KEY
){strict};

-- Beside the date of the clock that a list shows: the data standard's, and the law's where the council
-- works to another. Every row is made anew when a duly that knows them first writes.
ALTER TABLE child_row ADD COLUMN next_data {int};
ALTER TABLE child_row ADD COLUMN next_law {int};
ALTER TABLE child_row ADD COLUMN unsure_data {int};
ALTER TABLE child_row ADD COLUMN unsure_law {int};
