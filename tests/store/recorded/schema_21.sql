BEGIN TRANSACTION;
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
INSERT INTO "absence" VALUES(1,1,'idle','open','[[1795000300,1795000500]]');
CREATE TABLE account (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  url TEXT NOT NULL,
  auth TEXT NOT NULL, -- basic or bearer
  connection TEXT NOT NULL DEFAULT '', -- which of the gateway's connections
  user_id INTEGER NOT NULL, -- the server's
  name TEXT NOT NULL, -- whom it belongs to, as shown
  signed_in INTEGER NOT NULL DEFAULT 1 CHECK (signed_in IN (0, 1)),
  cursor INTEGER NOT NULL DEFAULT 0, -- the latest change seen, microseconds of the server's clock
  history_from INTEGER, -- history is here from this start on, epoch seconds; NULL: not begun
  history_complete INTEGER NOT NULL DEFAULT 0 CHECK (history_complete IN (0, 1)), -- all that the server gives at once
  find_deleted INTEGER NOT NULL DEFAULT 0 CHECK (find_deleted IN (0, 1)), -- filling also finds what is gone
  older_from INTEGER, -- older history is wanted from here, epoch seconds; NULL: none is
  older_next TEXT NOT NULL DEFAULT '', -- where its next page begins
  clock_skew INTEGER NOT NULL DEFAULT 0, -- the server's clock less ours, seconds
  catalogue_read_at INTEGER, -- projects and the like were read, epoch seconds; NULL: have to be
  changes_read_at INTEGER NOT NULL DEFAULT 0, -- changes were asked for, epoch seconds
  remote_change_at INTEGER NOT NULL DEFAULT 0, -- something made elsewhere last came, epoch seconds
  last_sync INTEGER, -- everything was exchanged, epoch seconds
  failures INTEGER NOT NULL DEFAULT 0, -- requests that failed in a row
  next_request_at INTEGER NOT NULL DEFAULT 0, -- no request before, epoch seconds
  error_kind TEXT NOT NULL DEFAULT '', -- kind of the error that holds everything up
  error_text TEXT NOT NULL DEFAULT '' -- the same as a sentence
, email TEXT NOT NULL DEFAULT '', time_zone TEXT NOT NULL DEFAULT '', not_before INTEGER NOT NULL DEFAULT 0, quota_read_at INTEGER NOT NULL DEFAULT 0, token_mark TEXT NOT NULL DEFAULT '', date_format TEXT, time_format TEXT, beginning_of_week INTEGER CHECK (beginning_of_week BETWEEN 0 AND 6), formats_read_at INTEGER, duration_format TEXT) STRICT;
INSERT INTO "account" VALUES(1,'https://example.org/api/v9','basic','',7,'Cook',1,0,NULL,1,0,NULL,'',0,NULL,0,0,NULL,0,0,'','','','',0,0,'',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE change (
  step_id INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before TEXT CHECK (before IS NULL OR json_valid(before)), -- columns changed; NULL: row made
  after TEXT CHECK (after IS NULL OR json_valid(after)), -- NULL: row deleted
  PRIMARY KEY (step_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "change" VALUES(1,1,'client',1,NULL,'{"workspace_id":1,"name":"Cooking Club","archived":0}');
INSERT INTO "change" VALUES(2,1,'project',1,NULL,'{"workspace_id":1,"name":"Recipes","client_id":1,"colour":"#0b83d9","archived":0,"billable":0}');
INSERT INTO "change" VALUES(3,1,'task',1,NULL,'{"project_id":1,"name":"Soups","archived":0}');
INSERT INTO "change" VALUES(4,1,'tag',1,NULL,'{"workspace_id":1,"name":"tasty","archived":0}');
INSERT INTO "change" VALUES(4,2,'tag',2,NULL,'{"workspace_id":1,"name":"hot","archived":0}');
INSERT INTO "change" VALUES(4,3,'entry',1,NULL,'{"workspace_id":1,"description":"Taste it; write “good”","project_id":1,"task_id":1,"tag_ids":"[1,2]","billable":1,"start":1795000000,"stop":null}');
INSERT INTO "change" VALUES(5,1,'entry',1,'{"stop":null}','{"stop":1795000600}');
INSERT INTO "change" VALUES(6,1,'entry',2,NULL,'{"workspace_id":1,"description":"写食谱","project_id":null,"task_id":null,"tag_ids":"[]","billable":0,"start":1795000700,"stop":1795000900}');
INSERT INTO "change" VALUES(7,1,'entry',3,NULL,'{"workspace_id":1,"description":"写食谱","project_id":null,"task_id":null,"tag_ids":"[]","billable":0,"start":1795000700,"stop":1795000900}');
INSERT INTO "change" VALUES(8,1,'entry',3,'{"workspace_id":1,"description":"写食谱","project_id":null,"task_id":null,"tag_ids":"[]","billable":0,"start":1795000700,"stop":1795000900}',NULL);
INSERT INTO "change" VALUES(9,1,'favourite',1,NULL,'{"position":1,"workspace_id":1,"description":"Taste it; write “good”","project_id":1,"task_id":1,"tag_ids":"[1,2]","billable":1}');
INSERT INTO "change" VALUES(10,1,'saved_report',1,NULL,'{"name":"Kitchen","definition":"{\"range\": \"month\", \"search\": \"\", \"criteria\": [], \"by\": [\"project\"], \"rounding\": null}"}');
INSERT INTO "change" VALUES(11,1,'entry',4,NULL,'{"workspace_id":1,"description":"Taste it; write “good”","project_id":1,"task_id":1,"tag_ids":"[1,2]","billable":1,"start":1795001000,"stop":null}');
CREATE TABLE client (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
, notes TEXT, external_reference TEXT) STRICT;
INSERT INTO "client" VALUES(1,1,'Cooking Club',0,NULL,NULL);
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
INSERT INTO "conflict" VALUES(1,'entry',1,'description','{"description": "Taste it"}','{"description": "Taste it all"}','ours',1795000000);
CREATE TABLE day_total (
  day INTEGER NOT NULL, -- its begin
  workspace_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL, -- 0: none
  billable INTEGER NOT NULL,
  seconds INTEGER NOT NULL, -- of finished entries, what lies in the day
  begun_seconds INTEGER NOT NULL, -- whole entries that began in the day
  PRIMARY KEY (day, workspace_id, project_id, billable)
) STRICT, WITHOUT ROWID;
INSERT INTO "day_total" VALUES(1794960000,1,0,0,200,200);
INSERT INTO "day_total" VALUES(1794960000,1,1,1,600,600);
CREATE TABLE entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  description TEXT NOT NULL DEFAULT '',
  project_id INTEGER REFERENCES project (id),
  task_id INTEGER REFERENCES task (id),
  tag_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tag_ids)), -- ascending, no repeats
  billable INTEGER NOT NULL DEFAULT 0 CHECK (billable IN (0, 1)),
  start INTEGER NOT NULL, -- epoch seconds
  stop INTEGER CHECK (stop >= start) -- NULL while it runs
) STRICT;
INSERT INTO "entry" VALUES(1,1,'Taste it; write “good”',1,1,'[1,2]',1,1795000000,1795000600);
INSERT INTO "entry" VALUES(2,1,'写食谱',NULL,NULL,'[]',0,1795000700,1795000900);
CREATE TABLE entry_change (
  entry_id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL, -- epoch seconds
  deleted TEXT CHECK (deleted IS NULL OR json_valid(deleted)) -- what it was; NULL: it is there
) STRICT;
INSERT INTO "entry_change" VALUES(1,1796062944,NULL);
INSERT INTO "entry_change" VALUES(2,1796062944,NULL);
INSERT INTO "entry_change" VALUES(3,1796062944,'{"workspace_id":1,"description":"写食谱","project_id":null,"task_id":null,"tag_ids":"[]","billable":0,"start":1795000700,"stop":1795000900,"remote_id":null}');
INSERT INTO "entry_change" VALUES(4,1796062944,'{"workspace_id":1,"description":"Taste it; write “good”","project_id":1,"task_id":1,"tag_ids":"[1,2]","billable":1,"start":1795001000,"stop":null,"remote_id":null}');
CREATE TABLE favourite (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  description TEXT NOT NULL DEFAULT '',
  project_id INTEGER REFERENCES project (id),
  task_id INTEGER REFERENCES task (id),
  tag_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tag_ids)),
  billable INTEGER NOT NULL DEFAULT 0 CHECK (billable IN (0, 1))
) STRICT;
INSERT INTO "favourite" VALUES(1,1,1,'Taste it; write “good”',1,1,'[1,2]',1);
CREATE TABLE feed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  colour TEXT NOT NULL,
  path TEXT NOT NULL, -- of its file; empty: it has an address, which the keyring keeps
  etag TEXT NOT NULL DEFAULT '', -- of the copy that was read; empty: ask for all of it
  checked_at INTEGER, -- when it was last asked for, epoch seconds; NULL: not yet
  read_at INTEGER, -- when its events were last read, epoch seconds; NULL: not yet
  problem TEXT NOT NULL DEFAULT '' -- a sentence: why it could not be read, or what was left out
, keyring_name TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "feed" VALUES(1,'Club','#0b83d9','','1',1795000000,1795000000,'','');
CREATE TABLE feed_event (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  start INTEGER NOT NULL, -- epoch seconds; of an all-day event the midnight of UTC
  stop INTEGER NOT NULL CHECK (stop >= start), -- likewise; the first day that it is over
  all_day INTEGER NOT NULL CHECK (all_day IN (0, 1))
) STRICT;
INSERT INTO "feed_event" VALUES(1,1,'Market',1795000000,1795003600,0);
CREATE TABLE "heartbeat" (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  alive_at INTEGER NOT NULL, -- when the program was last known to run, epoch seconds
  away_begin INTEGER, -- the latest absence that counts, whether or not an entry ran
  away_back INTEGER -- NULL: it lasts
) STRICT;
INSERT INTO "heartbeat" VALUES(1,1795000600,1795000300,1795000500);
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
INSERT INTO "hook_event" VALUES(1,1796062944,'start','here','',0,'{"changes": [[1, null, [1, "Taste it; write “good”", 1, 1, "[1,2]", 1, 1795000000, null]]], "count": 1}','');
INSERT INTO "hook_event" VALUES(2,1796062944,'stop','here','',0,'{"changes": [[1, [1, "Taste it; write “good”", 1, 1, "[1,2]", 1, 1795000000, null], [1, "Taste it; write “good”", 1, 1, "[1,2]", 1, 1795000000, 1795000600]]], "count": 1}','');
INSERT INTO "hook_event" VALUES(3,1796062944,'change','here','',0,'{"changes": [[2, null, [1, "写食谱", null, null, "[]", 0, 1795000700, 1795000900]]], "count": 1}','');
INSERT INTO "hook_event" VALUES(4,1796062944,'change','here','',0,'{"changes": [[3, null, [1, "写食谱", null, null, "[]", 0, 1795000700, 1795000900]]], "count": 1}','');
INSERT INTO "hook_event" VALUES(5,1796062944,'change','here','',0,'{"changes": [[3, [1, "写食谱", null, null, "[]", 0, 1795000700, 1795000900], null]], "count": 1}','');
INSERT INTO "hook_event" VALUES(6,1796062944,'start','here','',0,'{"changes": [[4, null, [1, "Taste it; write “good”", 1, 1, "[1,2]", 1, 1795001000, null]]], "count": 1}','');
INSERT INTO "hook_event" VALUES(7,1796062944,'stop','here','',0,'{"changes": [[4, [1, "Taste it; write “good”", 1, 1, "[1,2]", 1, 1795001000, null], null]], "count": 1}','');
CREATE TABLE hook_failure (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE, -- of the hook
  message TEXT NOT NULL, -- a sentence
  shown INTEGER NOT NULL DEFAULT 0 -- whether the user has seen it
) STRICT;
INSERT INTO "hook_failure" VALUES(1,'start','The hook start failed with exit code 1.',0);
CREATE TABLE hook_row ( -- an entry that the present transaction has changed; empty outside of it
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL,
  timer INTEGER NOT NULL, -- whether it runs or ran
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;
INSERT INTO "hook_row" VALUES(1,1,0,'[1,"Taste it; write “good”",1,1,"[1,2]",1,1795000000,1795000600]','[1,"Taste it; write “good”",1,1,"[1,2]",1,1795000000,1795000600]');
CREATE TABLE hook_watch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  events TEXT NOT NULL CHECK (json_valid(events)), -- a list: for which there are hooks
  depth INTEGER NOT NULL DEFAULT 0 -- above 0: a hook runs, for an event of that depth less one
) STRICT;
INSERT INTO "hook_watch" VALUES(1,'["change", "idle", "return", "start", "stop", "sync-problem"]',0);
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, -- epoch seconds
  kind TEXT NOT NULL, -- sent, received, merged, refused, trouble, account
  text TEXT NOT NULL
) STRICT;
INSERT INTO "journal" VALUES(1,1795000000,'account','Signed in as Cook.');
CREATE TABLE kept_changes (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since INTEGER NOT NULL, -- epoch seconds
  until INTEGER NOT NULL -- epoch seconds
) STRICT;
INSERT INTO "kept_changes" VALUES(1,1796062944,1798654944);
CREATE TABLE "local_only" (
  id INTEGER PRIMARY KEY,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL
) STRICT;
INSERT INTO "local_only" VALUES(1,'entry',2);
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  changed_at INTEGER NOT NULL DEFAULT (unixepoch()), -- its latest change
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
  remote_id_above INTEGER NOT NULL DEFAULT 0, -- the server's id of what was sent is higher than this
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0, -- epoch seconds
  unbatched INTEGER NOT NULL DEFAULT 0 CHECK (unbatched IN (0, 1)), -- not told together with others
  field TEXT, -- that was refused
  error TEXT -- why, as a sentence
) STRICT;
INSERT INTO "outbox" VALUES(1,'entry',1,1796062944,'waiting','{"workspace_id":1,"description":"Taste it; write “good”","project_id":1,"task_id":1,"tag_ids":"[1,2]","billable":1,"start":1795000000,"stop":1795000600}',NULL,0,1,0,0,NULL,NULL);
CREATE TABLE owed_stop (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE, -- by which the other profile knows that it was done
  entry_id INTEGER NOT NULL, -- what was started
  begin INTEGER NOT NULL, -- of that entry, epoch seconds
  at INTEGER NOT NULL, -- when it was started, epoch seconds
  ordered INTEGER NOT NULL, -- the same in nanoseconds: which of two starts was later
  done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;
INSERT INTO "owed_stop" VALUES(1,'0123456789abcdef',2,1795000000,1795000700,1795000700000000000,0);
CREATE TABLE "past_activity" (
  id INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL,
  description TEXT NOT NULL,
  project_id INTEGER,
  task_id INTEGER,
  tag_ids TEXT NOT NULL,
  billable INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  last_used INTEGER NOT NULL, -- start of the latest such entry
  slot_0 INTEGER NOT NULL, -- uses in each three hours of the UTC day
  slot_1 INTEGER NOT NULL,
  slot_2 INTEGER NOT NULL,
  slot_3 INTEGER NOT NULL,
  slot_4 INTEGER NOT NULL,
  slot_5 INTEGER NOT NULL,
  slot_6 INTEGER NOT NULL,
  slot_7 INTEGER NOT NULL,
  keys TEXT -- what else can be typed for the description (pinyin); NULL: not worked out yet
) STRICT;
INSERT INTO "past_activity" VALUES(2,1,'写食谱',NULL,NULL,'[]',0,1,1795000700,0,0,0,1,0,0,0,0,NULL);
INSERT INTO "past_activity" VALUES(3,1,'Taste it; write “good”',1,1,'[1,2]',1,1,1795000000,0,0,0,1,0,0,0,0,NULL);
CREATE TABLE project (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  client_id INTEGER REFERENCES client (id),
  colour TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  billable INTEGER NOT NULL DEFAULT 0 CHECK (billable IN (0, 1))
, private INTEGER CHECK (private IN (0, 1)), template INTEGER CHECK (template IN (0, 1)), auto_estimates INTEGER CHECK (auto_estimates IN (0, 1)), estimated_hours INTEGER, rate_cents INTEGER, fixed_fee_cents INTEGER, start_date TEXT, end_date TEXT) STRICT;
INSERT INTO "project" VALUES(1,1,'Recipes',1,'#0b83d9',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE "quota" (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  counts TEXT NOT NULL CHECK (json_valid(counts))
) STRICT;
INSERT INTO "quota" VALUES(1,'user','["user",30,29,1795000000]');
CREATE TABLE reminder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL UNIQUE,
  due_at INTEGER, -- epoch seconds; NULL: not as things are
  notified_at INTEGER, -- when it was told last, epoch seconds
  entry_id INTEGER, -- the entry that ran then
  snoozed_until INTEGER -- epoch seconds
) STRICT;
INSERT INTO "reminder" VALUES(1,'long run',NULL,1795000550,1,NULL);
CREATE TABLE remote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  remote_id INTEGER NOT NULL,
  at INTEGER NOT NULL, -- of the base, microseconds
  base TEXT NOT NULL CHECK (json_valid(base)) -- the server's latest version, in our columns
, adopted INTEGER NOT NULL DEFAULT 0 CHECK (adopted IN (0, 1))) STRICT;
INSERT INTO "remote" VALUES(1,'entry',1,4294967296,1,'{"workspace_id":1,"description":"Taste it; write “good”","project_id":1,"task_id":1,"tag_ids":"[1,2]","billable":1,"start":1795000000,"stop":1795000600}',0);
CREATE TABLE saved_report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition))
) STRICT;
INSERT INTO "saved_report" VALUES(1,'Kitchen','{"range": "month", "search": "", "criteria": [], "by": ["project"], "rounding": null}');
CREATE TABLE "sent_create" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  row_id INTEGER NOT NULL,
  start INTEGER NOT NULL, -- of the entry, as it was sent
  sent TEXT NOT NULL CHECK (json_valid(sent)),
  remote_id_above INTEGER NOT NULL, -- the server's id of what was sent is higher than this
  at INTEGER NOT NULL, -- when it was made there, microseconds of the server's clock
  maybe_repeated INTEGER NOT NULL CHECK (maybe_repeated IN (0, 1)) -- it may have been made more than once
) STRICT;
INSERT INTO "sent_create" VALUES(1,1,1795000000,'{"workspace_id":1,"description":"Taste it; write “good”","project_id":1,"task_id":1,"tag_ids":"[1,2]","billable":1,"start":1795000000,"stop":1795000600}',0,1,1);
CREATE TABLE settled_stop (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE -- of the owed stop in the other profile
) STRICT;
INSERT INTO "settled_stop" VALUES(1,'fedcba9876543210');
CREATE TABLE step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, -- epoch seconds
  verb TEXT NOT NULL,
  subject TEXT NOT NULL, -- what it was done to, in the user's words
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
INSERT INTO "step" VALUES(1,1795000000,'create client','Cooking Club',0);
INSERT INTO "step" VALUES(2,1795000000,'create project','Recipes',0);
INSERT INTO "step" VALUES(3,1795000000,'create task','Soups',0);
INSERT INTO "step" VALUES(4,1795000000,'start','Taste it; write “good”',0);
INSERT INTO "step" VALUES(5,1795000600,'stop','Taste it; write “good”',0);
INSERT INTO "step" VALUES(6,1795000900,'add','写食谱',0);
INSERT INTO "step" VALUES(7,1795000900,'duplicate','写食谱',0);
INSERT INTO "step" VALUES(8,1795000900,'delete','写食谱',0);
INSERT INTO "step" VALUES(9,1795000900,'pin','Taste it; write “good”',0);
INSERT INTO "step" VALUES(10,1795000950,'save report','Kitchen',0);
INSERT INTO "step" VALUES(11,1795001000,'continue','Taste it; write “good”',1);
CREATE TABLE tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT;
INSERT INTO "tag" VALUES(1,1,'tasty',0);
INSERT INTO "tag" VALUES(2,1,'hot',0);
CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES project (id),
  name TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
, estimated_seconds INTEGER, user_id INTEGER) STRICT;
INSERT INTO "task" VALUES(1,1,'Soups',0,NULL,NULL);
CREATE TABLE totalled_day (
  begin INTEGER PRIMARY KEY, -- epoch seconds
  end INTEGER NOT NULL -- of the day after
) STRICT;
INSERT INTO "totalled_day" VALUES(1794787200,1794873600);
INSERT INTO "totalled_day" VALUES(1794873600,1794960000);
INSERT INTO "totalled_day" VALUES(1794960000,1795046400);
INSERT INTO "totalled_day" VALUES(1795046400,1795132800);
INSERT INTO "totalled_day" VALUES(1795132800,1795219200);
INSERT INTO "totalled_day" VALUES(1795219200,1795305600);
INSERT INTO "totalled_day" VALUES(1795305600,1795392000);
CREATE TABLE "unanswered_request" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  of_table TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  sent TEXT CHECK (sent IS NULL OR json_valid(sent)), -- columns; NULL: it was deleted
  at INTEGER NOT NULL -- microseconds of the server's clock
) STRICT;
INSERT INTO "unanswered_request" VALUES(1,'entry',1,'{"workspace_id":1,"description":"Taste it; write “good”","project_id":1,"task_id":1,"tag_ids":"[1,2]","billable":1,"start":1795000000,"stop":1795000600}',1);
CREATE TABLE workspace (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL
, chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1))) STRICT;
INSERT INTO "workspace" VALUES(1,'My workspace',0);
CREATE TABLE workspace_user (
  id INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  user INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  UNIQUE (workspace, user)
) STRICT;
INSERT INTO "workspace_user" VALUES(1,9,7,'Cook','cook@example.org');
CREATE UNIQUE INDEX entry_running ON entry (stop IS NULL) WHERE stop IS NULL;
CREATE INDEX entry_by_time ON entry (start, stop);
CREATE INDEX entry_by_what ON entry (description, project_id, start);
CREATE UNIQUE INDEX remote_by_row ON remote (of_table, row_id);
CREATE UNIQUE INDEX remote_by_id ON remote (of_table, remote_id);
CREATE UNIQUE INDEX outbox_by_row ON outbox (of_table, row_id);
CREATE INDEX outbox_by_state ON outbox (state, id);
CREATE INDEX absence_unanswered ON absence (state) WHERE state IN ('open', 'waiting');
CREATE UNIQUE INDEX past_activity_unique ON past_activity (
  description, ifnull(project_id, 0), ifnull(task_id, 0), tag_ids, billable, workspace_id
);
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
CREATE UNIQUE INDEX local_only_by_row ON local_only (of_table, row_id);
CREATE INDEX sent_create_by_start ON sent_create (start);
CREATE INDEX change_by_row ON change (of_table, row_id);
CREATE INDEX feed_event_span ON feed_event (start, stop);
CREATE INDEX feed_event_feed ON feed_event (feed_id);
CREATE VIEW added_time AS
  SELECT workspace_id, project_id, billable, start, stop FROM entry;
CREATE VIEW removed_time AS SELECT * FROM added_time;
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
CREATE INDEX feed_event_long ON feed_event (start, stop) WHERE stop - start > 604800;
CREATE INDEX entry_change_by_time ON entry_change (at);
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
CREATE INDEX client_counted ON client (workspace_id);
CREATE INDEX project_counted ON project (workspace_id);
CREATE INDEX task_counted ON task (project_id);
CREATE INDEX tag_counted ON tag (workspace_id);
CREATE INDEX favourite_counted ON favourite (position);
CREATE INDEX saved_report_counted ON saved_report (name);
CREATE INDEX feed_counted ON feed (name);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('workspace',1);
INSERT INTO "sqlite_sequence" VALUES('step',11);
INSERT INTO "sqlite_sequence" VALUES('client',1);
INSERT INTO "sqlite_sequence" VALUES('outbox',1);
INSERT INTO "sqlite_sequence" VALUES('project',1);
INSERT INTO "sqlite_sequence" VALUES('task',1);
INSERT INTO "sqlite_sequence" VALUES('tag',2);
INSERT INTO "sqlite_sequence" VALUES('entry',4);
INSERT INTO "sqlite_sequence" VALUES('hook_event',7);
INSERT INTO "sqlite_sequence" VALUES('favourite',1);
INSERT INTO "sqlite_sequence" VALUES('saved_report',1);
INSERT INTO "sqlite_sequence" VALUES('remote',1);
INSERT INTO "sqlite_sequence" VALUES('sent_create',1);
INSERT INTO "sqlite_sequence" VALUES('unanswered_request',1);
INSERT INTO "sqlite_sequence" VALUES('conflict',1);
INSERT INTO "sqlite_sequence" VALUES('journal',1);
INSERT INTO "sqlite_sequence" VALUES('absence',1);
INSERT INTO "sqlite_sequence" VALUES('reminder',1);
INSERT INTO "sqlite_sequence" VALUES('owed_stop',1);
INSERT INTO "sqlite_sequence" VALUES('settled_stop',1);
INSERT INTO "sqlite_sequence" VALUES('feed',1);
COMMIT;
PRAGMA user_version = 21;
