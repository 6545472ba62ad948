"""The settings window, generated from what `tray.settings` declares."""
