"""What is exported for other programs and imported again is the same, to the second."""

import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tracker.test_transfer_round_trip import (
    CLOCKS_BACK,
    NOW,
    ZONES,
    Spec,
    World,
    by_name,
    contents,
    fill,
    two_databases,
    worlds,
)
from tray.errors import BadFile
from tray.ical.series import EventReach
from tray.ical.time_log import read_log
from tray.model.limits import EARLIEST, LATEST
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker.transfer.content import Content
from tray.tracker.transfer.ical_out import export_icalendar
from tray.tracker.transfer.importing import import_file
from tray.tracker.transfer.org_out import export_org
from tray.tracker.transfer.sources.calendars import content_of
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.known_sources import source_of
from tray.tracker.transfer.sources.source import ReadOptions
from tray.tracker.transfer.timewarrior_out import export_months, export_timewarrior

TRICKY = World(
    clients=["Acme", "Übel & Söhne"],
    projects=[("Site :a:", 0), ('project:x "y"', None), ("TODO [1/2]", 1)],
    tasks=["Task :b:", "[#A] x", "COMMENT y", "z"],
    tags=["project:Site", "deep work", "a\\b", "#hash"],
    entries=[
        Spec("", 0, True, [0, 1], True, CLOCKS_BACK + 1, 3_601),
        Spec('two\nlines, with; all \\ of "it"', 1, False, [2, 3], False, CLOCKS_BACK - 1, 59),
        Spec("TODO done :t:", None, False, [1], False, CLOCKS_BACK, 0),
        Spec("👩‍👩‍👧 می‌خواهم", 2, True, [], False, CLOCKS_BACK + 3_600, 86_400 * 3),
        Spec("", None, False, [1], False, CLOCKS_BACK + 7_200, 5),
        Spec("* [[https://example.org][link]]", None, False, [], True, CLOCKS_BACK + 9_000, 61),
    ],
    running="now",
    seed=1,
)
"""What each format has to write in a way of its own."""


Write = Callable[[Database, TextIO], object]


def text_of(db: Database, write: Write) -> str:
    file = io.StringIO(newline="")
    write(db, file)
    return file.getvalue()


def rows_in(content: Content) -> Counter[tuple[object, ...]]:
    """How often there is each entry, as `by_name` says it of a database."""
    assert not content.problems
    found: Counter[tuple[object, ...]] = Counter()
    for row in content.rows:
        label = row.label
        thing = (label.project or None, label.client or None, label.task or None)
        found[row.description, *thing, frozenset(label.tags), label.billable, *row[2:4]] += 1
    return found


def read_back(text: str, source: str, zone: tzinfo | None) -> Counter[tuple[object, ...]]:
    given = GivenFile("file", text.encode())
    return rows_in(source_of(given, source).read(given, ReadOptions(zone, now=LATEST)))


@given(worlds)
@example(TRICKY)
def test_timewarrior_carries_every_finished_entry_over(world: World) -> None:
    with one_database() as db:
        fill(db, world)
        text = text_of(db, export_timewarrior)
        if text:
            assert read_back(text, "timewarrior", UTC) == by_name(db, running=False)


@given(worlds, st.sampled_from(ZONES), st.sampled_from(ZONES))
@example(TRICKY, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns"))
def test_org_carries_every_finished_entry_over_into_any_zone(
    world: World, zone: tzinfo | None, other: tzinfo | None
) -> None:
    with one_database() as db:
        fill(db, world)
        text = text_of(db, partial(export_org, zone=zone))
        if text:
            assert read_back(text, "org", other) == by_name(db, running=False)


@given(worlds)
@example(TRICKY)
def test_icalendar_carries_every_finished_entry_over(world: World) -> None:
    """All but control characters, which the format cannot hold."""
    with one_database() as db:
        fill(db, without_controls(world))
        text = text_of(db, partial(export_icalendar, now=NOW))
        log = read_log(text.encode(), "UTC", EventReach(EARLIEST, LATEST + 1))
        answer = {"entries": log.entries, "all_day": log.all_day, "bad": log.bad}
        assert rows_in(content_of(answer, ReadOptions(UTC, now=LATEST))) == by_name(
            db, running=False
        )


def without_controls(world: World) -> World:
    plain = [
        each._replace(
            description="".join(
                char
                for char in each.description
                if char == "\n" or (char >= " " and char != "\x7f")
            )
        )
        for each in world.entries
    ]
    return world._replace(entries=plain)


@pytest.mark.parametrize(
    ("write", "source"),
    [
        (export_timewarrior, "timewarrior"),
        (partial(export_org, zone=ZoneInfo("Europe/Berlin")), "org"),
        (partial(export_icalendar, now=NOW), "icalendar"),
    ],
)
def test_it_is_recognised_and_the_same_in_an_empty_store_and_adds_nothing_twice(
    write: Write, source: str
) -> None:
    with two_databases() as (one, two, path):
        fill(one, TRICKY)
        path.write_bytes(text_of(one, write).encode())
        result = import_file(two, str(path), now=NOW, zone=UTC)
        assert (result.source, result.problems) == (source, ())
        assert by_name(two) == by_name(one, running=False)
        for db in (one, two):
            before = contents(db)
            again = import_file(db, str(path), now=NOW, zone=UTC)
            assert (again.added, again.differing, again.already_there) == (0, (), result.added)
            assert contents(db) == before


def test_an_event_keeps_its_id_whatever_was_tracked_before_it() -> None:
    """A calendar that took an earlier export in has the same events then, and none twice."""
    spec = Spec("alike", None, False, [], False, CLOCKS_BACK, 60)
    earlier = spec._replace(description="found later", start=CLOCKS_BACK - 3_600)
    with one_database() as db, one_database() as other:
        fill(db, TRICKY._replace(entries=[spec, spec, *TRICKY.entries]))
        fill(other, TRICKY._replace(entries=[spec, spec, earlier, *TRICKY.entries]))
        before, after = (
            [
                line
                for line in text_of(each, partial(export_icalendar, now=NOW)).splitlines()
                if line.startswith("UID:")
            ]
            for each in (db, other)
        )
    assert len(set(after)) == len(after) == len(before) + 1
    assert set(before) < set(after)


def test_a_folder_gets_a_file_of_timewarrior_s_for_each_month(tmp_path: Path) -> None:
    with two_databases() as (one, two, _):
        fill(one, TRICKY)
        export_months(one, str(tmp_path), zone=UTC)
        assert [each.name for each in tmp_path.iterdir()] == ["2026-10.data"]
        import_file(two, str(tmp_path), now=NOW, zone=None)
        assert by_name(two) == by_name(one, running=False)
        with pytest.raises(BadFile, match="is there already"):
            export_months(one, str(tmp_path), zone=UTC)


@contextmanager
def one_database() -> Iterator[Database]:
    with (
        tempfile.TemporaryDirectory() as name,
        open_database(str(Path(name) / "toggl-tray.db")) as db,
    ):
        yield db
