"""How times, lengths, entries and tables are written in a terminal."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from tray.cli import streams
from tray.cli.context import Context
from tray.language import ntr, tr
from tray.lean_typing import Final
from tray.model import day_names, formats
from tray.model.entities import TimeEntry, What
from tray.model.formats import TimeFormat
from tray.store.catalogue import Names

GAP: Final = "  "
_KEPT: Final = 1024
"""How many of the parts that titles have in common are kept."""


def entries(count: int) -> str:
    """A number of entries, such as ``1 entry`` or ``1,024 entries``."""
    return ntr("{count} entry", "{count} entries", count).format(count=formats.number(count))


def moment(context: Context, when: int) -> str:
    """A time of day in the user's zone and format; with its date if that is not today."""
    return context.times.since_today(when, context.calendar, now=context.now)


def clock_time(context: Context, when: int) -> str:
    """A time of day in the user's zone and format."""
    return context.times.time_of_day(when)


def end(context: Context, entry: TimeEntry) -> str:
    """The time of day at which an entry ended; ``+1`` says that it was on the next day."""
    if entry.stop is None:
        return tr("now")
    begun = datetime.fromtimestamp(entry.start, context.zone)
    return clock_beside(context.times, entry.stop, begun.date())


def clock_beside(times: TimeFormat, when: int, day: date) -> str:
    """A time of day; ``+1`` says that it is on the day after `day`, by the calendar."""
    local = datetime.fromtimestamp(when, times.zone)
    clock = times.clock_time(local.hour * 60 + local.minute)
    days = local.toordinal() - day.toordinal()
    return f"{clock}{days:+}" if days else clock


def day_title(day: date, today: date) -> str:
    """A day by name, with its date as the language writes it."""
    word = {0: tr("Today"), 1: tr("Yesterday")}.get((today - day).days)
    if word is not None:
        return tr("{day}, {date}").format(day=word, date=day_names.beside_today(day))
    is_of_year = day.year == today.year
    return day_names.weekday_date(day) if is_of_year else day_names.short_weekday_date(day)


def title(what: What | TimeEntry, names: Names) -> str:
    """What is done, on one line: description · project / task · #tags · $."""
    return Titles(names).title(what)


class Titles:
    """What is done in many entries, each on one line; parts that many have are made once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._project = lru_cache(_KEPT)(self._project_and_task)
        self._tags = lru_cache(_KEPT)(self._with_signs)
        self._between = f" {dim('·')} "
        self._nothing = tr("(no description)")

    def title(self, what: What | TimeEntry) -> str:
        """Description · project / task · #tags · $, those that there are."""
        parts = [bold(streams.one_line(what.description) or self._nothing)]
        if what.project_id is not None:
            parts.append(self._project(what.project_id, what.task_id))
        if what.tag_ids:
            parts.append(self._tags(what.tag_ids))
        if what.billable:
            parts.append("$")
        return self._between.join(parts)

    def _project_and_task(self, project_id: int, task_id: int | None) -> str:
        project = self._names.projects[project_id]
        task = f" / {self._names.tasks[task_id].name}" if task_id is not None else ""
        return coloured(streams.one_line(self._names.project(project) + task), project.colour)

    def _with_signs(self, tag_ids: tuple[int, ...]) -> str:
        return " ".join(f"#{streams.one_line(self._names.tags[tag].name)}" for tag in tag_ids)


def rate(amount: float) -> str:
    """What an hour costs."""
    return tr("{rate} an hour").format(rate=formats.amount(amount))


def role(name: str) -> str:
    """What somebody is in a workspace; what is not known, as the server calls it."""
    return {
        "admin": tr("admin"),
        "user": tr("user"),
        "projectlead": tr("project lead"),
        "teamlead": tr("team lead"),
    }.get(name, name)


def print_json(value: object) -> None:
    """Write a value as JSON, readable by people too."""
    from tray.cli.json_text import writer

    print(writer(ascii_only=not _utf8())(value, "\n"))


def print_json_list(name: str, values: Iterable[object]) -> None:
    """Write ``{"v": 1, name: values}`` as `print_json` does, each value as it comes."""
    from tray.cli.json_text import writer

    written, line = writer(ascii_only=not _utf8()), "\n    "
    print(f'{{\n  "v": 1,\n  "{name}": [', end="")
    separator = ""
    for value in values:
        print(f"{separator}{line}{written(value, line)}", end="")
        separator = ","
    print("\n  ]\n}" if separator else "]\n}")


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Rows in aligned columns; those in `right` are flush right. Wide characters count as two."""
    columns = [[streams.one_line(cell) for cell in each] for each in zip(*rows, strict=True)]
    last = len(columns) - 1
    padded = [
        cells if at == last and at not in right else _padded(cells, is_right=at in right)
        for at, cells in enumerate(columns)  # after the last there is nothing to be aligned
    ]
    return "\n".join([GAP.join(cells).rstrip() for cells in zip(*padded, strict=True)])


def _padded(cells: Sequence[str], *, is_right: bool) -> list[str]:
    """The cells of a column, as wide as the widest."""
    widths = [width(cell) for cell in cells]
    most = max(widths)
    pads = [" " * (most - wide) for wide in widths]
    both = zip(pads, cells, strict=True) if is_right else zip(cells, pads, strict=True)
    return [before + after for before, after in both]


def width(text: str) -> int:
    """How many columns a text takes in a terminal, colour codes aside."""
    plain = streams.without_codes(text)
    if plain.isascii() or max(plain) < "\u0300":
        return len(plain)  # Latin letters and signs, one column each
    from unicodedata import category, east_asian_width

    visible = (each for each in plain if category(each) not in ("Mn", "Me", "Cf"))
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in visible)


def bold(text: str) -> str:
    """`text` in bold, on a terminal."""
    return _styled("1", text) if _colour() else text


def dim(text: str) -> str:
    """`text` subdued, on a terminal."""
    return _styled("2", text) if _colour() else text


def coloured(text: str, colour: str) -> str:
    """`text` behind a dot in a colour ``#rrggbb``, on a terminal."""
    if not _colour():
        return text
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    dot = _styled(f"38;2;{red};{green};{blue}", "●")
    return f"{dot} {text}"


def _styled(style: str, text: str) -> str:
    return streams.code(f"\x1b[{style}m") + text + streams.code("\x1b[0m")


def _colour() -> bool:
    return streams.is_coloured(sys.stdout)


def _utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
