-- Schema 3, policy. What somebody may see may end: an opened restricted record after an hour, cover
-- with the leave that it stands for.

ALTER TABLE access ADD COLUMN until {int};
