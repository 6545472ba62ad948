"""What becomes of a damaged database: set aside, read as far as it can be, and replaced."""
