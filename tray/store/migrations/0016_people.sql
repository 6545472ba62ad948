-- Who is in a workspace, by the server's ids, as it was last asked: names to assign tasks by.

CREATE TABLE workspace_user (
  id INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  user INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  UNIQUE (workspace, user)
) STRICT;
