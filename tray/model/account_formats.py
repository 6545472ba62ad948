"""What Toggl's profile takes for the days of the week, and for the writing of dates and lengths."""

from tray.lean_typing import Final

WEEKDAYS: Final = (
    *("sunday", "monday", "tuesday", "wednesday"),
    *("thursday", "friday", "saturday"),
)
"""In the order of Toggl's numbers, from 0."""
DATE_FORMATS: Final = {
    "YYYY-MM-DD": "2026-11-30",
    "DD.MM.YYYY": "30.11.2026",
    "DD-MM-YYYY": "30-11-2026",
    "DD/MM/YYYY": "30/11/2026",
    "MM/DD/YYYY": "11/30/2026",
    "MM-DD-YYYY": "11-30-2026",
}
"""The formats, and a day in each."""
DURATION_FORMATS: Final = {"improved": "0:47:06", "classic": "47:06 min", "decimal": "0.79 h"}
"""The formats of lengths, and one in each."""
