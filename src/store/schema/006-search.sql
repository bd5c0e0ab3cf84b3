-- Schema 6, search: who is hidden has no keys, and is come upon by no date of birth that is asked.

DELETE FROM search_key WHERE subject IN (SELECT subject FROM child_row WHERE openness = 3);
DROP INDEX child_row_by_born;
CREATE INDEX child_row_by_born ON child_row (born, openness);
CREATE INDEX child_row_hidden ON child_row (subject) WHERE openness = 3;
