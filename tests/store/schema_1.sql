-- What a store of schema 1 held: one child, as the first duly wrote it. Statements for both engines;
-- its key is thirty-two zero bytes.

UPDATE counter SET value = 64 WHERE name = 'id';
INSERT INTO authority (id, code) VALUES (1, 'EX1');
INSERT INTO subject (id, kind, authority, key, version, openness, import)
	VALUES (1, 'child', 'EX1', 'OLD1', 1, 0, NULL);
INSERT INTO record_child (id, version, subject, import, by_hand, draft, came_by, "number",
	"forename", "surname", "born")
	VALUES (2, 1, 1, 0, 0, 0, 'system', 'OLD1', 'Asha', 'Vintage', 16498);
INSERT INTO event (id, subject, word, on_day, thread, link, record, source, known_at, save)
	VALUES (3, 1, 'birth', 16498, 0, 0, 2, 'system', 1790000000000, 4);
INSERT INTO child_row (subject, authority, number, forename, surname, name_key, born, iro_key,
	chair_key, worker_key, team_key, openness, looked_after, on_plan, unknowns)
	VALUES (1, 'EX1', 'OLD1', 'Asha', 'Vintage', 'vintage asha', 16498, '', '', '', '', 0, 0, 0, 0);
INSERT INTO access (holder, subject, relation, level) VALUES (-21, 1, 3, 2);
INSERT INTO setting (key, value) VALUES
	('key-mark', 'd150104a45ad993945f3246358b3ddfaf0bda9a418e6180287d61790af9b9e04');
