"""Names on their way into fields and out of them, and what is looked for by a word."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.entries.rig import CLOCK, add, at, fill
from tray.model.entities import Client, Project, Tag, Task, TimeEntry
from tray.store import catalogue
from tray.store import entries as stored
from tray.store.catalogue import Names
from tray.store.conditions import words
from tray.store.database import Database
from tray.store.uploads import Upload
from tray.ui.entries import captions, name_choices
from tray.ui.entries.day_content import DayContent, DayEntry, RowContent, row_of
from tray.ui.entries.name_completer import NameChoice
from tray.ui.entries.tags_edit import read_tags, written_tags

NAMES = Names(
    {
        1: Project(1, 1, "Acme"),
        2: Project(2, 1, "Web", client_id=1),
        3: Project(3, 1, "web"),
        4: Project(4, 1, "Old", archived=True),
        5: Project(5, 1, "数据库"),
    },
    {1: Client(1, 1, "Initech")},
    {1: Task(1, 1, "Design"), 2: Task(2, 2, "Layout"), 3: Task(3, 1, "Gone", archived=True)},
    {1: Tag(1, 1, "phone"), 2: Tag(2, 1, "Zürich"), 3: Tag(3, 1, "old", archived=True)},
).with_distinctions()

tag_names = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12
).map(lambda name: " ".join(name.split()))


def names_of(offered: Sequence[NameChoice]) -> list[str]:
    return [choice.label or choice.name for choice in offered]


@given(st.lists(tag_names.filter(bool), unique=True, max_size=6))
def test_tags_written_on_a_line_are_read_from_it(names: list[str]) -> None:
    assert read_tags(written_tags(names)) == tuple(names)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        (" , ,", ()),
        ("call, urgent", ("call", "urgent")),
        ("call,call , call", ("call",)),
        ("电话，会议", ("电话", "会议")),
        ('"a, b", c', ("a, b", "c")),
        ('"open', ('"open',)),
    ],
)
def test_tags_as_people_type_them(typed: str, meant: tuple[str, ...]) -> None:
    assert read_tags(typed) == meant


def test_projects_of_one_name_are_told_apart_by_their_client() -> None:
    labels = {each: name_choices.project_label(each, NAMES) for each in NAMES.projects}
    assert list(labels.values())[:3] == ["Acme", "Web (Initech)", "web (no client)"]
    for project in NAMES.projects.values():
        found = name_choices.project_labelled(labels[project.id], NAMES)
        assert found == (None if project.archived else project)
    assert name_choices.project_labelled("Web", NAMES) is None


def test_projects_are_offered_by_what_is_typed() -> None:
    assert names_of(name_choices.projects("", NAMES))[:2] == ["No project", "Acme"]
    assert "Old" not in names_of(name_choices.projects("", NAMES))
    assert names_of(name_choices.projects("shujuku", NAMES))[0] == "数据库"
    assert names_of(name_choices.projects("acme", NAMES)) == ["Acme"]
    assert names_of(name_choices.projects("Acm", NAMES)) == ["Acme", "Create project “Acm”"]


def test_a_new_project_is_offered_for_the_client_in_its_brackets() -> None:
    for_initech = name_choices.projects("Shop (initech)", NAMES)[-1:]
    assert [each.name for each in for_initech] == ["Shop (initech)"]
    assert "initech" in for_initech[0].label
    literal, for_new = name_choices.projects("Shop (2024)", NAMES)[-2:]
    assert (literal.name, literal.label) == ("Shop (2024)", "Create project “Shop (2024)”")
    assert for_new.name == "Shop (+2024)"
    assert "a new client “2024”" in for_new.label


def test_tasks_are_offered_of_the_project_alone() -> None:
    assert names_of(name_choices.tasks("", 1, NAMES)) == ["No task", "Design"]
    assert name_choices.tasks("", None, NAMES) == []
    assert name_choices.task_named("design", 1, NAMES) == NAMES.tasks[1]
    assert name_choices.task_named("Gone", 1, NAMES) is None


def test_tags_that_are_there_already_are_not_offered_again() -> None:
    assert names_of(name_choices.tags("", NAMES)) == ["phone", "Zürich"]
    assert names_of(name_choices.tags("", NAMES, but=["Phone"])) == ["Zürich"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("report", {"Write report"}),
        ("REPORT write", {"Write report"}),
        ("acme", {"Write report", "Review"}),
        ("acme report", {"Write report"}),
        ("design", {"Review"}),
        ("phone", {"Call"}),
        ("#pho", {"Call"}),
        ("#acme", set()),
        ("@acme rev", {"Review"}),
        ("@phone", set()),
        ("算法", {"写算法"}),
        ("研", {"写算法"}),
        ("ÖFF", {"öffnen"}),
        ("öff", {"öffnen"}),
        ("50%", {"50% off"}),
        ("50_", set()),
        ("nothing", set()),
    ],
)
def test_a_word_is_looked_for_everywhere(db: Database, typed: str, meant: set[str]) -> None:
    fill(db)
    add(db, "öffnen", "2026-03-01 09:00", "2026-03-01 09:30")
    add(db, "50% off", "2026-03-01 10:00", "2026-03-01 10:30")
    looked_for = words(typed, catalogue.names(db))
    end = at("2027-01-01 00:00")
    spans = stored.spans_between(db, 0, end, now=end, conditions=looked_for)
    found = {entry.description for entry in stored.by_ids(db, [span[2] for span in spans])}
    assert found == meant


def test_a_client_is_looked_for_too() -> None:
    (word,) = words("initech", NAMES)
    assert word.project_ids == (2,)


def entry(start: str, stop: str | None) -> TimeEntry:
    ended = None if stop is None else at(stop)
    return TimeEntry(1, 1, "", None, None, (), False, at(start), ended)


def test_a_row_says_when_and_how_long() -> None:
    now = at("2026-03-04 12:00")
    day = entry("2026-03-04 09:30", "2026-03-04 10:15")
    assert captions.times(day, CLOCK) == "09:30 – 10:15"
    assert captions.length(day, now=now) == "0:45"
    night = entry("2026-03-04 23:00", "2026-03-05 01:00")
    assert captions.days_later(night, CLOCK) == 1
    assert captions.days_later(day, CLOCK) == 0
    running = entry("2026-03-04 11:58", None)
    assert captions.times(running, CLOCK) == "11:58 – now"
    assert captions.length(running, now=now) == "0:02:00"
    assert captions.days_later(running, CLOCK) == 0
    short = entry("2026-03-04 09:30:00", "2026-03-04 09:30:40")
    assert captions.length(short, now=now) == "0:00:40"


def test_days_have_names_people_use() -> None:
    today = date(2026, 3, 4)
    assert captions.day_name(today, today=today) == "Today"
    assert captions.day_name(date(2026, 3, 3), today=today) == "Yesterday"
    assert captions.day_name(date(2026, 3, 2), today=today) == "Monday"
    assert captions.day_date(today, today=today) == "4 March"
    assert captions.day_date(date(2026, 3, 2), today=today) == "2 March"
    assert captions.day_date(date(2025, 12, 31), today=today) == "31 December 2025"


def test_a_screen_reader_hears_the_whole_row(db: Database) -> None:
    review = fill(db)[0]
    names = catalogue.names(db)

    def row(entry: TimeEntry, upload: Upload = Upload.DONE) -> RowContent:
        found = row_of([DayEntry(entry, 2_700, 45, is_part=False, upload=upload)], now=0)
        assert found is not None
        return found

    said = captions.sentence(row(review), names, CLOCK)
    assert said == "Review, Acme / Design, 10:00 – 10:45, 0:45"
    bare = review._replace(description="", project_id=None, task_id=None, billable=True)
    said = captions.sentence(row(bare, Upload.REFUSED), names, CLOCK)
    assert said.startswith("(no description), billable")
    assert said.endswith("0:45, Was not uploaded")
    day = DayContent(date(2026, 3, 2), {1: DayEntry(review, 5_400, 90, False, Upload.DONE)}, ())
    assert captions.heading(day, CLOCK, today=date(2026, 3, 4)) == "Monday, 2 March, 1:30"
