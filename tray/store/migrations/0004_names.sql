-- Tables and columns by the words of the field. The kind of error that holds the exchange up is a
-- value of its own, where it was the name of a class of the program.

DROP TRIGGER entry_inserted;
DROP TRIGGER entry_deleted;
DROP TRIGGER entry_updated;
DROP VIEW counted_out;
DROP VIEW counted_in;
DROP INDEX done_what;
ALTER TABLE done RENAME TO past_activity;

CREATE UNIQUE INDEX past_activity_unique ON past_activity (
  description, ifnull(project_id, 0), ifnull(task_id, 0), tag_ids, billable, workspace_id
);

-- What the three triggers on entries do, written once: insert an entry's columns into one of these
-- two views to count it in, or out again.
CREATE VIEW added_activity AS
  SELECT workspace_id, description, project_id, task_id, tag_ids, billable, start FROM entry;
CREATE VIEW removed_activity AS SELECT * FROM added_activity;

CREATE TRIGGER count_added INSTEAD OF INSERT ON added_activity BEGIN
  INSERT INTO past_activity (
    workspace_id, description, project_id, task_id, tag_ids, billable, uses, last_used,
    slot_0, slot_1, slot_2, slot_3, slot_4, slot_5, slot_6, slot_7
  ) VALUES (
    new.workspace_id, new.description, new.project_id, new.task_id, new.tag_ids, new.billable,
    1, new.start,
    new.start / 10800 % 8 = 0, new.start / 10800 % 8 = 1,
    new.start / 10800 % 8 = 2, new.start / 10800 % 8 = 3,
    new.start / 10800 % 8 = 4, new.start / 10800 % 8 = 5,
    new.start / 10800 % 8 = 6, new.start / 10800 % 8 = 7
  )
  ON CONFLICT (
    description, ifnull(project_id, 0), ifnull(task_id, 0), tag_ids, billable, workspace_id
  ) DO UPDATE SET
    uses = uses + 1, last_used = max(last_used, excluded.last_used),
    slot_0 = slot_0 + excluded.slot_0, slot_1 = slot_1 + excluded.slot_1,
    slot_2 = slot_2 + excluded.slot_2, slot_3 = slot_3 + excluded.slot_3,
    slot_4 = slot_4 + excluded.slot_4, slot_5 = slot_5 + excluded.slot_5,
    slot_6 = slot_6 + excluded.slot_6, slot_7 = slot_7 + excluded.slot_7;
END;

CREATE TRIGGER count_removed INSTEAD OF INSERT ON removed_activity BEGIN
  DELETE FROM past_activity
  WHERE uses = 1 AND description = new.description
    AND ifnull(project_id, 0) = ifnull(new.project_id, 0)
    AND ifnull(task_id, 0) = ifnull(new.task_id, 0)
    AND tag_ids = new.tag_ids AND billable = new.billable AND workspace_id = new.workspace_id;
  UPDATE past_activity SET
    uses = uses - 1,
    last_used = (
      SELECT max(start) FROM entry
      WHERE description = new.description AND project_id IS new.project_id
        AND task_id IS new.task_id AND tag_ids = new.tag_ids AND billable = new.billable
        AND workspace_id = new.workspace_id
    ),
    slot_0 = slot_0 - (new.start / 10800 % 8 = 0), slot_1 = slot_1 - (new.start / 10800 % 8 = 1),
    slot_2 = slot_2 - (new.start / 10800 % 8 = 2), slot_3 = slot_3 - (new.start / 10800 % 8 = 3),
    slot_4 = slot_4 - (new.start / 10800 % 8 = 4), slot_5 = slot_5 - (new.start / 10800 % 8 = 5),
    slot_6 = slot_6 - (new.start / 10800 % 8 = 6), slot_7 = slot_7 - (new.start / 10800 % 8 = 7)
  WHERE description = new.description
    AND ifnull(project_id, 0) = ifnull(new.project_id, 0)
    AND ifnull(task_id, 0) = ifnull(new.task_id, 0)
    AND tag_ids = new.tag_ids AND billable = new.billable AND workspace_id = new.workspace_id;
END;

CREATE TRIGGER entry_inserted AFTER INSERT ON entry BEGIN
  INSERT INTO added_activity VALUES (new.workspace_id, new.description, new.project_id,
    new.task_id, new.tag_ids, new.billable, new.start);
END;

CREATE TRIGGER entry_deleted AFTER DELETE ON entry BEGIN
  INSERT INTO removed_activity VALUES (old.workspace_id, old.description, old.project_id,
    old.task_id, old.tag_ids, old.billable, old.start);
END;

CREATE TRIGGER entry_updated
AFTER UPDATE OF workspace_id, description, project_id, task_id, tag_ids, billable, start ON entry
BEGIN
  INSERT INTO removed_activity VALUES (old.workspace_id, old.description, old.project_id,
    old.task_id, old.tag_ids, old.billable, old.start);
  INSERT INTO added_activity VALUES (new.workspace_id, new.description, new.project_id,
    new.task_id, new.tag_ids, new.billable, new.start);
END;

ALTER TABLE account DROP COLUMN joined;
ALTER TABLE account RENAME COLUMN filled_to TO history_from;
ALTER TABLE account RENAME COLUMN filled TO history_complete;
ALTER TABLE account RENAME COLUMN compare TO find_deleted;
ALTER TABLE account RENAME COLUMN skew TO clock_skew;
ALTER TABLE account RENAME COLUMN catalogue_at TO catalogue_read_at;
ALTER TABLE account RENAME COLUMN asked_at TO changes_read_at;
ALTER TABLE account RENAME COLUMN changed_at TO remote_change_at;
ALTER TABLE account RENAME COLUMN next_at TO next_request_at;
ALTER TABLE account RENAME COLUMN trouble TO error_kind; -- see SyncErrorKind; '': none
ALTER TABLE account RENAME COLUMN said TO error_text;
UPDATE account SET error_kind = CASE error_kind
  WHEN '' THEN ''
  WHEN 'Offline' THEN 'offline'
  WHEN 'NoAnswer' THEN 'no_answer'
  WHEN 'ServerFailed' THEN 'server_failed'
  WHEN 'TooFast' THEN 'too_fast'
  WHEN 'QuotaSpent' THEN 'quota_spent'
  WHEN 'SignInRefused' THEN 'sign_in_refused'
  WHEN 'GatewayRefused' THEN 'gateway_refused'
  WHEN 'BadAddress' THEN 'bad_address'
  WHEN 'Untrusted' THEN 'untrusted_certificate'
  WHEN 'EndpointGone' THEN 'endpoint_gone'
  WHEN 'ServerRefused' THEN 'server_refused'
  WHEN 'PremiumNeeded' THEN 'premium_needed'
  WHEN 'NoAccess' THEN 'no_access'
  WHEN 'Gone' THEN 'gone'
  WHEN 'AlreadyStopped' THEN 'already_stopped'
  WHEN 'BadReply' THEN 'bad_reply'
  ELSE 'other'
END;

ALTER TABLE outbox RENAME COLUMN noted_at TO changed_at;
ALTER TABLE outbox RENAME COLUMN above TO remote_id_above;
ALTER TABLE outbox RENAME COLUMN alone TO unbatched;

ALTER TABLE apart RENAME TO local_only;
DROP INDEX apart_by_row;
CREATE UNIQUE INDEX local_only_by_row ON local_only (of_table, row_id);

ALTER TABLE made RENAME TO sent_create;
ALTER TABLE sent_create RENAME COLUMN above TO remote_id_above;
ALTER TABLE sent_create RENAME COLUMN doubtful TO maybe_repeated;
DROP INDEX made_by_start;
CREATE INDEX sent_create_by_start ON sent_create (start);

ALTER TABLE echo RENAME TO unanswered_request;
ALTER TABLE unanswered_request RENAME COLUMN told TO sent;

ALTER TABLE journal RENAME COLUMN said TO text;

ALTER TABLE bucket RENAME TO quota;
ALTER TABLE quota RENAME COLUMN kept TO counts;

ALTER TABLE reminder RENAME COLUMN told_at TO notified_at;

ALTER TABLE sign RENAME TO heartbeat;
