-- What else a server knows of clients, projects and tasks. NULL: not said, here or there.

ALTER TABLE client ADD COLUMN notes TEXT;
ALTER TABLE client ADD COLUMN external_reference TEXT;

ALTER TABLE project ADD COLUMN private INTEGER CHECK (private IN (0, 1));
ALTER TABLE project ADD COLUMN template INTEGER CHECK (template IN (0, 1));
ALTER TABLE project ADD COLUMN auto_estimates INTEGER CHECK (auto_estimates IN (0, 1));
ALTER TABLE project ADD COLUMN estimated_hours INTEGER;
ALTER TABLE project ADD COLUMN rate_cents INTEGER; -- an hour, in hundredths of the currency
ALTER TABLE project ADD COLUMN fixed_fee_cents INTEGER; -- in hundredths of the currency
ALTER TABLE project ADD COLUMN start_date TEXT; -- YYYY-MM-DD
ALTER TABLE project ADD COLUMN end_date TEXT; -- YYYY-MM-DD

ALTER TABLE task ADD COLUMN estimated_seconds INTEGER;
ALTER TABLE task ADD COLUMN user_id INTEGER; -- whose it is to do, the server's id

UPDATE remote SET base = json_set(base, '$.notes', NULL, '$.external_reference', NULL)
WHERE of_table = 'client';
UPDATE remote SET base = json_set(
  base, '$.private', NULL, '$.template', NULL, '$.auto_estimates', NULL, '$.estimated_hours', NULL,
  '$.rate_cents', NULL, '$.fixed_fee_cents', NULL, '$.start_date', NULL, '$.end_date', NULL
) WHERE of_table = 'project';
UPDATE remote SET base = json_set(base, '$.estimated_seconds', NULL, '$.user_id', NULL)
WHERE of_table = 'task';
