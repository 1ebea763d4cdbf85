-- Lists of people: how their files were read, the records that their rows became, and what is said of pairs of
-- records. A decision of a person is never changed or removed; what a machine says is replaced by what it says next.
CREATE TABLE list_file (
  file_sha256 TEXT NOT NULL PRIMARY KEY REFERENCES item (file_sha256),
  name ANY NOT NULL,
  columns ANY NOT NULL,                 -- JSON object: field -> number of the column
  headings ANY NOT NULL,                -- JSON list
  reader TEXT NOT NULL                  -- what read it, with its version
) STRICT, WITHOUT ROWID;

CREATE TABLE listed (                   -- a row of a list as a record
  record INTEGER PRIMARY KEY REFERENCES record (id),
  record_id ANY NOT NULL UNIQUE,
  collection INTEGER NOT NULL REFERENCES collection (id),
  file_sha256 TEXT NOT NULL REFERENCES list_file (file_sha256),
  row INTEGER                           -- NULL: a later version of the file no longer has it
) STRICT;
CREATE INDEX listed_file ON listed (file_sha256);

CREATE TABLE row_error (
  file_sha256 TEXT NOT NULL REFERENCES list_file (file_sha256),
  number INTEGER NOT NULL,
  row INTEGER NOT NULL,                 -- 0: the whole file
  "column" ANY NOT NULL,
  what ANY NOT NULL,
  remedy ANY NOT NULL,
  PRIMARY KEY (file_sha256, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE match_4 (
  id INTEGER PRIMARY KEY,
  a INTEGER NOT NULL REFERENCES record (id),
  b INTEGER NOT NULL REFERENCES record (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
  probability REAL CHECK (probability BETWEEN 0 AND 1),
  decided_by TEXT NOT NULL,
  at TEXT NOT NULL,
  by_person INTEGER NOT NULL CHECK (by_person IN (0, 1)),
  seconds REAL,
  chosen TEXT NOT NULL DEFAULT '',      -- why the pair was asked about: queue, audit, second, adjudication
  CHECK (a < b)
) STRICT;
INSERT INTO match_4 (a, b, verdict, probability, decided_by, at, by_person)
  SELECT a, b, verdict, probability, decided_by, at, 1 FROM match;
DROP TABLE match;
ALTER TABLE match_4 RENAME TO match;
CREATE INDEX match_pair ON match (a, b);
CREATE INDEX match_by ON match (decided_by);

CREATE TABLE linkage (                  -- the last linkage: one row
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at TEXT NOT NULL,
  lists ANY NOT NULL,                   -- JSON list of names, in the order of the patterns
  summary ANY NOT NULL                  -- JSON object, record ids at most
) STRICT;

CREATE TABLE partition_draw (           -- people by capture pattern, in each draw of who is the same
  number INTEGER PRIMARY KEY,           -- 0: the table of the clusters themselves
  counts TEXT NOT NULL                  -- JSON object: pattern (a bit mask of lists) -> people
) STRICT;

CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON match WHEN OLD.by_person
BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decision_is_not_removed BEFORE DELETE ON match WHEN OLD.by_person
BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
