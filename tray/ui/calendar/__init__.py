"""The calendar page: a day or a week on a grid of hours, with entries to drag and gaps to fill."""
