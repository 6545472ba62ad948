"""Reads Toggl's detailed report, in any of its layouts: by the names of its columns."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import tzinfo
from operator import itemgetter
from typing import Final, NamedTuple

from tray.errors import BadFile, Refused
from tray.language import grouped, listed, tr
from tray.model import limits
from tray.sentences import either
from tray.tracker.transfer import csv_columns, local_times, people
from tray.tracker.transfer.content import (
    Content,
    EntryLabel,
    ImportProblem,
    ImportRow,
    make_label,
    quoted,
)
from tray.tracker.transfer.csv_columns import TOGGL, Layout, unguarded
from tray.tracker.transfer.import_progress import READ, Tell, counted, silent
from tray.tracker.transfer.local_times import LocalTimes, Readings
from tray.tracker.transfer.people import Person
from tray.tracker.transfer.yes_no import meaning_of

Line = tuple[int, list[str]]
"""A row's first line in the file, and its cells."""

_DELIMITERS: Final = (",", ";", "\t")
_SEPARATOR_LINE: Final = re.compile(r"\"?sep=(.)\"?\r?\n", re.IGNORECASE)
"""With which spreadsheets say what is between the cells."""
_FIELD_OF_LIMIT: Final = {"start": "start_date", "stop": "stop_date"}


class _Cells(NamedTuple):
    """The cells of one row by our names; those without a column are empty."""

    user: str
    email: str
    client: str
    project: str
    task: str
    description: str
    billable: str
    start_date: str
    start_time: str
    stop_date: str
    stop_time: str
    duration: str
    tags: str


class Sheet(NamedTuple):
    """The table in the file."""

    titles: list[str]
    """Of the columns, as the file writes them."""
    places: dict[str, int]
    """The index of the column for each field that there is one for."""
    lines: list[Line]
    layout: Layout = TOGGL

    def person(self, line: Line) -> Person:
        """Whose row it is, as far as the sheet says."""
        cells = line[1]
        name, email = self.places.get("user", -1), self.places.get("email", -1)
        return Person(
            unguarded(cells[name]) if 0 <= name < len(cells) else "",
            unguarded(cells[email]) if 0 <= email < len(cells) else "",
        )


def read_csv(
    text: str,
    path: str,
    *,
    zone: tzinfo | None,
    date_format: str | None,
    users: Collection[str] = (),
    own: Person | None = None,
    tell: Tell = silent,
    layout: Layout = TOGGL,
) -> Content:
    """The entries in a report, whose times are in `zone`.

    Args:
        text: Of the file.
        path: Of the file.
        zone: None is the computer's own.
        date_format: The order of day, month and year; None: the dates must tell.
        users: Whose rows are wanted, by name or address; see `people.choose`.
        own: Who is signed in.
        tell: Is told how far it is.
        layout: Of the program that wrote it.

    Raises:
        NeedsChoice: its dates can be read in two ways, or it is of several people.
        BadFile: it has not the columns of a report.
        BadLine: there is no such format of dates.
    """
    sheet = _sheet(text, path, layout)
    rows_of = Counter(map(sheet.person, sheet.lines))
    taken, remarks = people.choose(rows_of, path, wanted=users, own=own)
    if len(taken) < len(rows_of):
        sheet = sheet._replace(lines=[each for each in sheet.lines if sheet.person(each) in taken])
    if date_format is None:
        order = local_times.decide_order(_dates(sheet), path)
    else:
        order = local_times.order_of(date_format)
    content = _SheetReader(sheet, LocalTimes(zone, order)).content(tell)
    return content._replace(remarks=(*remarks, *content.remarks))


def titles_of(text: str) -> set[str]:
    """The titles of the columns in lower case, as far as the beginning of a text has them."""
    text, delimiter, _ = _opened(text)
    with suppress(csv.Error, StopIteration):
        titles = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        return {title.strip().lower() for title in titles}
    return set()


def _opened(text: str) -> tuple[str, str, int]:
    """The text behind a line that says what is between cells, that, and the number of its line."""
    text = text.lstrip()
    announced = _SEPARATOR_LINE.match(text)
    if announced:
        return text[announced.end() :], announced[1], 2
    return text, _likely_delimiter(text), 1


def _sheet(text: str, path: str, layout: Layout) -> Sheet:
    text, delimiter, first = _opened(text)
    try:
        lines = list(_lines(text, delimiter, first=first))
    except csv.Error as error:
        raise BadFile(
            tr(
                "{path} is not a readable CSV file ({error}). Look for a quotation mark "
                "without its partner, or export it again."
            ).format(path=path, error=error)
        ) from error
    titles = lines.pop(0)[1] if lines else []
    fields = [layout.fields.get(title.strip().lower(), "") for title in titles]
    for end in ("start", "stop"):
        if end in fields:
            _split_moments(titles, fields, lines, end)
    places = {field: fields.index(field) for field in fields if field}
    if "date" in places:
        places["start_date"] = places["stop_date"] = places.pop("date")
    _check_columns(places, titles, path, layout)
    if any(title.strip().lower() in csv_columns.NEWER for title in titles):
        lines = [(line, _without_marker(cells)) for line, cells in lines]
    return Sheet(titles, places, lines, layout)


def _split_moments(titles: list[str], fields: list[str], lines: list[Line], end: str) -> None:
    """Make two columns of one that has moments: of its day, and of its time of day."""
    at = fields.index(end)
    fields[at : at + 1] = [f"{end}_date", f"{end}_time"]
    titles.insert(at, titles[at])
    for _, cells in lines:
        if at < len(cells):
            cells[at : at + 1] = csv_columns.split_moment(cells[at])


def _likely_delimiter(text: str) -> str:
    return max(_DELIMITERS, key=text.partition("\n")[0].count)


def _lines(text: str, delimiter: str, *, first: int) -> Iterator[Line]:
    """The rows that are not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = first
    for cells in reader:
        if any(cells):
            yield line, cells
        line = reader.line_num + first


def _without_marker(cells: list[str]) -> list[str]:
    return ["" if cell == csv_columns.NOTHING else cell for cell in cells]


def _check_columns(places: dict[str, int], titles: list[str], path: str, layout: Layout) -> None:
    missing = [
        name
        for name in ("Start date", "Start time")
        if csv_columns.FIELDS[name.lower()] not in places
    ]
    if "duration" not in places and not {"stop_date", "stop_time"} <= places.keys():
        missing.append(tr("Duration (or End date and End time)"))
    if missing:
        found = listed(map(quoted, titles[:20]))
        raise BadFile(
            tr(
                "{path} is not a detailed report of {program}: line 1 has no column "
                "{missing}. It has {found}. Export a detailed report, not a summary."
            ).format(program=layout.title, path=path, missing=either(missing), found=found)
        )


def _dates(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Every date in the sheet that is written in a way not seen before, and its line."""
    seen: set[str] = set()
    indexes = [sheet.places[name] for name in ("start_date", "stop_date") if name in sheet.places]
    for line, cells in sheet.lines:
        for index in indexes:
            if index < len(cells) and cells[index] not in seen:
                seen.add(cells[index])
                yield line, cells[index]


class _SheetReader:
    """Turns the lines of a sheet into rows, and the errors in them into problems."""

    def __init__(self, sheet: Sheet, times: LocalTimes) -> None:
        self._sheet = sheet
        self._times = times
        places = sheet.places
        self._has_one_day = places["start_date"] == places.get("stop_date")
        self._pick = itemgetter(*(sheet.places.get(field, -1) for field in _Cells._fields))
        self._labels: dict[tuple[str, ...], EntryLabel] = {}
        self._unclear: list[ImportProblem] = []
        """Where only a cell is lost."""

    def content(self, tell: Tell) -> Content:
        rows: list[ImportRow] = []
        problems: list[ImportProblem] = []
        running: list[int] = []
        for line, cells in counted(self._sheet.lines, tell, begin=0, end=READ):
            try:
                row = self._row(_Cells(*self._pick(self._whole(cells))), line)
            except Refused as error:
                problems.append(ImportProblem(self._place(line, error), str(error)))
                continue
            if row is None:
                running.append(line)
            else:
                rows.append(row)
        return Content(rows, problems + self._unclear, _left_out(running), in_zone=True)

    def _whole(self, cells: list[str]) -> list[str]:
        """The cells with an empty one behind, which `_pick` finds for a column that is missing."""
        width = len(self._sheet.titles)
        if len(cells) < width or any(cells[width:]):
            raise Refused(
                tr(
                    "It has {count} cells, the first line of the file has {width}. Text with "
                    "a comma, a line break or a quotation mark in it belongs in quotation "
                    "marks."
                ).format(count=grouped(len(cells)), width=width)
            )
        cells.append("")
        return cells

    def _place(self, line: int, error: Refused) -> str:
        field = _FIELD_OF_LIMIT.get(error.field or "", error.field or "")
        if field == "stop_date" and field not in self._sheet.places:
            field = "duration"
        index = self._sheet.places.get(field)
        return (
            tr("Line {line}").format(line=line)
            if index is None
            else tr("Line {line}, {column}").format(line=line, column=self._sheet.titles[index])
        )

    def _row(self, cells: _Cells, line: int) -> ImportRow | None:
        """One entry; None if it is running."""
        start = self._readings("start", cells.start_date, cells.start_time)
        if cells.stop_date and cells.stop_time:
            stop = self._readings("stop", cells.stop_date, cells.stop_time)
            if stop[1] < start[0] and self._has_one_day:
                stop = self._times.readings(cells.stop_date, cells.stop_time, days_later=1)
        elif self._sheet.layout.says_when_stopped:
            return None
        elif cells.stop_date or cells.stop_time or cells.duration:
            stop = _after(start, cells.duration)
        else:
            return None
        (begin, end), *others = local_times.stretches(start, stop, cells.duration)
        description = unguarded(cells.description)
        limits.check_description(description)
        limits.check_times(begin, end)
        label = self._label(cells)
        if meaning_of(cells.billable) is None:
            self._unclear.append(self._unclear_billable(cells.billable, line))
        return ImportRow(description, label, begin, end, others[0] if others else None)

    def _unclear_billable(self, cell: str, line: int) -> ImportProblem:
        error = Refused(
            tr("{cell} is neither Yes nor No. Write one of them, or it is not billable.").format(
                cell=quoted(cell)
            ),
            field="billable",
        )
        return ImportProblem(self._place(line, error), str(error), drops=False)

    def _readings(self, end: str, day: str, time: str) -> Readings:
        try:
            return self._times.readings(day, time)
        except Refused as error:
            raise Refused(str(error), field=f"{end}_{error.field}") from error

    def _label(self, cells: _Cells) -> EntryLabel:
        key = (cells.client, cells.project, cells.task, cells.tags, cells.billable)
        found = self._labels.get(key)
        if found is None:
            found = self._labels[key] = make_label(
                unguarded(cells.project),
                unguarded(cells.client) if "client" in self._sheet.places else None,
                task=unguarded(cells.task),
                tags=csv_columns.split_tags(
                    unguarded(cells.tags).replace(self._sheet.layout.tag_mark, ",")
                ),
                billable=bool(meaning_of(cells.billable)),
            )
        return found


def _after(start: Readings, duration: str) -> Readings:
    """When what began then has ended."""
    seconds = local_times.read_duration(duration)
    if seconds is None:
        raise Refused(
            tr("{duration} is not a duration. Write it like 01:30:00.").format(
                duration=quoted(duration)
            ),
            field="duration",
        )
    return start[0] + seconds, start[1] + seconds


def _left_out(running: list[int]) -> tuple[str, ...]:
    """The remark on the lines of running entries."""
    if not running:
        return ()
    if len(running) == 1:
        return (
            tr(
                "Left out 1 row without an end, as that entry is still running (line {running})."
            ).format(running=running[0]),
        )
    return (
        tr(
            "Left out {count} rows without an end, as these entries are still "
            "running (line {running} first)."
        ).format(count=grouped(len(running)), running=running[0]),
    )
