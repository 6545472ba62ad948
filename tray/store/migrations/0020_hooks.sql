-- What programs of the user's own, the hooks, are to be told: noted in the transaction of the change
-- itself, and removed when they were told.

CREATE TABLE hook_watch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  events TEXT NOT NULL CHECK (json_valid(events)), -- a list: for which there are hooks
  depth INTEGER NOT NULL DEFAULT 0 -- above 0: a hook runs, for an event of that depth less one
) STRICT;

CREATE TABLE hook_row ( -- an entry that the present transaction has changed; empty outside of it
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL,
  timer INTEGER NOT NULL, -- whether it runs or ran
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;

CREATE TABLE hook_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, -- epoch seconds
  event TEXT NOT NULL,
  origin TEXT NOT NULL,
  program TEXT NOT NULL,
  depth INTEGER NOT NULL,
  details TEXT NOT NULL CHECK (json_valid(details)), -- what hooks are told beside these
  begun TEXT NOT NULL DEFAULT '' -- the hook that was begun last, of those in the order of names
) STRICT;

CREATE TABLE hook_failure (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE, -- of the hook
  message TEXT NOT NULL, -- a sentence
  shown INTEGER NOT NULL DEFAULT 0 -- whether the user has seen it
) STRICT;

CREATE TRIGGER hook_row_inserted AFTER INSERT ON entry
WHEN EXISTS (SELECT 1 FROM hook_watch) BEGIN
  INSERT INTO hook_row (entry_id, timer, after) VALUES (
    new.id,
    new.stop IS NULL,
    json_array(
      new.workspace_id, new.description, new.project_id, new.task_id, new.tag_ids, new.billable,
      new.start, new.stop
    )
  );
END;

CREATE TRIGGER hook_row_updated AFTER UPDATE ON entry
WHEN EXISTS (SELECT 1 FROM hook_watch) BEGIN
  INSERT INTO hook_row (entry_id, timer, before, after) VALUES (
    new.id,
    old.stop IS NULL OR new.stop IS NULL,
    json_array(
      old.workspace_id, old.description, old.project_id, old.task_id, old.tag_ids, old.billable,
      old.start, old.stop
    ),
    json_array(
      new.workspace_id, new.description, new.project_id, new.task_id, new.tag_ids, new.billable,
      new.start, new.stop
    )
  );
END;

CREATE TRIGGER hook_row_deleted AFTER DELETE ON entry
WHEN EXISTS (SELECT 1 FROM hook_watch) BEGIN
  INSERT INTO hook_row (entry_id, timer, before) VALUES (
    old.id,
    old.stop IS NULL,
    json_array(
      old.workspace_id, old.description, old.project_id, old.task_id, old.tag_ids, old.billable,
      old.start, old.stop
    )
  );
END;

CREATE TRIGGER hook_event_of_journal AFTER INSERT ON journal
WHEN new.kind IN ('refused', 'trouble')
  AND EXISTS (SELECT 1 FROM hook_watch, json_each(events) WHERE value = 'sync-problem') BEGIN
  INSERT INTO hook_event (at, event, origin, program, depth, details) VALUES (
    new.at, 'sync-problem', 'account', '', 0,
    json_object('problem', json_object('kind', new.kind, 'said', new.text))
  );
END;
