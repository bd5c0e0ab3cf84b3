-- Schema 3, cover. Who stands in for whom, and who takes over: an arrangement is proposed, and each
-- child of it is accepted or refused by the one who would receive it. Until then the child stays
-- where it is. cause: 0 leave, 1 sickness, 2 leaving; stage: 0 proposed, 1 accepted, 2 refused,
-- 3 withdrawn before it was answered, 4 ended after it was accepted.

CREATE TABLE cover (
	id {int} PRIMARY KEY,
	authority {text} NOT NULL,
	away {int} NOT NULL REFERENCES person (id),
	cause {int} NOT NULL,
	first_day {int} NOT NULL,
	last_day {int},
	proposed_by {int} NOT NULL,
	proposed_at {int} NOT NULL,
	note {text}
){strict};
CREATE INDEX cover_by_away ON cover (away);
CREATE INDEX cover_by_authority ON cover (authority, id);

CREATE TABLE cover_child (
	id {int} PRIMARY KEY,
	cover {int} NOT NULL REFERENCES cover (id),
	subject {int} NOT NULL,
	receiver {int} NOT NULL,
	stage {int} NOT NULL,
	answered_at {int},
	answer {text}
){strict};
CREATE INDEX cover_child_by_cover ON cover_child (cover);
CREATE INDEX cover_child_by_subject ON cover_child (subject);
CREATE INDEX cover_child_by_receiver ON cover_child (receiver, stage);

-- Whose it is while somebody who covers for them has it; 0: its own person has it.
ALTER TABLE draft ADD COLUMN home {int} NOT NULL DEFAULT 0;
ALTER TABLE notice ADD COLUMN home {int} NOT NULL DEFAULT 0;
