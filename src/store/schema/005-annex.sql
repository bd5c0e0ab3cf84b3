-- Schema 5, Annex A and the Standard Safeguarding Dataset: what each import of them changed. How a
-- council names its columns is a setting of its own (import-mapping:KIND).

-- What an import did to a child: records of a type added, changed, and known from the same source
-- before and missing from it now, which changes nothing. Of a child who is new, or missing as a
-- whole, one row of type "child". `import` is the import, or the job that tried it without saving.
CREATE TABLE import_change (
	import {int} NOT NULL,
	number {text} NOT NULL,
	type {text} NOT NULL,
	added {int} NOT NULL,
	edited {int} NOT NULL,
	missing {int} NOT NULL,
	PRIMARY KEY (import, number, type)
){keyed};

-- What was found in the files of a job before anybody said that they may be imported: how each column
-- was known (list, our field, the heading), and notes. And which import came of it.
ALTER TABLE job ADD COLUMN import {int};
CREATE TABLE job_column (
	job {int} NOT NULL,
	n {int} NOT NULL,
	list {text} NOT NULL,
	field {text} NOT NULL,
	heading {text} NOT NULL,
	how {text} NOT NULL,
	PRIMARY KEY (job, n)
){keyed};
