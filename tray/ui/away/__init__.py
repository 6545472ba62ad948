"""What the user is asked about time away, and about entries that run, or do not, by mistake."""
