-- How the account itself shows dates and times; NULL: not known.

ALTER TABLE account ADD COLUMN date_format TEXT; -- such as 'DD.MM.YYYY'
ALTER TABLE account ADD COLUMN time_format TEXT; -- 'H:mm' or 'h:mm A'
ALTER TABLE account ADD COLUMN first_weekday INTEGER CHECK (first_weekday BETWEEN 0 AND 6); -- 0: Sunday
ALTER TABLE account ADD COLUMN formats_read_at INTEGER; -- epoch seconds; NULL: not yet
