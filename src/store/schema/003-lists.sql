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
