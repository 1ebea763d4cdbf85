-- Judging in the workbench: one coding is found by its id, those of a stretch of text by their place, without reading
-- the document; and what is needed to measure how well people judge (testimonia.casebook.doubles).
CREATE INDEX coding_identity ON coding (coding, rendering);
CREATE INDEX coding_place ON coding (rendering, start, "end");

CREATE TABLE double_plan (              -- how documents are chosen for a second coder; one row once it was begun
  id INTEGER PRIMARY KEY CHECK (id = 1),
  share REAL NOT NULL CHECK (share BETWEEN 0 AND 1),
  least INTEGER NOT NULL,               -- documents of each language at least
  begun_at TEXT NOT NULL,
  begun_by TEXT NOT NULL,
  seeded REAL NOT NULL CHECK (seeded BETWEEN 0 AND 0.05),  -- share of wrong suggestions; 0: none
  revealed_at TEXT,
  revealed_by TEXT
) STRICT;

CREATE TABLE double_coding (            -- a document that somebody codes without seeing what others did
  rendering TEXT NOT NULL REFERENCES rendering (sha256),
  coder TEXT NOT NULL,                  -- a pseudonym
  began_at TEXT NOT NULL,
  finished_at TEXT,
  PRIMARY KEY (rendering, coder)
) STRICT, WITHOUT ROWID;

CREATE TABLE adjudication (             -- what a third person decided where two coders differ; never changed, never removed
  id INTEGER PRIMARY KEY,
  rendering TEXT NOT NULL REFERENCES rendering (sha256),
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  first TEXT NOT NULL,                  -- the pseudonyms of the two
  second TEXT NOT NULL,
  codings ANY NOT NULL,                 -- JSON object: their codings here, by id
  kept TEXT NOT NULL CHECK (kept IN ('first', 'second', 'both', 'neither')),
  who TEXT NOT NULL CHECK (who NOT IN (first, second)),
  at TEXT NOT NULL,
  seconds REAL
) STRICT;
CREATE INDEX adjudication_rendering ON adjudication (rendering);

CREATE TABLE seeded (                   -- a wrong suggestion, made to measure who notices; it is never a coding
  id TEXT NOT NULL PRIMARY KEY,
  rendering TEXT NOT NULL REFERENCES rendering (sha256),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  looks ANY NOT NULL,                   -- JSON object: the fields of the suggestion as it is shown
  wrong TEXT NOT NULL                   -- what is wrong with it, as a code
) STRICT, WITHOUT ROWID;
CREATE INDEX seeded_place ON seeded (rendering, start, "end");

CREATE TABLE seeded_judgement (         -- what people said of them; never changed, never removed
  id INTEGER PRIMARY KEY,
  seeded TEXT NOT NULL REFERENCES seeded (id),
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('suggested', 'accepted', 'corrected', 'rejected')),
  changes ANY,                          -- JSON object
  seconds REAL
) STRICT;
CREATE INDEX seeded_judgement_of ON seeded_judgement (seeded);

CREATE TRIGGER adjudication_is_not_changed BEFORE UPDATE ON adjudication
BEGIN SELECT raise(ABORT, 'adjudications are append-only'); END;
CREATE TRIGGER adjudication_is_not_removed BEFORE DELETE ON adjudication
BEGIN SELECT raise(ABORT, 'adjudications are append-only'); END;
CREATE TRIGGER seeded_judgement_is_not_changed BEFORE UPDATE ON seeded_judgement
BEGIN SELECT raise(ABORT, 'judgements of seeded suggestions are append-only'); END;
CREATE TRIGGER seeded_judgement_is_not_removed BEFORE DELETE ON seeded_judgement
BEGIN SELECT raise(ABORT, 'judgements of seeded suggestions are append-only'); END;
