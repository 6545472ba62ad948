"""The dialog that a hotkey opens: one line, and an entry runs."""
