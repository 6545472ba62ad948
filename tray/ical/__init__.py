"""Reads iCalendar files of whatever make, in a process of their own that can be stopped."""
