-- Who was there: questions about absences, what was reminded of, and the latest sign of life.

CREATE TABLE absence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id INTEGER NOT NULL, -- the entry that ran; it may have been deleted since
  cause TEXT NOT NULL CHECK (cause IN ('idle', 'lock', 'sleep', 'off')),
  state TEXT NOT NULL CHECK (
    state IN (
      'open', -- to be answered
      'waiting', -- its turn comes when the open one is answered
      'answered',
      'undone' -- the answer was taken back; it is not asked again
    )
  ),
  stretches TEXT NOT NULL CHECK (json_type(stretches) IS 'array') -- [[begin, back or null], …]
) STRICT;

CREATE INDEX absence_unanswered ON absence (state) WHERE state IN ('open', 'waiting');

-- One row for each kind of reminder that was ever due.
CREATE TABLE reminder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL UNIQUE,
  due_at INTEGER, -- epoch seconds; NULL: not as things are
  told_at INTEGER, -- when it was told last, epoch seconds
  entry_id INTEGER, -- the entry that ran then
  snoozed_until INTEGER -- epoch seconds
) STRICT;

CREATE TABLE sign (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  alive_at INTEGER NOT NULL, -- when the program was last known to run, epoch seconds
  away_begin INTEGER, -- the latest absence that counts, whether or not an entry ran
  away_back INTEGER -- NULL: it lasts
) STRICT;
