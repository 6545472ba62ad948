"""Keeps what is known here of the user in step with a profile that was just read or changed."""

from typing import TYPE_CHECKING, Any, Final

from tray import clock
from tray.store import account
from tray.store.database import Database

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.api.team_values import Profile, ProfileFields


_KEPT: Final[dict[str, str]] = {
    "fullname": "name",
    "email": "email",
    "timezone": "time_zone",
    "beginning_of_week": "beginning_of_week",
    "date_format": "date_format",
    "timeofday_format": "time_format",
    "duration_format": "duration_format",
}
"""What of a profile is kept here, and under which name."""


def read(server: "OnlineToggl", db: Database) -> "Profile":
    """The profile, as the server has it now."""
    found = server.profile()
    _keep(db, found)
    return found


def change(server: "OnlineToggl", db: Database, fields: "ProfileFields") -> None:
    """Change some fields of it, and of what is kept here of them."""
    server.update_profile(fields)
    given: dict[str, Any] = {**fields}
    kept: Any = {ours: given[theirs] for theirs, ours in _KEPT.items() if theirs in given}
    if kept:
        account.update(db, **kept)


def _keep(db: Database, found: "Profile") -> None:
    with db.writing():
        account.update(
            db,
            date_format=found.date_format or None,
            time_format=found.timeofday_format or None,
            duration_format=found.duration_format or None,
            beginning_of_week=found.beginning_of_week,
            formats_read_at=clock.now(),
        )
        if found.name:
            account.update(db, name=found.name)
        if found.email:
            account.update(db, email=found.email)
        if found.time_zone:
            account.update(db, time_zone=found.time_zone)
