"""How times, lengths, entries and tables are written in a terminal."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tray.cli import streams
from tray.cli.context import Context
from tray.language import ntr, tr
from tray.model import day_names, formats
from tray.model.entities import TimeEntry, What
from tray.store.catalogue import Names

GAP = "  "


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
    return clock_beside(context, entry.stop, begun.date())


def clock_beside(context: Context, when: int, day: date) -> str:
    """A time of day; ``+1`` says that it is on the day after `day`, by the calendar."""
    days = (datetime.fromtimestamp(when, context.zone).date() - day).days
    return clock_time(context, when) + (f"{days:+}" if days else "")


def day_title(day: date, today: date) -> str:
    """A day by name, with its date as the language writes it."""
    word = {0: tr("Today"), 1: tr("Yesterday")}.get((today - day).days)
    if word is not None:
        return tr("{day}, {date}").format(day=word, date=day_names.beside_today(day))
    is_of_year = day.year == today.year
    return day_names.weekday_date(day) if is_of_year else day_names.short_weekday_date(day)


def title(what: What | TimeEntry, names: Names) -> str:
    """What is done, on one line: description · project / task · #tags · $."""
    return f" {dim('·')} ".join(
        [bold(streams.one_line(what.description) or tr("(no description)")), *details(what, names)]
    )


def details(what: What | TimeEntry, names: Names) -> list[str]:
    """Project and task, tags, and the sign of billable, those that there are."""
    parts: list[str] = []
    if what.project_id is not None:
        project = names.projects[what.project_id]
        task = f" / {names.tasks[what.task_id].name}" if what.task_id is not None else ""
        parts.append(coloured(streams.one_line(names.project(project) + task), project.colour))
    if what.tag_ids:
        parts.append(" ".join(f"#{streams.one_line(names.tags[tag].name)}" for tag in what.tag_ids))
    if what.billable:
        parts.append("$")
    return parts


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
    import json

    print(streams.escaped(json.dumps(value, ensure_ascii=not _utf8(), indent=2)))


def print_json_list(name: str, values: Iterable[object]) -> None:
    """Write ``{"v": 1, name: values}`` as `print_json` does, each value as it comes."""
    import json

    print(f'{{\n  "v": 1,\n  "{name}": [', end="")
    separator = ""
    for value in values:
        text = json.dumps(value, ensure_ascii=not _utf8(), indent=2).replace("\n", "\n    ")
        print(f"{separator}\n    {streams.escaped(text)}", end="")
        separator = ","
    print("\n  ]\n}" if separator else "]\n}")


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Rows in aligned columns; those in `right` are flush right. Wide characters count as two."""
    if not rows:
        return ""
    rows = [[streams.one_line(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            pad + cell if index in right else cell + pad
            for index, (cell, wide) in enumerate(zip(row, widths, strict=True))
            for pad in [" " * (wide - width(cell))]
        ]
        lines.append(GAP.join(cells).rstrip())
    return "\n".join(lines)


def width(text: str) -> int:
    """How many columns a text takes in a terminal, colour codes aside."""
    plain = streams.without_codes(text)
    if not plain or max(plain) < "\u0300":
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
    return not os.environ.get("NO_COLOR") and streams.shows_codes(sys.stdout)


def _utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
