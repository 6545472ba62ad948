-- Whose time a report holds, and in which zone its times are.

ALTER TABLE account ADD COLUMN email TEXT NOT NULL DEFAULT ''; -- '': not known
ALTER TABLE account ADD COLUMN time_zone TEXT NOT NULL DEFAULT ''; -- as the server names it
