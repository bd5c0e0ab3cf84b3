-- Schema 3, bookings. When and where a meeting is held; on which days people work; which rooms there
-- are; and the secret addresses of calendar feeds. A time on the wall is minutes of the day, London.

ALTER TABLE record_booking ADD COLUMN "starts" {text};
ALTER TABLE record_booking ADD COLUMN "minutes" {int};
ALTER TABLE record_booking ADD COLUMN "room" {text};
ALTER TABLE record_booking ADD COLUMN "chair" {text};
ALTER TABLE version_booking ADD COLUMN "starts" {text};
ALTER TABLE version_booking ADD COLUMN "minutes" {int};
ALTER TABLE version_booking ADD COLUMN "room" {text};
ALTER TABLE version_booking ADD COLUMN "chair" {text};
CREATE INDEX record_booking_by_day ON record_booking ("on");

-- A weekday (0 Monday) on which somebody works, and from when until when. Of whom nothing stands
-- here, nothing is known.
CREATE TABLE working_day (
	person {int} NOT NULL REFERENCES person (id),
	weekday {int} NOT NULL,
	from_minute {int} NOT NULL,
	to_minute {int} NOT NULL,
	PRIMARY KEY (person, weekday)
){keyed};

CREATE TABLE room (
	id {int} PRIMARY KEY,
	authority {text} NOT NULL,
	name {text} NOT NULL,
	name_key {text} NOT NULL,
	seats {int},
	note {text} NOT NULL,
	closed {int} NOT NULL
){strict};
CREATE UNIQUE INDEX room_by_name ON room (authority, name_key);

-- The address's secret is made from the nonce and the store's key, which is not in here; it is found
-- by its hash. Who reads the database alone cannot read a feed.
CREATE TABLE diary_feed (
	person {int} PRIMARY KEY REFERENCES person (id),
	secret {bytes} NOT NULL,
	nonce {bytes} NOT NULL,
	made_at {int} NOT NULL
){strict};
CREATE UNIQUE INDEX diary_feed_by_secret ON diary_feed (secret);
CREATE INDEX child_row_by_siblings ON child_row (authority, sibling_group);
