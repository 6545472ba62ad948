"""Decisions about who is there: absences, forgotten timers, and when to remind of what."""
