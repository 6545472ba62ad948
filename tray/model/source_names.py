"""The names of the formats that are imported and exported, without what reads and writes them."""

from typing import Final

from tray.language import mark

SOURCE_NAMES: Final = {
    "toggl-csv": mark("CSV report of Toggl"),
    "json": mark("JSON from here, or of Toggl's reports"),
    "toggl-export": mark("Data export of Toggl (ZIP)"),
    "clockify": "Clockify",
    "solidtime": "solidtime",
    "kimai": "Kimai",
    "toggl-cli": "toggl-cli",
    "timewarrior": "Timewarrior",
    "watson": "Watson",
    "hamster": "Hamster",
    "gtimelog": "GTimeLog",
    "ktimetracker": "KTimeTracker",
    "icalendar": mark("iCalendar"),
    "org": "Org mode",
    "super-productivity": "Super Productivity",
    "activitywatch": "ActivityWatch",
}
"""What people call each, by the name that is typed for it."""

EXPORT_FORMATS: Final = ("csv", "json", "timewarrior", "icalendar", "org")
ENDINGS: Final = {"json": "json", "timewarrior": "data", "icalendar": "ics", "org": "org"}
"""How files of a format end that are no CSV."""


def format_of(path: str) -> str:
    """The format that a file is to have by its ending."""
    ending = path.lower().rpartition(".")[2]
    return next((name for name, each in ENDINGS.items() if each == ending), "csv")
