-- Whether the account had something before a row here was found to be the same.

ALTER TABLE remote ADD COLUMN adopted INTEGER NOT NULL DEFAULT 0 CHECK (adopted IN (0, 1));

CREATE INDEX change_by_row ON change (of_table, row_id);
