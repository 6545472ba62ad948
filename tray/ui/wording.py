"""How times, lengths and entries are put in words on the screen."""

from datetime import datetime, tzinfo
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from tray.model.entities import TimeEntry, What
from tray.store.catalogue import Names


class Clock(NamedTuple):
    """How moments are shown: the user's zone and format."""

    zone: tzinfo | None = None
    twelve_hours: bool = False

    def time_of_day(self, moment: int) -> str:
        """A moment as ``09:30`` or ``9:30 AM``."""
        local = datetime.fromtimestamp(moment, self.zone)
        if not self.twelve_hours:
            return f"{local:%H:%M}"
        return f"{local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("tray", text)


def exact(seconds: int) -> str:
    """A length as ``h:mm:ss``, for what ticks."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def rounded(seconds: int) -> str:
    """A length as ``h:mm``, for what stands still."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def title(what: What | TimeEntry, names: Names) -> str:
    """The description; without one, the project; without either, words for that."""
    return what.description or project(what, names) or tr("(no description)")


def project(what: What | TimeEntry, names: Names) -> str:
    """Project and task as ``Project / Task``; empty without a project.

    An entry that has just come from the account may have one that `names` does not know yet.
    """
    parts = names.projects.get(what.project_id or 0), names.tasks.get(what.task_id or 0)
    return " / ".join(part.name for part in parts if part is not None)


def full(what: What | TimeEntry, names: Names) -> str:
    """Description and project on one line."""
    beside = project(what, names)
    return f"{what.description} · {beside}" if what.description and beside else title(what, names)


def colour(what: What | TimeEntry, names: Names) -> str:
    """The colour of its project as ``#rrggbb``; a neutral one without."""
    from tray.model import colours

    found = names.projects.get(what.project_id or 0)
    return colours.NONE if found is None else found.colour
