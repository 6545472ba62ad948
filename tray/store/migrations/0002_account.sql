-- An account: which row is which thing of the server, what the server has yet to be told, what was
-- exchanged, and how many requests are left.

CREATE TABLE account (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  url TEXT NOT NULL,
  auth TEXT NOT NULL, -- basic or bearer
  connection TEXT NOT NULL DEFAULT '', -- which of the gateway's connections
  user_id INTEGER NOT NULL, -- the server's
  name TEXT NOT NULL, -- whom it belongs to, as shown
  signed_in INTEGER NOT NULL DEFAULT 1 CHECK (signed_in IN (0, 1)),
  joined TEXT NOT NULL DEFAULT 'later', -- entries made before: upload, keep or later
  cursor INTEGER NOT NULL DEFAULT 0, -- the latest change seen, microseconds of the server's clock
  filled_to INTEGER, -- history is here from this start on, epoch seconds; NULL: not begun
  filled INTEGER NOT NULL DEFAULT 0 CHECK (filled IN (0, 1)), -- all that the server gives at once
  compare INTEGER NOT NULL DEFAULT 0 CHECK (compare IN (0, 1)), -- filling also finds what is gone
  older_from INTEGER, -- older history is wanted from here, epoch seconds; NULL: none is
  older_next TEXT NOT NULL DEFAULT '', -- where its next page begins
  skew INTEGER NOT NULL DEFAULT 0, -- the server's clock less ours, seconds
  catalogue_at INTEGER, -- projects and the like were read, epoch seconds; NULL: have to be
  asked_at INTEGER NOT NULL DEFAULT 0, -- changes were asked for, epoch seconds
  changed_at INTEGER NOT NULL DEFAULT 0, -- something made elsewhere last came, epoch seconds
  last_sync INTEGER, -- everything was exchanged, epoch seconds
  failures INTEGER NOT NULL DEFAULT 0, -- requests that failed in a row
  next_at INTEGER NOT NULL DEFAULT 0, -- no request before, epoch seconds
  trouble TEXT NOT NULL DEFAULT '', -- kind of the error that holds everything up
  said TEXT NOT NULL DEFAULT '' -- the same as a sentence
) STRICT;

CREATE TABLE remote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  remote_id INTEGER NOT NULL,
  at INTEGER NOT NULL, -- of the base, microseconds
  base TEXT NOT NULL CHECK (json_valid(base)) -- the server's latest version, in our columns
) STRICT;

CREATE UNIQUE INDEX remote_by_row ON remote (of_table, row_id);
CREATE UNIQUE INDEX remote_by_id ON remote (of_table, remote_id);

-- One row for each thing that has to be told. What exactly follows from the thing and its base.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  noted_at INTEGER NOT NULL DEFAULT (unixepoch()), -- its latest change
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (
    state IN (
      'waiting',
      'sending',
      'unknown', -- a create that was sent, or may have been: look for it before sending it
      'refused',
      'gone' -- deleted on the server, changed here
    )
  ),
  sent TEXT CHECK (sent IS NULL OR json_valid(sent)), -- columns sent; NULL: it was deleted
  sent_at INTEGER,
  above INTEGER NOT NULL DEFAULT 0, -- the server's id of what was sent is higher than this
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0, -- epoch seconds
  alone INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)), -- not told together with others
  field TEXT, -- that was refused
  error TEXT -- why, as a sentence
) STRICT;

CREATE UNIQUE INDEX outbox_by_row ON outbox (of_table, row_id);
CREATE INDEX outbox_by_state ON outbox (state, id);

-- Things that stay on this computer.
CREATE TABLE apart (
  id INTEGER PRIMARY KEY,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX apart_by_row ON apart (of_table, row_id);

-- Entries sent to the server lately, to know those that come back: one that got no answer, or a
-- second copy of one that did.
CREATE TABLE made (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_id INTEGER NOT NULL,
  start INTEGER NOT NULL, -- of the entry, as it was sent
  sent TEXT NOT NULL CHECK (json_valid(sent)),
  above INTEGER NOT NULL, -- the server's id of what was sent is higher than this
  at INTEGER NOT NULL, -- when it was made there, microseconds of the server's clock
  doubtful INTEGER NOT NULL CHECK (doubtful IN (0, 1)) -- it may have been made more than once
) STRICT;

CREATE INDEX made_by_start ON made (start);

-- Changes that were sent and got no answer: they may still be carried out, after later ones.
CREATE TABLE echo (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  told TEXT CHECK (told IS NULL OR json_valid(told)), -- columns; NULL: it was deleted
  at INTEGER NOT NULL -- microseconds of the server's clock
) STRICT;

-- A field that was changed both here and on the server.
CREATE TABLE conflict (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  ours TEXT NOT NULL CHECK (json_valid(ours)),
  theirs TEXT NOT NULL CHECK (json_valid(theirs)),
  kept TEXT NOT NULL CHECK (kept IN ('ours', 'theirs')),
  at INTEGER NOT NULL -- epoch seconds
) STRICT;

CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, -- epoch seconds
  kind TEXT NOT NULL, -- sent, received, merged, refused, trouble, account
  said TEXT NOT NULL
) STRICT;

-- Requests left this hour, one row for each count that the server keeps.
CREATE TABLE bucket (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kept TEXT NOT NULL CHECK (json_valid(kept))
) STRICT;
