-- Where one entry runs in all profiles together: what a start here owes to the others, and what was
-- done for a start in another.

CREATE TABLE owed_stop (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE, -- by which the other profile knows that it was done
  entry_id INTEGER NOT NULL, -- what was started
  begin INTEGER NOT NULL, -- of that entry, epoch seconds
  at INTEGER NOT NULL, -- when it was started, epoch seconds
  ordered INTEGER NOT NULL, -- the same in nanoseconds: which of two starts was later
  done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;

CREATE TABLE settled_stop (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE -- of the owed stop in the other profile
) STRICT;
