"""The tracker from a terminal, with or without a running tray."""
