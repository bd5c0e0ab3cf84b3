-- Schema 4, families. A person around a child who has a record of their own here, as a young parent
-- has: by the council's number, so that nobody gives mother and baby the same reviewing officer unasked.
ALTER TABLE record_person_around ADD COLUMN "own_number" {text};
ALTER TABLE version_person_around ADD COLUMN "own_number" {text};
CREATE INDEX record_person_around_own ON record_person_around (own_number) WHERE own_number IS NOT NULL;
