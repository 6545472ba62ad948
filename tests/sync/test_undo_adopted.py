"""Undo takes back what was made here, and never what the account had before."""

from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Final

import pytest

from tests.fakes.toggl.rows import LiveEntry
from tests.sync.pair import Pair
from tests.sync.rig import NOON, Rig
from tray.store import outbox
from tray.store.undoing import PastStep
from tray.tracker import catalogue, undo
from tray.tracker import entries as verbs
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft
from tray.tracker.transfer import import_file

HOUR: Final = 3600
DAY: Final = 24 * HOUR
RECENT: Final = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags\n"
    "Lab,lab@example.com,,,,Recent work 1,No,2026-11-01,08:00:00,2026-11-01,09:00:00,01:00:00,\n"
    "Lab,lab@example.com,,,,Recent work 2,No,2026-11-02,08:00:00,2026-11-02,09:00:00,01:00:00,\n"
    "Lab,lab@example.com,,,,Recent work 3,No,2026-11-03,08:00:00,2026-11-03,09:00:00,01:00:00,\n"
)
FIRST: Final = NOON - 17 * DAY - 4 * HOUR
"""2026-11-01 08:00 UTC."""


def make_there(rig: Rig, count: int = 3) -> list[LiveEntry]:
    """The entries of the file, as another program made them."""
    for number in range(count):
        start = FIRST + number * DAY
        rig.account.add(start, start + HOUR, description=f"Recent work {number + 1}")
    return rig.account.entries()


def bring_in(rig: Rig) -> None:
    path = Path(rig.path).parent / "recent.csv"
    path.write_text(RECENT, encoding="utf-8")
    import_file(rig.db, str(path), now=rig.now, zone=UTC)


def add(rig: Rig) -> None:
    verbs.add(rig.db, Draft("Recent work 1"), start=FIRST, stop=FIRST + HOUR, now=rig.now)


def untouched(rig: Rig, there: list[LiveEntry]) -> None:
    """What another program made is in the account as it was, and here too."""
    assert rig.account.entries() == there
    assert rig.ours() == rig.theirs()
    assert outbox.count(rig.db) == (0, 0)


def remarks(done: tuple[Outcome, PastStep]) -> tuple[str, ...]:
    return done[0].remarks


@pytest.mark.parametrize("do", [bring_in, add])
@pytest.mark.parametrize("before_signing_in", [True, False])
def test_the_accounts_own_entries_stay(
    rig: Rig, do: Callable[[Rig], None], before_signing_in: bool
) -> None:
    there = make_there(rig)
    if before_signing_in:
        do(rig)
        rig.sign_in("upload")
    else:
        rig.sign_in()
        do(rig)
    rig.run(2 * HOUR)
    untouched(rig, there)
    kept = remarks(undo.undo(rig.db))
    rig.run(2 * HOUR)
    untouched(rig, there)
    assert kept == (
        ("3 entries stay: the account had them already.",)
        if do is bring_in
        else ("1 entry stays: the account had it already.",)
    )
    undo.redo(rig.db)
    rig.run(2 * HOUR)
    untouched(rig, there)
    assert remarks(undo.undo(rig.db)) == kept
    rig.run(2 * HOUR)
    untouched(rig, there)


def test_what_an_import_made_in_the_account_is_taken_back(signed_in: Rig) -> None:
    there = make_there(signed_in, 1)
    bring_in(signed_in)
    signed_in.run(2 * HOUR)
    assert len(signed_in.theirs()) == 3
    assert remarks(undo.undo(signed_in.db)) == ("1 entry stays: the account had it already.",)
    signed_in.run(2 * HOUR)
    untouched(signed_in, there)
    undo.redo(signed_in.db)
    signed_in.run(2 * HOUR)
    assert len(set(signed_in.theirs())) == len(signed_in.theirs()) == 3
    assert signed_in.ours() == signed_in.theirs()


def test_what_was_changed_elsewhere_since_stays_as_it_is(signed_in: Rig) -> None:
    there = make_there(signed_in)
    bring_in(signed_in)
    signed_in.run(2 * HOUR)
    signed_in.account.edit(there[0].id, description="Changed on the phone")
    there = signed_in.account.entries()
    signed_in.run(2 * HOUR)
    undo.undo(signed_in.db)
    signed_in.run(2 * HOUR)
    untouched(signed_in, there)
    assert "Changed on the phone" in {row[0] for row in signed_in.theirs()}


def test_an_entry_of_the_account_that_is_deleted_here_is_deleted_there(signed_in: Rig) -> None:
    make_there(signed_in, 1)
    add(signed_in)
    signed_in.run(2 * HOUR)
    verbs.delete(signed_in.db, [1], now=signed_in.now)
    signed_in.run(2 * HOUR)
    assert signed_in.theirs() == signed_in.ours() == []


def test_what_another_computer_added_too_stays_for_it(pair: Pair) -> None:
    for rig in pair.both:
        pair.online(rig, False)
        verbs.add(rig.db, Draft("Meeting"), start=NOON - HOUR, stop=NOON, now=rig.now)
    pair.online(pair.there)
    pair.run(60)
    pair.online(pair.here)
    pair.run(2 * HOUR)
    (entry,) = pair.account.entries()
    assert remarks(undo.undo(pair.here.db)) == ("1 entry stays: the account had it already.",)
    pair.meet()
    assert pair.account.entries() == [entry]


def make_it_there(rig: Rig, kind: str) -> None:
    match kind:
        case "client":
            rig.account.add_client("Book")
        case "project":
            rig.account.add_project("Book")
        case _:
            rig.account.add_tag("Book")


def ids_there(rig: Rig) -> list[int]:
    """Of all projects, clients and tags that the account has."""
    account = rig.account
    kept = [each.id for each in account.clients.values() if not each.deleted_at]
    kept += [each.id for each in account.projects.values() if not each.deleted_at]
    return kept + [each.id for each in account.tags.values() if not each.deleted_at]


@pytest.mark.parametrize("kind", ["client", "project", "tag"])
def test_a_thing_that_the_account_had_under_that_name_stays(signed_in: Rig, kind: str) -> None:
    make_it_there(signed_in, kind)
    match kind:
        case "client":
            catalogue.create_client(signed_in.db, "Book", now=signed_in.now)
        case "project":
            catalogue.create_project(signed_in.db, "Book", now=signed_in.now)
        case _:
            catalogue.create_tag(signed_in.db, "Book", now=signed_in.now)
    there = ids_there(signed_in)
    signed_in.run(2 * HOUR)
    undo.undo(signed_in.db)
    signed_in.run(2 * HOUR)
    assert ids_there(signed_in) == there
    undo.redo(signed_in.db)
    signed_in.run(2 * HOUR)
    assert ids_there(signed_in) == there
    assert outbox.count(signed_in.db) == (0, 0)


def test_things_that_an_import_names_stay_in_the_account(signed_in: Rig) -> None:
    signed_in.account.add_project("Site")
    signed_in.account.add_tag("deep")
    there = ids_there(signed_in)
    path = Path(signed_in.path).parent / "things.json"
    path.write_text(
        '{"v": 1, "entries": [], "projects": [{"name": "Site"}], "tags": [{"name": "deep"}]}'
    )
    import_file(signed_in.db, str(path), now=signed_in.now, zone=UTC)
    signed_in.run(2 * HOUR)
    undo.undo(signed_in.db)
    signed_in.run(2 * HOUR)
    assert ids_there(signed_in) == there
