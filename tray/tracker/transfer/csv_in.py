"""Reads Toggl's detailed report, in any of its layouts: by the names of its columns."""

import csv
import io
from collections.abc import Iterator
from datetime import tzinfo
from operator import itemgetter
from typing import Final, NamedTuple

from tray.errors import BadFile, Refused
from tray.model import limits
from tray.tracker.transfer import csv_columns, local_times
from tray.tracker.transfer.content import Content, Label, Problem, Row, make_label, quoted
from tray.tracker.transfer.local_times import LocalTimes, Readings

Line = tuple[int, list[str]]
"""A row's first line in the file, and its cells."""

_DELIMITERS: Final = (",", ";", "\t")
_TRUE: Final = {"yes", "y", "true", "1"}
_FALSE: Final = {"no", "n", "false", "0", ""}
_FIELD_OF_LIMIT: Final = {"start": "start_date", "stop": "stop_date"}


class _Cells(NamedTuple):
    """The cells of one row by our names; those without a column are empty."""

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


class _Sheet(NamedTuple):
    """The table in the file."""

    titles: list[str]
    """Of the columns, as the file writes them."""
    places: dict[str, int]
    """The index of the column for each field that there is one for."""
    lines: list[Line]


def read_csv(text: str, path: str, *, zone: tzinfo | None, date_format: str | None) -> Content:
    """The entries in a report, whose times are in `zone`.

    Raises:
        BadFile: it has not the columns of a report, or its dates can be read in two ways.
        BadLine: there is no such format of dates.
    """
    sheet = _sheet(text, path)
    if date_format is None:
        order = local_times.decide_order(_dates(sheet), path)
    else:
        order = local_times.order_of(date_format)
    return _Reader(sheet, LocalTimes(zone, order)).content()


def _sheet(text: str, path: str) -> _Sheet:
    delimiter = max(_DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    try:
        lines = list(_lines(text, delimiter))
    except csv.Error as error:
        raise BadFile(
            f"{path} is not a readable CSV file ({error}). Look for a quotation mark without its "
            "partner, or export it again."
        ) from error
    titles = lines.pop(0)[1] if lines else []
    places: dict[str, int] = {}
    for index, title in enumerate(titles):
        field = csv_columns.FIELDS.get(title.strip().lower())
        if field:
            places.setdefault(field, index)
    _check_columns(places, titles, path)
    if any(title.strip().lower() in csv_columns.NEWER for title in titles):
        lines = [(line, _without_marker(cells)) for line, cells in lines]
    return _Sheet(titles, places, lines)


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    """The rows that are not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _without_marker(cells: list[str]) -> list[str]:
    return ["" if cell == csv_columns.NOTHING else cell for cell in cells]


def _check_columns(places: dict[str, int], titles: list[str], path: str) -> None:
    missing = [
        name
        for name in ("Start date", "Start time")
        if csv_columns.FIELDS[name.lower()] not in places
    ]
    if "duration" not in places and not {"stop_date", "stop_time"} <= places.keys():
        missing.append("Duration (or End date and End time)")
    if missing:
        found = ", ".join(map(quoted, titles[:20]))
        raise BadFile(
            f"{path} is not a detailed report of Toggl: line 1 has no column "
            f"{' nor '.join(missing)}. It has {found}. Export a detailed report, not a summary."
        )


def _dates(sheet: _Sheet) -> Iterator[tuple[int, str]]:
    """Every date in the sheet that is written in a way not seen before, and its line."""
    seen: set[str] = set()
    indexes = [sheet.places[name] for name in ("start_date", "stop_date") if name in sheet.places]
    for line, cells in sheet.lines:
        for index in indexes:
            if index < len(cells) and cells[index] not in seen:
                seen.add(cells[index])
                yield line, cells[index]


class _Reader:
    """Turns the lines of a sheet into rows, and the errors in them into problems."""

    def __init__(self, sheet: _Sheet, times: LocalTimes) -> None:
        self._sheet = sheet
        self._times = times
        self._pick = itemgetter(*(sheet.places.get(field, -1) for field in _Cells._fields))
        self._labels: dict[tuple[str, ...], Label] = {}

    def content(self) -> Content:
        rows: list[Row] = []
        problems: list[Problem] = []
        running: list[int] = []
        for line, cells in self._sheet.lines:
            try:
                row = self._row(_Cells(*self._pick(self._whole(cells))))
            except Refused as error:
                problems.append(Problem(self._place(line, error), str(error)))
                continue
            if row is None:
                running.append(line)
            else:
                rows.append(row)
        return Content(rows, problems, _left_out(running))

    def _whole(self, cells: list[str]) -> list[str]:
        """The cells with an empty one behind, which `_pick` finds for a column that is missing."""
        width = len(self._sheet.titles)
        if len(cells) < width or any(cells[width:]):
            raise Refused(
                f"It has {len(cells)} cells, the first line of the file has {width}. Text with a "
                "comma, a line break or a quotation mark in it belongs in quotation marks."
            )
        cells.append("")
        return cells

    def _place(self, line: int, error: Refused) -> str:
        field = _FIELD_OF_LIMIT.get(error.field or "", error.field or "")
        if field == "stop_date" and field not in self._sheet.places:
            field = "duration"
        index = self._sheet.places.get(field)
        return f"Line {line}" if index is None else f"Line {line}, {self._sheet.titles[index]}"

    def _row(self, cells: _Cells) -> Row | None:
        """One entry; None if it is running."""
        start = self._readings("start", cells.start_date, cells.start_time)
        if cells.stop_date and cells.stop_time:
            stop = self._readings("stop", cells.stop_date, cells.stop_time)
        elif cells.stop_date or cells.stop_time or cells.duration:
            stop = _after(start, cells.duration)
        else:
            return None
        (begin, end), *others = local_times.stretches(start, stop, cells.duration)
        limits.check_description(cells.description)
        limits.check_times(begin, end)
        other = others[0] if others else None
        return Row(cells.description, self._label(cells), begin, end, other)

    def _readings(self, end: str, day: str, time: str) -> Readings:
        try:
            return self._times.readings(day, time)
        except Refused as error:
            raise Refused(str(error), field=f"{end}_{error.field}") from error

    def _label(self, cells: _Cells) -> Label:
        key = (cells.client, cells.project, cells.task, cells.tags, cells.billable)
        found = self._labels.get(key)
        if found is None:
            found = self._labels[key] = make_label(
                cells.project,
                cells.client if "client" in self._sheet.places else None,
                task=cells.task,
                tags=csv_columns.split_tags(cells.tags),
                billable=_billable(cells.billable),
            )
        return found


def _after(start: Readings, duration: str) -> Readings:
    """When what began then has ended."""
    seconds = local_times.read_duration(duration)
    if seconds is None:
        raise Refused(
            f"{quoted(duration)} is not a duration. Write it like 01:30:00.", field="duration"
        )
    return start[0] + seconds, start[1] + seconds


def _billable(cell: str) -> bool:
    word = cell.strip().lower()
    if word not in _TRUE | _FALSE:
        raise Refused(f"{quoted(cell)} is neither Yes nor No. Write one of them.", field="billable")
    return word in _TRUE


def _left_out(running: list[int]) -> tuple[str, ...]:
    """The remark on the lines of running entries."""
    if not running:
        return ()
    if len(running) == 1:
        return (
            f"Left out 1 row without an end, as that entry is still running (line {running[0]}).",
        )
    return (
        f"Left out {len(running):,} rows without an end, as these entries are still running "
        f"(line {running[0]} first).",
    )
