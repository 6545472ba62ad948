"""The window that lists all entries by day, where each can be edited in its place."""
