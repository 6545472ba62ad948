-- Under which name the keyring keeps the address of a calendar; empty: it is a file.

ALTER TABLE feed ADD COLUMN keyring_name TEXT NOT NULL DEFAULT '';
