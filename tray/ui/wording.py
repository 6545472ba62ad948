"""How days and entries are put in words on the screen."""

from datetime import date
from typing import Final

from tray.language import tr
from tray.model import day_names, formats
from tray.model.entities import TimeEntry, What
from tray.store.catalogue import Names

_NEAR_DAYS: Final = 6
"""So many days back a weekday says which day is meant."""


def day_name(day: date, today: date) -> str:
    """A day as one speaks of it: by its weekday if that is less than a week ago."""
    back = (today - day).days
    if back in (0, 1):
        return tr("yesterday") if back else tr("today")
    return day_names.weekday(day) if 0 < back <= _NEAR_DAYS else formats.numeric_date(day)


def of_goal(done: str, goal_seconds: int) -> str:
    """A total as ``3:38``, with the goal it is part of, if there is one: ``3:38 of 8:00``."""
    if not goal_seconds:
        return done
    return tr("{done} of {goal}").format(done=done, goal=formats.length(goal_seconds))


def goal_left(seconds: int, goal: int) -> str:
    """A goal, with what is left to it or was done beyond; empty without a goal."""
    if not goal:
        return ""
    over = seconds - goal
    rest = f"+{formats.length(over)}"
    if over < 0:
        rest = tr("{length} left").format(length=formats.length(-over))
    return tr("goal {goal}  ·  {rest}").format(goal=formats.length(goal), rest=rest)


def title(what: What | TimeEntry, names: Names) -> str:
    """The description; without one, the project; without either, words for that."""
    return what.description or project(what, names) or tr("(no description)")


def project(what: What | TimeEntry, names: Names) -> str:
    """Project and task as ``Project / Task``; empty without a project.

    An entry that has just come from the account may have one that `names` does not know yet.
    """
    its, task = names.projects.get(what.project_id or 0), names.tasks.get(what.task_id or 0)
    parts = names.project(its) if its else "", task.name if task else ""
    return " / ".join(filter(None, parts))


def full(what: What | TimeEntry, names: Names) -> str:
    """Description and project on one line."""
    beside = project(what, names)
    return f"{what.description} · {beside}" if what.description and beside else title(what, names)


def colour(what: What | TimeEntry, names: Names) -> str:
    """The colour of its project as ``#rrggbb``; a neutral one without."""
    from tray.model import colours

    found = names.projects.get(what.project_id or 0)
    return colours.NONE if found is None else found.colour
