-- The records of a casebook. Every text that comes from outside (paths, words of documents) may hold lone
-- surrogates, which SQLite's TEXT cannot: such columns are ANY and hold TEXT where they can and UTF-8 with
-- surrogates let through as BLOB where they must.

-- Evidence ---------------------------------------------------------------------------------------------

CREATE TABLE collection (               -- a list in the sense of multiple systems estimation
  id INTEGER PRIMARY KEY,
  name ANY NOT NULL UNIQUE,
  keeper ANY,
  inclusion ANY,                        -- what gets a person onto it
  period TEXT,                          -- EDTF
  area ANY,
  dependence ANY                        -- known dependence on other lists
) STRICT;

CREATE TABLE source (
  pseudonym ANY NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL
    CHECK (kind IN ('survivor', 'witness', 'relative', 'official', 'publisher', 'document')),
  derives_from ANY REFERENCES source (pseudonym)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
  id INTEGER PRIMARY KEY,
  source ANY NOT NULL REFERENCES source (pseudonym),
  scope TEXT NOT NULL,
  audience ANY,
  state TEXT NOT NULL,
  given_on TEXT,
  until TEXT,
  evidence ANY
) STRICT;
CREATE INDEX consent_source ON consent (source);

CREATE TABLE item (
  file_sha256 TEXT NOT NULL PRIMARY KEY,
  bytes INTEGER NOT NULL,
  media_type TEXT,
  parent TEXT REFERENCES item (file_sha256),
  collection INTEGER REFERENCES collection (id),
  source ANY REFERENCES source (pseudonym),
  received_at TEXT NOT NULL,
  received_by TEXT NOT NULL,
  object TEXT NOT NULL UNIQUE,          -- keyed name of the file that holds the bytes
  wrapped_key BLOB NOT NULL             -- key of that file, wrapped
) STRICT, WITHOUT ROWID;
CREATE INDEX item_source ON item (source);

CREATE TABLE arrival (                  -- one row for every path found, read or not
  id INTEGER PRIMARY KEY,
  path ANY NOT NULL UNIQUE,
  file_sha256 TEXT REFERENCES item (file_sha256),
  bytes INTEGER NOT NULL,
  media_type TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('read', 'partly', 'unread')),
  pages INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  languages TEXT NOT NULL,              -- JSON list
  flags TEXT NOT NULL,                  -- JSON list
  reason ANY,
  remedy ANY,
  parent ANY                            -- path of the file it was found in
) STRICT;
CREATE INDEX arrival_item ON arrival (file_sha256);

CREATE TABLE rendering (
  sha256 TEXT NOT NULL PRIMARY KEY,     -- of the text in UTF-8
  text BLOB NOT NULL
) STRICT;

CREATE TABLE reading (                  -- how an item became a rendering
  file_sha256 TEXT NOT NULL PRIMARY KEY REFERENCES item (file_sha256),
  rendering TEXT NOT NULL REFERENCES rendering (sha256),
  media_type TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('read', 'partly', 'unread')),
  reason ANY,
  remedy ANY,
  flags TEXT NOT NULL,                  -- JSON list
  tool TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  parameters ANY NOT NULL,              -- JSON object
  metadata ANY NOT NULL                 -- JSON object
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_rendering ON reading (rendering);

CREATE TABLE page (
  file_sha256 TEXT NOT NULL REFERENCES reading (file_sha256),
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  label ANY NOT NULL,
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('complete', 'partial', 'unread')),
  reason ANY,
  PRIMARY KEY (file_sha256, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE passage (
  id INTEGER PRIMARY KEY,
  file_sha256 TEXT NOT NULL REFERENCES reading (file_sha256),
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text ANY NOT NULL,
  role TEXT NOT NULL,
  language TEXT NOT NULL,
  flags TEXT NOT NULL,                  -- JSON list, sorted
  source ANY REFERENCES source (pseudonym),
  UNIQUE (file_sha256, number)
) STRICT;

-- Judgement --------------------------------------------------------------------------------------------

CREATE TABLE coding (
  id INTEGER PRIMARY KEY,
  rendering TEXT NOT NULL REFERENCES rendering (sha256),
  coder TEXT NOT NULL,
  number INTEGER NOT NULL,              -- order in which the coder proposed it
  coding TEXT NOT NULL,                 -- sixteen hexadecimal digits that find the same judgement again
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote ANY NOT NULL,
  code TEXT,
  value ANY,
  min ANY,
  max ANY,
  unit ANY,
  comparator TEXT,
  value_status TEXT,
  modality TEXT NOT NULL,
  polarity TEXT NOT NULL,
  basis TEXT,
  parts ANY,                            -- JSON object: role -> [start, end, quote, value]
  attributes ANY,                       -- JSON object
  rule TEXT,
  cue ANY,
  confidence ANY,
  confidence_reason ANY,
  prefix ANY,
  suffix ANY,
  coder_version TEXT NOT NULL,
  codebook_sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('suggested', 'accepted', 'corrected', 'rejected', 'superseded'))
) STRICT;
CREATE INDEX coding_rendering ON coding (rendering, coder, number);

CREATE TABLE refused (                  -- what the gate turned away
  rendering TEXT NOT NULL REFERENCES rendering (sha256),
  coder TEXT NOT NULL,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (rendering, coder, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE review (                   -- decisions of people; never changed, never removed
  id INTEGER PRIMARY KEY,
  rendering TEXT NOT NULL,
  coding TEXT NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('suggested', 'accepted', 'corrected', 'rejected')),
  before ANY,                           -- JSON object of the fields that were changed
  after ANY,
  seconds REAL,
  blind INTEGER NOT NULL CHECK (blind IN (0, 1))
) STRICT;
CREATE INDEX review_coding ON review (rendering, coding);

CREATE TABLE assessment (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  scheme TEXT NOT NULL,
  grade TEXT NOT NULL,
  reason ANY,
  by TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

-- Records ----------------------------------------------------------------------------------------------

CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'group', 'organisation', 'place', 'event', 'act',
                                     'involvement', 'relation', 'figure', 'measure'))
) STRICT;

CREATE TABLE evidence (                 -- derived; rebuildable
  record INTEGER NOT NULL REFERENCES record (id),
  field TEXT NOT NULL,
  rendering TEXT NOT NULL,
  coding TEXT NOT NULL,
  part TEXT NOT NULL DEFAULT '',        -- role of the part, or nothing for the whole coding
  PRIMARY KEY (record, field, rendering, coding, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE match (                    -- clusters are computed, never stored
  a INTEGER NOT NULL REFERENCES record (id),
  b INTEGER NOT NULL REFERENCES record (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
  probability REAL CHECK (probability BETWEEN 0 AND 1),
  decided_by TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (a, b, decided_by, at),
  CHECK (a < b)
) STRICT, WITHOUT ROWID;

CREATE TABLE origin_graph (             -- one row once the origins have been worked out
  origins INTEGER NOT NULL,
  edges INTEGER NOT NULL
) STRICT;

CREATE TABLE origin (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  label ANY NOT NULL,
  kind TEXT NOT NULL,
  certainty TEXT NOT NULL CHECK (certainty IN ('stated', 'inferred', 'undecided')),
  reason ANY NOT NULL,
  documents TEXT NOT NULL               -- JSON list of file_sha256
) STRICT;

CREATE TABLE origin_edge (
  number INTEGER PRIMARY KEY,
  child TEXT NOT NULL,
  parent TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reports', 'quotes', 'reposts', 'copies', 'cites')),
  certainty TEXT NOT NULL CHECK (certainty IN ('stated', 'inferred', 'undecided')),
  reason ANY NOT NULL,
  rendering TEXT,
  start INTEGER,
  "end" INTEGER
) STRICT;

CREATE TABLE origin_of (
  coding TEXT NOT NULL PRIMARY KEY,
  origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- System -----------------------------------------------------------------------------------------------

CREATE TABLE term (
  scheme TEXT NOT NULL,
  code TEXT NOT NULL,
  broader TEXT,
  labels TEXT NOT NULL,                 -- JSON object: language -> label
  mappings TEXT NOT NULL,               -- JSON list of [scheme, code, exact | close | broad | none]
  PRIMARY KEY (scheme, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE work (                     -- what has been done and need not be done again
  stage TEXT NOT NULL,
  key ANY NOT NULL,
  PRIMARY KEY (stage, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE log (                      -- who, what, when, why: ids and keyed hashes only
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  why TEXT NOT NULL,
  seals BLOB NOT NULL,                  -- 32 bytes for each unit of content that changed: its name, its digest
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER review_is_not_changed BEFORE UPDATE ON review
BEGIN SELECT raise(ABORT, 'reviews are append-only'); END;
CREATE TRIGGER review_is_not_removed BEFORE DELETE ON review
BEGIN SELECT raise(ABORT, 'reviews are append-only'); END;
