"""The database: its rows and steps, and what it survives."""
