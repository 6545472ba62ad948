-- Which workspace new things go to; the first, as long as none is chosen.

ALTER TABLE workspace ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1));
