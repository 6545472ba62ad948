"""Whose copy is served: the account, or whoever uses this computer."""

import os
from contextlib import suppress
from datetime import UTC, tzinfo
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from tray import regional_formats
from tray.hub.wire_ids import FIRST_LOCAL
from tray.model.account_formats import WEEKDAYS
from tray.regional_formats import meant
from tray.settings import Settings
from tray.store import account
from tray.store.database import Database
from tray.store.shown_formats import shown_formats

_NAME: Final = "Toggl Tray"
_EMAIL: Final = "nobody@example.com"
"""Where there is no account; programs check that it could be one."""


class CopyOwner(NamedTuple):
    """A user of Toggl Track, as far as it is known here."""

    id: int
    name: str
    email: str
    zone: str
    """An IANA name."""
    first_weekday: int
    """0 is Sunday."""
    date_format: str
    time_format: str
    organization_id: int = FIRST_LOCAL + 1
    """Where a workspace has none."""

    @property
    def time_zone(self) -> tzinfo:
        """The zone itself."""
        try:
            return ZoneInfo(self.zone)
        except (ValueError, OSError, LookupError):
            return UTC


def copy_owner(db: Database, chosen: Settings) -> CopyOwner:
    """Whose copy it is; what the account does not tell is as in the settings."""
    regional_formats.use_account(shown_formats(db))
    found = account.read(db)
    zone = (found.time_zone if found else "") or meant("time_zone", chosen.time_zone)
    first = WEEKDAYS.index(meant("week_start", chosen.week_start))
    times = "h:mm A" if meant("time_format", chosen.time_format) == "12h" else "H:mm"
    dates = meant("date_format", chosen.date_format)
    zone = zone or computers_zone()
    if found is None:
        return CopyOwner(FIRST_LOCAL + 1, _NAME, _EMAIL, zone, first, dates, times)
    return CopyOwner(
        found.user_id,
        found.name,
        found.email or _EMAIL,
        zone,
        first if found.beginning_of_week is None else found.beginning_of_week,
        found.date_format or dates,
        found.time_format or times,
    )


def computers_zone() -> str:
    """The name of the computer's time zone, as far as it can be told."""
    named = os.environ.get("TZ", "").lstrip(":")
    path = os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    for name in filter(None, (named, path)):
        with suppress(ValueError, OSError, LookupError):
            return ZoneInfo(name).key
    return "UTC"
