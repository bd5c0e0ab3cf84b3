-- Schema 4, the desk. What waits for somebody's review is found without reading what was reviewed.
CREATE INDEX opening_to_review ON opening (review_by) WHERE reviewed_at IS NULL;
CREATE INDEX record_restriction_to_review ON record_restriction (review_on) WHERE ended IS NULL;

-- Who is invited to a meeting that is booked, or takes its minutes. What it lets them see follows from
-- the booking: a meeting that is moved takes its people with it, one that is withdrawn has none.
CREATE TABLE invitation (
	id {int} PRIMARY KEY,
	subject {int} NOT NULL,
	booking {int} NOT NULL,
	person {int} NOT NULL REFERENCES person (id),
	minutes {int} NOT NULL,
	invited_by {int} NOT NULL,
	at {int} NOT NULL,
	ended_at {int},
	handed_at {int}
){strict};
CREATE INDEX invitation_by_subject ON invitation (subject);
CREATE INDEX invitation_by_booking ON invitation (booking);
CREATE INDEX invitation_by_person ON invitation (person, at);
