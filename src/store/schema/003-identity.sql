-- Schema 3, identity. A session knows how it was begun and when its person last proved who they
-- are; second factors; what is passed on between two pages of signing in; what somebody typed into
-- a form whose session had ended.

DELETE FROM session;
ALTER TABLE session ADD COLUMN id {int} NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN how {text} NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN browser {text} NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN bare {int} NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN proven_at {int} NOT NULL DEFAULT 0;

CREATE TABLE half_session (
	token {bytes} PRIMARY KEY,
	person {int} NOT NULL REFERENCES person (id),
	at {int} NOT NULL
){strict};
CREATE INDEX half_session_by_time ON half_session (at);

CREATE TABLE totp (
	person {int} PRIMARY KEY REFERENCES person (id),
	sealed {bytes} NOT NULL,
	step {int} NOT NULL,
	made_at {int} NOT NULL
){strict};

-- A secret that is not confirmed yet, and codes that are still to be written down.
CREATE TABLE offer (
	person {int} NOT NULL REFERENCES person (id),
	kind {text} NOT NULL,
	sealed {bytes} NOT NULL,
	at {int} NOT NULL,
	PRIMARY KEY (person, kind)
){keyed};

CREATE TABLE recovery (
	person {int} NOT NULL REFERENCES person (id),
	mark {bytes} NOT NULL,
	made_at {int} NOT NULL,
	used_at {int},
	PRIMARY KEY (person, mark)
){keyed};

CREATE TABLE passkey (
	id {int} PRIMARY KEY,
	person {int} NOT NULL REFERENCES person (id),
	handle {bytes} NOT NULL UNIQUE,
	site {text} NOT NULL,
	algorithm {int} NOT NULL,
	public_key {bytes} NOT NULL,
	uses {int} NOT NULL,
	name {text} NOT NULL,
	reached {text} NOT NULL,
	made_at {int} NOT NULL,
	used_at {int},
	refused_at {int}
){strict};
CREATE INDEX passkey_by_person ON passkey (person);

-- What a passkey has to sign: once, soon, and in the browser that it was given to.
CREATE TABLE challenge (
	bytes {bytes} PRIMARY KEY,
	holder {bytes} NOT NULL,
	purpose {text} NOT NULL,
	at {int} NOT NULL
){strict};
CREATE INDEX challenge_by_time ON challenge (at);

-- What may be used once: challenges, states.
CREATE TABLE spent (
	mark {bytes} PRIMARY KEY,
	at {int} NOT NULL
){strict};
CREATE INDEX spent_by_time ON spent (at);

CREATE TABLE council_account (
	issuer {text} NOT NULL,
	sub {text} NOT NULL,
	person {int} NOT NULL UNIQUE REFERENCES person (id),
	label {text} NOT NULL,
	made_at {int} NOT NULL,
	PRIMARY KEY (issuer, sub)
){keyed};

CREATE TABLE kept_form (
	id {int} PRIMARY KEY,
	person {int} NOT NULL REFERENCES person (id),
	path {text} NOT NULL,
	sealed {bytes} NOT NULL,
	at {int} NOT NULL
){strict};
CREATE INDEX kept_form_by_person ON kept_form (person);
CREATE INDEX kept_form_by_time ON kept_form (at);

-- What an administrator did for somebody, until they have gone on by themselves; -1: nobody did.
CREATE TABLE helped (
	person {int} PRIMARY KEY REFERENCES person (id),
	password_by {int} NOT NULL,
	reset_by {int} NOT NULL,
	reset_at {int} NOT NULL
){strict};
