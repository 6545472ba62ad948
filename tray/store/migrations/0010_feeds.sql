-- Calendars of the user's own, and of each what lies around now.

CREATE TABLE feed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  colour TEXT NOT NULL,
  path TEXT NOT NULL, -- of its file; empty: it has an address, which the keyring keeps
  etag TEXT NOT NULL DEFAULT '', -- of the copy that was read; empty: ask for all of it
  checked_at INTEGER, -- when it was last asked for, epoch seconds; NULL: not yet
  read_at INTEGER, -- when its events were last read, epoch seconds; NULL: not yet
  problem TEXT NOT NULL DEFAULT '' -- a sentence: why it could not be read, or what was left out
) STRICT;

CREATE TABLE feed_event (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  start INTEGER NOT NULL, -- epoch seconds; of an all-day event the midnight of UTC
  stop INTEGER NOT NULL CHECK (stop >= start), -- likewise; the first day that it is over
  all_day INTEGER NOT NULL CHECK (all_day IN (0, 1))
) STRICT;

CREATE INDEX feed_event_span ON feed_event (start, stop);
CREATE INDEX feed_event_feed ON feed_event (feed_id);
