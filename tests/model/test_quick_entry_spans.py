"""What a box that colours the line while it is typed can rely on."""

from datetime import UTC
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.quick_entry.parsed_line import QuickEntry
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.write import write_project, write_tag

NOW: Final = 1_795_015_200

PIECES: Final = {
    "": [],
    "write a report": ["text:write a report"],
    "write @report": ["text:write ", "project:@report"],
    '@"Big Corp"/plan on': ['project:@"Big Corp"', "task:/plan", "text: on"],
    "@report/": ["project:@report", "task:/"],
    "#a #b": ["tag:#a", "text: ", "tag:#b"],
    "#a #a": ["tag:#a", "text: ", "tag:#a"],
    '#"a"$': ['tag:#"a"', "billable:$"],
    "$ $": ["billable:$", "text: ", "billable:$"],
    "call  yesterday 14-15": ["text:call  ", "time:yesterday 14-15"],
    "9:30 - 10:15 call": ["time:9:30 - 10:15", "text: call"],
    "９：３０　写": ["time:９：３０", "text:　写"],
    r"call \9:30": [r"text:call \9:30"],
    "@a/b @c/d": ["project:@a", "task:/b", "text: ", "extra:@c/d"],
    "-1h 9:30": ["time:-1h", "text: ", "extra:9:30"],
}


def pieces_of(line: str) -> list[str]:
    spans = read_line(line, now=NOW, zone=UTC).spans
    return [f"{kind}:{line[begin:end]}" for kind, begin, end in spans]


@pytest.mark.parametrize("line", PIECES)
def test_each_part_is_a_piece(line: str) -> None:
    assert pieces_of(line) == PIECES[line]


# The kind of the last piece after each key
TYPED: Final = {
    "9:30-10:15": "text text text time time time time text text time",
    '@"a b"/c': "text text project project project project task task",
    "a -15m": "text text text text text time",
    "today 9-10": "text text text text text text time time time time",
}


@pytest.mark.parametrize("line", TYPED)
def test_a_line_makes_sense_after_every_key(line: str) -> None:
    typed = [line[:end] for end in range(1, len(line) + 1)]
    last = [read_line(text, now=NOW, zone=UTC).spans[-1].kind for text in typed]
    assert last == TYPED[line].split()


NAMES: Final = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1)


@given(NAMES, st.none() | NAMES)
def test_a_chosen_project_is_one_part(project: str, task: str | None) -> None:
    line = f"call {write_project(project, task)} later"
    entry = read_line(line, now=NOW, zone=UTC).entry
    assert entry == QuickEntry("call later", project, task)


@given(NAMES, NAMES)
def test_a_chosen_tag_is_one_part(tag: str, other: str) -> None:
    line = f"call {write_tag(tag)} later {write_tag(other)}"
    entry = read_line(line, now=NOW, zone=UTC).entry
    assert entry == QuickEntry("call later", tags=tuple(dict.fromkeys((tag, other))))
