-- Schema 4, the desk. What waits for somebody's review is found without reading what was reviewed.
CREATE INDEX opening_to_review ON opening (review_by) WHERE reviewed_at IS NULL;
CREATE INDEX record_restriction_to_review ON record_restriction (review_on) WHERE ended IS NULL;
