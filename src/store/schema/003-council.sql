-- Schema 3, council accounts: who is on their way to the council's sign-in and back, and who may
-- connect an account of theirs with a code that an administrator gave them. Of the browser's token
-- and of the code only a hash and a keyed mark are kept.

CREATE TABLE council_way (
	token {bytes} PRIMARY KEY,
	issuer {text} NOT NULL,
	purpose {text} NOT NULL,
	person {int} REFERENCES person (id),
	next {text} NOT NULL,
	at {int} NOT NULL,
	sub {text} NOT NULL,
	label {text} NOT NULL,
	mfa {int} NOT NULL
){strict};
CREATE INDEX council_way_by_time ON council_way (at);

CREATE TABLE council_invitation (
	person {int} PRIMARY KEY REFERENCES person (id),
	mark {bytes} NOT NULL UNIQUE,
	at {int} NOT NULL
){strict};
