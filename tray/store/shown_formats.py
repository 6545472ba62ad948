"""How the account shows days and times, for commands that need nothing else of it."""

from tray.lean_typing import Final
from tray.model.account_formats import DATE_FORMATS, DURATION_FORMATS, WEEKDAYS
from tray.store.database import Database
from tray.system_formats import RegionalFormats

_TIME_FORMATS: Final = {"H:mm": "24h", "h:mm A": "12h"}


def shown_formats(db: Database) -> RegionalFormats:
    """How the account shows days and times, as far as that is known; while it is signed in."""
    row = db.row(
        "SELECT time_zone, beginning_of_week, time_format, date_format, duration_format "
        "FROM account WHERE signed_in"
    )
    if not row:
        return RegionalFormats()
    zone, first, time, date, length = row
    return RegionalFormats(
        str(zone),
        WEEKDAYS[int(str(first))] if first is not None else "",
        _TIME_FORMATS.get(str(time), ""),
        str(date) if date in DATE_FORMATS else "",
        str(length) if length in DURATION_FORMATS else "",
    )
