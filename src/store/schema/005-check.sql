-- Schema 5, check. What a check of dropped files found, while it is read: sealed under a key that only its
-- reader's browser holds, for an hour at most, in no backup.

CREATE TABLE check_draft (
	person {int} PRIMARY KEY,
	sealed {bytes} NOT NULL,
	until {int} NOT NULL
){strict};
