-- A path at which other bytes are found later is another row: the name of the earlier version is evidence too, and
-- two folders may hold files of one name.
CREATE TABLE arrival_3 (
  id INTEGER PRIMARY KEY,
  path ANY NOT NULL,
  file_sha256 TEXT REFERENCES item (file_sha256),
  bytes INTEGER NOT NULL,
  media_type TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('read', 'partly', 'unread')),
  pages INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  languages TEXT NOT NULL,
  flags TEXT NOT NULL,
  reason ANY,
  remedy ANY,
  parent ANY
) STRICT;
INSERT INTO arrival_3 SELECT id, path, file_sha256, bytes, media_type, outcome, pages, characters, languages, flags,
  reason, remedy, parent FROM arrival;
DROP TABLE arrival;
ALTER TABLE arrival_3 RENAME TO arrival;
CREATE INDEX arrival_item ON arrival (file_sha256);
CREATE UNIQUE INDEX arrival_once ON arrival (path, ifnull(file_sha256, ''));
