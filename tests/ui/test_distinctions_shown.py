"""What has one name for several clients or workspaces, wherever it is shown or offered."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tray import clock
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.model.quick_entry.read import read_line
from tray.session.tracking import Tracking
from tray.store.database import Database
from tray.store.uploads import Upload
from tray.tracker import catalogue, entries, favourites, timer
from tray.tracker.resolve import Draft
from tray.ui import wording
from tray.ui.entries import captions, name_choices
from tray.ui.entries.day_content import DayEntry, row_of
from tray.ui.entry_line.candidates import CandidateSources, candidates
from tray.ui.entry_line.preview_chips import preview_chips
from tray.ui.menu import HotkeyLabels, rows

TIMES = TimeFormat()


@pytest.fixture
def twins(db: Database, qtbot: QtBot) -> Iterator[Tracking]:
    """Three projects “Web”, of two clients and two workspaces, and a tag “call” in each."""
    del qtbot
    now = clock.now()
    for client in ("Acme", "Initech"):
        catalogue.create_project(db, "Web", now=now, changes={"client": client})
    catalogue.create_tag(db, "call", now=now)
    db.run("UPDATE workspace SET name = 'Home' WHERE id = 1")
    db.run("INSERT INTO workspace (id, name) VALUES (2, 'Work')")
    db.run("INSERT INTO client (id, workspace_id, name) VALUES (3, 2, 'Acme')")
    db.run(
        "INSERT INTO project (workspace_id, name, client_id, colour) "
        "VALUES (2, 'Web', 3, '#0b83d9')"
    )
    db.run("INSERT INTO tag (workspace_id, name) VALUES (2, 'call'), (2, 'mail')")
    tracked = Tracking(db, Calendar())
    yield tracked
    tracked.release()


def menu(tracking: Tracking) -> list[str]:
    return [row.text for row in rows(tracking.snapshot, HotkeyLabels(), now=clock.now())]


def offered(tracking: Tracking, line: str) -> list[tuple[str, str]]:
    now = clock.now()
    sources = CandidateSources(None, (), tracking.snapshot.names)
    found = candidates(line, read_line(line, now=now, zone=None), len(line), sources, now=now)
    return [(each.text, each.beside) for each in found]


def test_in_the_menu(twins: Tracking) -> None:
    now = clock.now()
    favourites.pin(twins.db, Draft("Plan", "Web (Acme, Work)"), now=now)
    entries.add(twins.db, Draft("Review", "Web (Initech)"), start=now - 60, stop=now, now=now)
    timer.start(twins.db, Draft("Call", "Web (Acme, Home)"), now=now)
    twins.refresh()
    texts = menu(twins)
    assert texts[1].endswith("Call · Web (Acme, Home)")
    assert {"Plan · Web (Acme, Work)", "Review · Web (Initech)"} <= {*texts}


def test_among_the_most_used_without_an_archived_one(twins: Tracking) -> None:
    now = clock.now()
    for number, project in enumerate(("Web (Initech)", "Web (Acme, Work)")):
        start = now - 100 * (number + 1)
        entries.add(twins.db, Draft("", project), start=start, stop=start + 60, now=now)
    twins.refresh()
    assert {"Web (Initech)", "Web (Acme, Work)"} <= {*menu(twins)}
    most_used = twins.snapshot.most_used
    assert {each.workspace_id for each in most_used} == {1, 2}
    catalogue.archive(twins.db, "project", 3, now=now)
    twins.refresh()
    assert [each.project_id for each in twins.snapshot.most_used] == [2]


def test_below_the_line(twins: Tracking) -> None:
    assert offered(twins, "@web") == [
        ("Web", "Acme, Home"),
        ("Web", "Initech"),
        ("Web", "Acme, Work"),
    ]


def test_a_tag_below_the_line_once_and_of_the_projects_workspace(twins: Tracking) -> None:
    assert offered(twins, "#") == [("call", ""), ("mail", "")]
    assert offered(twins, '@"Web (Acme, Work)" #') == [("call", ""), ("mail", "")]
    assert offered(twins, '@"Web (Initech)" #') == [("call", "")]


def test_on_the_chips(twins: Tracking) -> None:
    now, names = clock.now(), twins.snapshot.names
    for label in ("Web (Acme, Home)", "Web (Initech)", "Web (Acme, Work)"):
        entry = read_line(f'@"{label}"', now=now, zone=None).entry
        chips = preview_chips(entry, names, Calendar(), TIMES, now=now)
        assert [(chip.text, chip.warning) for chip in chips] == [(label, False)]
    entry = read_line("@web", now=now, zone=None).entry
    assert preview_chips(entry, names, Calendar(), TIMES, now=now)[0].warning


def test_in_the_fields_of_an_entry(twins: Tracking) -> None:
    names = twins.snapshot.names
    labels = [each.label or each.name for each in name_choices.projects("", names)]
    assert labels == ["No project", "Web (Acme, Home)", "Web (Initech)", "Web (Acme, Work)"]
    for label in labels[1:]:
        found = name_choices.project_labelled(label, names)
        assert found is not None
        assert name_choices.project_label(found.id, names) == label
    assert [each.name for each in name_choices.tags("", names)] == ["call", "mail"]
    assert [each.name for each in name_choices.tags("", names, workspace_id=1)] == ["call"]


def test_in_a_row_of_the_list(twins: Tracking) -> None:
    now = clock.now()
    added = entries.add(
        twins.db, Draft("Review", "Web (Acme, Work)"), start=now - 60, stop=now, now=now
    )
    assert added.entry is not None
    assert wording.project(added.entry, twins.snapshot.names) == "Web (Acme, Work)"
    listed = DayEntry(added.entry, 60, 1, is_part=False, upload=Upload.DONE)
    row = row_of([listed], now=now)
    assert row is not None
    assert "Web (Acme, Work)" in captions.sentence(row, twins.snapshot.names, TIMES)
