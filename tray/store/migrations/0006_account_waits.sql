-- What is remembered of the server between two runs.

ALTER TABLE account ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0; -- asked by it, epoch seconds
ALTER TABLE account ADD COLUMN quota_read_at INTEGER NOT NULL DEFAULT 0; -- epoch seconds
ALTER TABLE account ADD COLUMN token_mark TEXT NOT NULL DEFAULT ''; -- of the token last seen to fit
