"""Hamster: its database, its XML and its TSV.

An activity in a category is the description in a project; what was noted besides follows it. Times
are as the clocks showed them.
"""

import csv
import io
import os
from typing import Any, Final
from xml.parsers import expat

from tray.errors import BadFile
from tray.language import tr
from tray.store.hamster_file import HamsterFact, facts_in, is_hamsters
from tray.tracker.transfer.content import Content, ImportRow, make_label, storable
from tray.tracker.transfer.local_times import YEAR_FIRST, LocalTimes
from tray.tracker.transfer.sources.collecting import (
    at_lines,
    collect,
    local_moment,
    local_row,
    numbered,
)
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import NO, SURE, ReadOptions, not_of

TITLE: Final = "Hamster"
_DATABASE: Final = "hamster.db"
_HEADER: Final = ("activity", "start time", "end time", "duration minutes", "category")
_UNSORTED: Final = "Unsorted"
"""Written in place of a category where there is none."""
_NEVER: Final = ("", "None")
"""What is written as the end of what lasts."""


def recognise(given: GivenFile) -> int:
    """By its tables, its first element or its titles."""
    if given.names:
        return SURE if _DATABASE in given.names else NO
    if given.is_database:
        return SURE if is_hamsters(given.path) else NO
    if given.head.startswith("<"):
        return SURE if "<activit" in given.head else NO
    titles = given.head.partition("\n")[0].rstrip("\r").casefold().split("\t")
    return SURE if tuple(titles[: len(_HEADER)]) == _HEADER else NO


def read(given: GivenFile, options: ReadOptions) -> Content:
    """What was done, whichever of the three it is."""
    if _DATABASE in given.names:
        things = list(numbered(facts_in(os.path.join(given.path, _DATABASE))))
    elif given.is_database:
        things = list(numbered(facts_in(given.path)))
    elif not given.data:
        raise not_of(TITLE, given)
    elif given.text.lstrip().startswith("<"):
        things = list(numbered(_in_xml(given)))
    else:
        things = at_lines(_in_table(given))
    times = LocalTimes(options.zone, YEAR_FIRST)
    content = collect(things, lambda fact: _row(fact, times), options.tell)
    return content._replace(in_zone=True)


def _row(fact: HamsterFact, times: LocalTimes) -> ImportRow | None:
    start = local_moment(times, fact.start)
    if fact.stop in _NEVER:
        return None
    project = "" if fact.category == _UNSORTED else fact.category
    label = make_label(storable(project), None, tags=map(storable, fact.tags))
    notes = fact.description.strip()
    description = f"{fact.activity}: {notes}" if fact.activity and notes else fact.activity or notes
    return local_row(description, label, start, local_moment(times, fact.stop))


def _in_table(given: GivenFile) -> list[tuple[int, HamsterFact]]:
    """The rows, whose columns stand in one order whatever language their titles are in."""
    reader = csv.reader(io.StringIO(given.text.lstrip(), newline=""), delimiter="\t")
    found: list[tuple[int, HamsterFact]] = []
    try:
        for cells in reader:
            if reader.line_num > 1 and any(cells):
                name, start, stop, _, category, notes, tags, *_ = [*cells, *[""] * 7]
                fact = HamsterFact(start, stop, notes, name, category, tuple(tags.split(",")))
                found.append((reader.line_num, fact))
            elif len(cells) < len(_HEADER):
                raise not_of(TITLE, given)
    except csv.Error as error:
        raise not_of(TITLE, given) from error
    return found


class _XmlReader:
    """Takes the activities out of a file, one after the other; there may be no definitions."""

    def __init__(self, given: GivenFile) -> None:
        self.found: list[HamsterFact] = []
        self._given = given

    def on_element(self, name: str, values: dict[str, str]) -> None:
        if name == "activity":
            tags = tuple(values.get("tags", "").split(","))
            columns = ("start_time", "end_time", "description", "name", "category")
            texts = (values.get(each, "") for each in columns)
            self.found.append(HamsterFact._make((*texts, tags)))

    def on_definition(self, *_: Any) -> None:
        """Hamster writes none, and they can make a small file a huge one."""
        raise BadFile(
            tr("{path} has definitions of XML in it, which Hamster does not write.").format(
                path=self._given.path
            )
        )


def _in_xml(given: GivenFile) -> list[HamsterFact]:
    reader, parser = _XmlReader(given), expat.ParserCreate("utf-8")
    parser.StartElementHandler = reader.on_element
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.on_definition
    try:
        parser.Parse(given.text.lstrip().encode(), True)
    except expat.ExpatError as error:
        raise BadFile(
            tr("{path} is not whole XML: line {line}. Export it again.").format(
                path=given.path, line=error.lineno
            )
        ) from error
    if not reader.found and "<activities" not in given.text:
        raise not_of(TITLE, given)
    return reader.found
