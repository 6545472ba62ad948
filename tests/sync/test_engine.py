"""What becomes of changes on either side, with the fake server and no real time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.toggl.exchange import Request
from tests.sync.rig import NOON, Rig
from tray.store import account, entries, journal, outbox
from tray.sync import status
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.db.close()


def test_a_start_and_a_stop_are_one_request_each(rig: Rig) -> None:
    rig.sign_in()
    rig.run(60)
    before = len(rig.service.log)
    timer.start(rig.db, Draft("Write", tags=("deep",)), now=rig.now)
    rig.run(2)
    timer.stop(rig.db, now=rig.now)
    rig.run(2)
    assert [(each.method, each.status) for each in rig.service.log[before:]] == [
        ("POST", 200),
        ("PATCH", 200),
    ]
    assert rig.ours() == rig.theirs() != []


def test_an_entry_made_offline_is_one_request(rig: Rig) -> None:
    rig.sign_in()
    rig.run(60)
    rig.adapter.online = False
    timer.start(rig.db, Draft("Write", "Book", create_missing=True), now=rig.now)
    rig.run(100)
    timer.stop(rig.db, now=rig.now)
    verbs.edit(rig.db, [1], {"description": "Write more"}, now=rig.now)
    rig.run(100)
    assert status.read(rig.db, now=rig.now).state == "offline"
    before = len(rig.service.log)
    rig.adapter.online = True
    rig.engine.network_is_back()
    rig.run(10)
    assert [(each.method) for each in rig.service.log[before:]][:2] == ["POST", "POST"]
    assert rig.ours() == rig.theirs() != []


def test_what_is_broken_off_here_is_no_trouble_of_the_line(rig: Rig) -> None:
    rig.sign_in()
    rig.run(60)
    before = account.read(rig.db)

    def closed(request: Request) -> bool:
        rig.engine.close()
        return request.method == "GET"

    rig.adapter.faults.next("drop_before_commit", closed)
    rig.engine.sync_now()
    rig.engine.turn()
    found = account.read(rig.db)
    assert found is not None
    assert before is not None
    assert found.errors == before.errors
    assert not [line for line in journal.latest(rig.db, 100) if line.kind == "trouble"]


def test_a_timer_started_elsewhere_appears(rig: Rig) -> None:
    rig.sign_in()
    rig.run(60)
    timer.start(rig.db, Draft("Here"), now=rig.now)
    rig.run(30)
    rig.account.start("There")
    rig.run(400)
    running = entries.running(rig.db)
    assert running is not None
    assert running.description == "There"
    assert rig.ours() == rig.theirs()


@pytest.mark.parametrize(
    "fault",
    [
        "drop_after_commit",
        "drop_before_commit",
        "reset_after_commit",
        "truncated",
        "late",
        "doubled",
    ],
)
def test_a_lost_reply_neither_loses_nor_doubles(rig: Rig, fault: str) -> None:
    rig.sign_in()
    rig.run(60)
    rig.adapter.faults.next(fault, when=lambda request: request.method == "POST")
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(900)
    assert outbox.count(rig.db) == (0, 0)
    assert rig.ours() == rig.theirs() == [("Write", NOON + 60, None, None, ())]


def test_an_edit_made_offline_does_not_overwrite_a_later_one_elsewhere(rig: Rig) -> None:
    rig.sign_in()
    entry = rig.account.add(NOON - 600, NOON - 300, description="Draft")
    rig.run(400)
    rig.adapter.online = False
    verbs.edit(rig.db, [1], {"description": "Ours, earlier"}, now=rig.now)
    rig.db.run("UPDATE outbox SET changed_at = ?", (rig.now,))  # SQLite's clock is the real one
    rig.run(600)
    rig.account.edit(entry, description="Theirs, later")
    rig.run(600)
    rig.adapter.online = True
    rig.engine.network_is_back()
    rig.run(60)
    assert rig.ours() == rig.theirs()
    assert rig.ours()[0][0] == "Theirs, later"
    assert status.read(rig.db, now=rig.now).conflicts == 1
