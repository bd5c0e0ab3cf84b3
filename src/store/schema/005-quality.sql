-- Schema 5, data quality. A check of a return that was kept: of Duly's own records (1), of an imported
-- set of files (2), of a file that was checked and kept (3). Its findings stay until the next check of
-- the same return and source is whole; its counts stay, so that they can be seen over time.
CREATE TABLE quality_check (
	id {int} PRIMARY KEY,
	authority {text} NOT NULL,
	kind {text} NOT NULL,
	year {int} NOT NULL,
	source_n {int} NOT NULL,
	asked_at {int} NOT NULL,
	began_at {int},
	ended_at {int},
	person {int} NOT NULL,
	children {int} NOT NULL,
	findings {int} NOT NULL,
	swept {int} NOT NULL,
	why {text}
){strict};
CREATE INDEX quality_check_by_kind ON quality_check (authority, kind, ended_at);

-- `finding` is the same number for what is the same in the next check; `regards` the day by which the
-- row is known; subject 0 is a child whom the store does not know.
CREATE TABLE quality_finding (
	quality {int} NOT NULL,
	n {int} NOT NULL,
	subject {int} NOT NULL,
	finding {int} NOT NULL,
	rule {text} NOT NULL,
	name {text} NOT NULL,
	line {int} NOT NULL,
	field {text} NOT NULL,
	number {text} NOT NULL,
	regards {text} NOT NULL,
	hand {text} NOT NULL,
	PRIMARY KEY (quality, n)
){keyed};
CREATE INDEX quality_finding_by_child ON quality_finding (subject, quality);

-- `findings` of children who may be counted for everybody, and how many of them were explained; `hidden` of
-- those who may not. A rule that was not run says why.
CREATE TABLE quality_count (
	quality {int} NOT NULL,
	rule {text} NOT NULL,
	hand {text} NOT NULL,
	findings {int} NOT NULL,
	explained {int} NOT NULL,
	hidden {int} NOT NULL,
	why {text},
	PRIMARY KEY (quality, rule, hand)
){keyed};

CREATE TABLE quality_explained (
	id {int} PRIMARY KEY,
	authority {text} NOT NULL,
	kind {text} NOT NULL,
	year {int} NOT NULL,
	rule {text} NOT NULL,
	subject {int} NOT NULL,
	name {text} NOT NULL,
	regards {text} NOT NULL,
	finding {int} NOT NULL,
	reason {text} NOT NULL,
	person {int} NOT NULL,
	at {int} NOT NULL,
	ended_at {int},
	ended_person {int}
){strict};
CREATE INDEX quality_explained_by_child ON quality_explained (subject, finding);
