-- Changes of entries are kept only while somebody asks for them: the local API says until when.

CREATE TABLE kept_changes (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since INTEGER NOT NULL, -- epoch seconds
  until INTEGER NOT NULL -- epoch seconds
) STRICT;

DROP TRIGGER entry_change_inserted;
DROP TRIGGER entry_change_updated;
DROP TRIGGER entry_change_deleted;
DELETE FROM entry_change;

CREATE TRIGGER entry_change_inserted AFTER INSERT ON entry
WHEN unixepoch() < (SELECT until FROM kept_changes) BEGIN
  INSERT INTO entry_change (entry_id, at) VALUES (new.id, unixepoch())
  ON CONFLICT (entry_id) DO UPDATE SET at = excluded.at, deleted = NULL;
END;

CREATE TRIGGER entry_change_updated AFTER UPDATE ON entry
WHEN unixepoch() < (SELECT until FROM kept_changes) BEGIN
  INSERT INTO entry_change (entry_id, at) VALUES (new.id, unixepoch())
  ON CONFLICT (entry_id) DO UPDATE SET at = excluded.at;
END;

CREATE TRIGGER entry_change_deleted AFTER DELETE ON entry
WHEN unixepoch() < (SELECT until FROM kept_changes) BEGIN
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
