-- An index of each table whose rows the user would miss and nothing else has to name: where a page
-- of the table is lost, or is another, the index tells that rows are missing, and which.

CREATE INDEX client_counted ON client (workspace_id);

CREATE INDEX project_counted ON project (workspace_id);

CREATE INDEX task_counted ON task (project_id);

CREATE INDEX tag_counted ON tag (workspace_id);

CREATE INDEX favourite_counted ON favourite (position);

CREATE INDEX saved_report_counted ON saved_report (name);

CREATE INDEX feed_counted ON feed (name);
