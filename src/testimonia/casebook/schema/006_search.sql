-- Searching in the workbench: which documents somebody has opened, and which codes there are to search by.
CREATE TABLE seen (
  who TEXT NOT NULL,                    -- a pseudonym
  file_sha256 TEXT NOT NULL REFERENCES item (file_sha256),
  at TEXT NOT NULL,                     -- the first time
  PRIMARY KEY (who, file_sha256)
) STRICT, WITHOUT ROWID;

CREATE INDEX coding_meaning ON coding (kind, code);
CREATE INDEX passage_place ON passage (file_sha256, start);
