-- How the account writes lengths of time, and its first day of the week by Toggl's own name for it:
-- Toggl counts from Sunday, and the program's calendar, whose `first_weekday` it is not, from Monday.

ALTER TABLE account RENAME COLUMN first_weekday TO beginning_of_week;
ALTER TABLE account ADD COLUMN duration_format TEXT; -- 'classic', 'improved' or 'decimal'; NULL: not known
