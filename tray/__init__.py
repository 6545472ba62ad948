"""Toggl Tray, a time tracker that lives in the system tray."""

__version__ = "0.1.0"
