"""Programs of the user's own that are told what was started, stopped and changed."""
