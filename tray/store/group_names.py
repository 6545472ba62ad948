"""What the groups of a report are called, in a window, a terminal and a file."""

from datetime import date, timedelta
from typing import NamedTuple

from tray.language import tr
from tray.model import day_names
from tray.model.formats import TimeFormat
from tray.model.locales.chosen import ENGLISH
from tray.model.locales.locale import Locale
from tray.model.reports.report_definition import Grouping
from tray.model.reports.report_groups import NONE, tag_ids
from tray.model.reports.time_slices import Key
from tray.store.catalogue import Names


class GroupWords(NamedTuple):
    """What is said of what has no name, in English, as scripts read it."""

    no_project: str = "No project"
    no_client: str = "No client"
    no_task: str = "No task"
    no_tags: str = "No tags"
    no_description: str = "(no description)"
    gone: str = "(deleted)"


def group_words() -> GroupWords:
    """The same in the user's language."""
    return GroupWords(
        tr("No project"),
        tr("No client"),
        tr("No task"),
        tr("No tags"),
        tr("(no description)"),
        tr("(deleted)"),
    )


class GroupNames(NamedTuple):
    """The names that there are, and how times are written."""

    names: Names
    times: TimeFormat = TimeFormat()
    words: GroupWords = GroupWords()
    locale: Locale | None = ENGLISH
    """How days are written; None: as the user likes it."""

    def of(self, level: Grouping, key: Key) -> str:
        """The name of a group."""
        if isinstance(key, date):
            return self._of_days(level, key)
        if level is Grouping.TAGS:
            return ", ".join(self._tag(each) for each in tag_ids(key)) or self.words.no_tags
        if isinstance(key, str):
            return key or self.words.no_description
        if level is Grouping.WEEKDAY:
            return day_names.weekday_number(key, self.locale)
        if level is Grouping.HOUR:
            return self.times.clock_time(key * 60)
        return self._of_thing(level, key)

    def _of_thing(self, level: Grouping, key: int) -> str:
        names, words = self.names, self.words
        match level:
            case Grouping.PROJECT:
                project = names.projects.get(key)
                found = names.project(project) if project else ""
                return found or (words.gone if key else words.no_project)
            case Grouping.CLIENT:
                client = names.clients.get(key)
                return names.client(client) if client else words.no_client
            case Grouping.TASK:
                task = names.tasks.get(key)
                if task is None:
                    return words.gone if key else words.no_task
                return f"{task.name} ({names.project(names.projects[task.project_id])})"
        return words.no_tags if key == NONE else self._tag(key)

    def _tag(self, key: int) -> str:
        tag = self.names.tags.get(key)
        return self.names.tag(tag) if tag else self.words.gone

    def _of_days(self, level: Grouping, first: date) -> str:
        match level:
            case Grouping.WEEK:
                return day_names.days(first, first + timedelta(days=6), self.locale)
            case Grouping.MONTH:
                return day_names.month_year(first, self.locale)
            case Grouping.YEAR:
                return f"{first.year}"
            case _:
                return day_names.short_weekday_date(first, self.locale)
