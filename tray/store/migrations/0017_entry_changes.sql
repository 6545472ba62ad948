-- When each entry was last changed on this computer, by whomever, and what is gone: whoever keeps a
-- copy of the entries asks what has changed since he last did.

CREATE TABLE entry_change (
  entry_id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL, -- epoch seconds
  deleted TEXT CHECK (deleted IS NULL OR json_valid(deleted)) -- what it was; NULL: it is there
) STRICT;

CREATE INDEX entry_change_by_time ON entry_change (at);

CREATE TRIGGER entry_change_inserted AFTER INSERT ON entry BEGIN
  INSERT INTO entry_change (entry_id, at) VALUES (new.id, unixepoch())
  ON CONFLICT (entry_id) DO UPDATE SET at = excluded.at, deleted = NULL;
END;

CREATE TRIGGER entry_change_updated AFTER UPDATE ON entry BEGIN
  INSERT INTO entry_change (entry_id, at) VALUES (new.id, unixepoch())
  ON CONFLICT (entry_id) DO UPDATE SET at = excluded.at;
END;

CREATE TRIGGER entry_change_deleted AFTER DELETE ON entry BEGIN
  INSERT INTO entry_change (entry_id, at, deleted) VALUES (
    old.id,
    unixepoch(),
    json_object(
      'workspace_id', old.workspace_id, 'description', old.description,
      'project_id', old.project_id, 'task_id', old.task_id, 'tag_ids', old.tag_ids,
      'billable', old.billable, 'start', old.start, 'stop', old.stop,
      'remote_id', (SELECT remote_id FROM remote WHERE of_table = 'entry' AND row_id = old.id)
    )
  )
  ON CONFLICT (entry_id) DO UPDATE SET at = excluded.at, deleted = excluded.deleted;
END;
