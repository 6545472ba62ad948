-- What reports are read from: the time of each day by project, so that years of it are summed at
-- once, and the reports that were saved.

-- The days for which totals are kept, as the user's zone and hour have them. Each stands for itself:
-- a day that is not here is summed from its entries.
CREATE TABLE totalled_day (
  begin INTEGER PRIMARY KEY, -- epoch seconds
  end INTEGER NOT NULL -- of the day after
) STRICT;

CREATE TABLE day_total (
  day INTEGER NOT NULL, -- its begin
  workspace_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL, -- 0: none
  billable INTEGER NOT NULL,
  seconds INTEGER NOT NULL, -- of finished entries, what lies in the day
  begun_seconds INTEGER NOT NULL, -- whole entries that began in the day
  PRIMARY KEY (day, workspace_id, project_id, billable)
) STRICT, WITHOUT ROWID;

-- What the triggers on entries do, written once: insert an entry's columns into one of these two
-- views to add its time, or to take it away.
CREATE VIEW added_time AS
  SELECT workspace_id, project_id, billable, start, stop FROM entry;
CREATE VIEW removed_time AS SELECT * FROM added_time;

-- No day is longer than two of 24 hours, not even where clocks are set back across its end.
CREATE TRIGGER total_added INSTEAD OF INSERT ON added_time WHEN new.stop IS NOT NULL BEGIN
  INSERT INTO day_total (
    day, workspace_id, project_id, billable, seconds, begun_seconds
  )
  SELECT
    begin, new.workspace_id, ifnull(new.project_id, 0), new.billable,
    min(end, new.stop) - max(begin, new.start),
    iif(begin <= new.start, new.stop - new.start, 0)
  FROM totalled_day
  WHERE begin > new.start - 172800 AND begin < max(new.stop, new.start + 1) AND end > new.start
  ON CONFLICT (day, workspace_id, project_id, billable) DO UPDATE SET
    seconds = seconds + excluded.seconds,
    begun_seconds = begun_seconds + excluded.begun_seconds;
END;

CREATE TRIGGER total_removed INSTEAD OF INSERT ON removed_time WHEN new.stop IS NOT NULL BEGIN
  UPDATE day_total SET
    seconds = seconds - (min(d.end, new.stop) - max(d.begin, new.start)),
    begun_seconds = begun_seconds - iif(d.begin <= new.start, new.stop - new.start, 0)
  FROM totalled_day AS d
  WHERE d.begin > new.start - 172800 AND d.begin < max(new.stop, new.start + 1)
    AND d.end > new.start
    AND day = d.begin AND workspace_id = new.workspace_id
    AND project_id = ifnull(new.project_id, 0) AND billable = new.billable;
END;

CREATE TRIGGER entry_time_inserted AFTER INSERT ON entry BEGIN
  INSERT INTO added_time VALUES (
    new.workspace_id, new.project_id, new.billable, new.start, new.stop
  );
END;

CREATE TRIGGER entry_time_deleted AFTER DELETE ON entry BEGIN
  INSERT INTO removed_time VALUES (
    old.workspace_id, old.project_id, old.billable, old.start, old.stop
  );
END;

CREATE TRIGGER entry_time_updated
AFTER UPDATE OF workspace_id, project_id, billable, start, stop ON entry
BEGIN
  INSERT INTO removed_time VALUES (
    old.workspace_id, old.project_id, old.billable, old.start, old.stop
  );
  INSERT INTO added_time VALUES (
    new.workspace_id, new.project_id, new.billable, new.start, new.stop
  );
END;

CREATE TABLE saved_report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition))
) STRICT;
