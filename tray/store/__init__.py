"""The local SQLite database: everything the user ever tracked, and how it got there."""
