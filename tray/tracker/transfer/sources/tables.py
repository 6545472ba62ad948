"""Reports of other programs that are tables as Toggl's is: known and read by their columns."""

from collections.abc import Mapping
from functools import partial
from typing import Final, NamedTuple

from tray.tracker.transfer.content import Content
from tray.tracker.transfer.csv_columns import FIELDS, Layout
from tray.tracker.transfer.csv_in import read_csv, titles_of
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import NO, SURE, ReadOptions, Source, not_of

_MOMENTS: Final = {"start": "start", "end": "stop", "stop": "stop"}
_PEOPLE: Final = {"user_name": "user", "user_email": "email"}
_KIMAI: Final = {
    "date": "date",
    "from": "start_time",
    "begin": "start_time",
    "to": "stop_time",
    "end": "stop_time",
    "customer": "client",
    "activity": "task",
    "username": "user",
    "e-mail": "email",
}


class _Table(NamedTuple):
    """One program's report."""

    name: str
    layout: Layout
    marks: tuple[frozenset[str], ...]
    """Titles that no other program has together; one of these sets is enough."""


def _table(
    name: str, title: str, more: Mapping[str, str], *marks: str, tag_mark: str = ","
) -> _Table:
    """A table, of which each text in `marks` has titles with commas."""
    layout = Layout(title, {**FIELDS, **more}, name != "clockify", tag_mark)
    return _Table(name, layout, tuple(frozenset(each.split(",")) for each in marks))


_TABLES: Final = (
    _table(
        "clockify", "Clockify", {"duration (h)": "duration"}, "start date,start time,duration (h)"
    ),
    _table(
        "solidtime",
        "solidtime",
        {**_MOMENTS, **_PEOPLE},
        "description,project,client,start,end,duration (decimal)",
        "description,project,client,start,end,user_email",
    ),
    _table(
        "kimai",
        "Kimai",
        _KIMAI,
        "date,from,to,project,activity",
        "date,begin,end,project,activity",
        tag_mark=";",
    ),
    _table("toggl-cli", "toggl-cli", _MOMENTS, "description,start,stop", "start,stop,project"),
)


def _recognise(given: GivenFile, table: _Table) -> int:
    titles = titles_of(given.head)
    return SURE if any(marks <= titles for marks in table.marks) else NO


def _read(given: GivenFile, options: ReadOptions, table: _Table) -> Content:
    if not given.data:
        raise not_of(table.layout.title, given)
    return read_csv(
        given.text,
        given.path,
        zone=options.zone,
        date_format=options.date_format,
        users=options.users,
        own=options.own,
        tell=options.tell,
        layout=table.layout,
    )


SOURCES: Final = tuple(
    Source(
        table.name,
        partial(_recognise, table=table),
        partial(_read, table=table),
    )
    for table in _TABLES
)
