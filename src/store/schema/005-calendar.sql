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
