-- Schema 3, policy. What somebody may see may end: an opened restricted record after an hour, cover
-- with the leave that it stands for.
--
-- Rows are made anew from the records and from `sight` when the policy's mark differs
-- (refresh.c). A relation may stand from an instant (since) to another (until); NULL: always. A row
-- of relation 6 (barred) has level 0 and beats every other, also the row of the holder's group.
DROP TABLE access;
CREATE TABLE access (
	holder {int} NOT NULL,
	subject {int} NOT NULL,
	relation {int} NOT NULL,
	level {int} NOT NULL,
	since {int},
	until {int},
	PRIMARY KEY (holder, subject, relation)
){keyed};
CREATE INDEX access_by_subject ON access (subject);

-- Authorities that somebody works for beside their own: one team for two councils.
CREATE TABLE person_authority (
	person {int} NOT NULL REFERENCES person (id),
	authority {text} NOT NULL,
	PRIMARY KEY (person, authority)
){keyed};

-- Relations that no record of the child says, for a time: found by duty, opened, invited.
CREATE TABLE sight (
	person {int} NOT NULL,
	subject {int} NOT NULL,
	relation {int} NOT NULL,
	since {int},
	until {int},
	PRIMARY KEY (person, subject, relation)
){keyed};
CREATE INDEX sight_by_subject ON sight (subject);

-- What somebody must be told: shown in their inbox until they have seen it.
CREATE TABLE notice (
	id {int} PRIMARY KEY,
	person {int} NOT NULL REFERENCES person (id),
	kind {text} NOT NULL,
	subject {int} NOT NULL,
	object {int} NOT NULL,
	detail {text} NOT NULL,
	at {int} NOT NULL,
	seen_at {int}
){strict};
CREATE INDEX notice_by_person ON notice (person, at);
