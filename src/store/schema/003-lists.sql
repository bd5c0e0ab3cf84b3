-- Schema 3, lists. What a child is searched by: the parts of the name, folded, each with how it
-- sounds, and the council's number. Made with the child's row, from the same records. What is
-- by name is found by those alone who may see the name.

CREATE TABLE search_key (
	subject {int} NOT NULL,
	by_name {int} NOT NULL,
	key {text} NOT NULL,
	sound {text} NOT NULL,
	PRIMARY KEY (subject, by_name, key)
){keyed};
CREATE INDEX search_key_by_key ON search_key (key);
CREATE INDEX search_key_by_sound ON search_key (sound);
CREATE INDEX child_row_by_born ON child_row (born);

-- What happened since yesterday, and who was looked after when: the newest first.
CREATE INDEX event_by_known ON event (known_at);
CREATE INDEX event_by_withdrawal ON event (withdrawn_at) WHERE withdrawn_at IS NOT NULL;
CREATE INDEX record_cla_review_by_day ON record_cla_review (held);
-- The service's numbers read the clocks of a few rules.
CREATE INDEX clock_by_rule ON clock (rule, due);
CREATE INDEX version_allocation_by_day ON version_allocation (changed_at);
CREATE INDEX version_child_by_day ON version_child (changed_at);

-- When the child was last heard, and last seen or spoken with by the reviewing service: 1 alone,
-- 0 not alone, NULL not said. Who are brothers and sisters: the council and its name for the group,
-- since two councils may use one name.
ALTER TABLE child_row ADD COLUMN view_on {int};
ALTER TABLE child_row ADD COLUMN contact_on {int};
ALTER TABLE child_row ADD COLUMN contact_alone {int};
ALTER TABLE child_row ADD COLUMN sibling_key {text};

-- What a child counts towards in the ten numbers of the service, on the day that it was made for: a
-- bit a measure. Made with the child's row and anew each day; a row of another day is not read. Made
-- for 0: the subject is not listed, and counts nothing on any day.
-- waits: of what waits, "measure:day measure:day", in order.
CREATE TABLE monday_row (
	subject {int} PRIMARY KEY,
	made_for {int} NOT NULL,
	within {int} NOT NULL,
	counted {int} NOT NULL,
	unsure {int} NOT NULL,
	carried {int} NOT NULL,
	officer {int} NOT NULL,
	chair {int} NOT NULL,
	waits {text} NOT NULL
){strict};
