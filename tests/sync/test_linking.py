"""How the local copy and an account come together, and part again."""

import shutil
from pathlib import Path

import pytest

from tests.sync.rig import NOON, Rig
from tray.errors import Refused, Undecided
from tray.store import account, backup, backup_paths, entries, journal, outbox, remote_rows
from tray.store.database import Database
from tray.sync import status
from tray.sync.sign_in import linking
from tray.sync.sign_in.identity import ServerLocation
from tray.sync.sign_in.linking import Choice
from tray.tracker import entries as verbs
from tray.tracker import favourites, timer
from tray.tracker.resolve import Draft

DAY = 24 * 3600


def make_here(rig: Rig, *names: str, days_ago: int = 1) -> None:
    for number, name in enumerate(names):
        start = NOON - days_ago * DAY + 100 * number
        draft = Draft(name, "Book", tags=("deep",), create_missing=True)
        verbs.add(rig.db, draft, start=start, stop=start + 60, now=NOON)


def make_there(rig: Rig, *names: str, days_ago: int = 1) -> None:
    """The same as `make_here`: exported from one and imported to the other."""
    for number, name in enumerate(names):
        start = NOON - days_ago * DAY + 100 * number
        known = [each.id for each in rig.account.projects.values()]
        project = known[0] if known else rig.account.add_project("Book")
        rig.account.add(start, start + 60, description=name, tags=["deep"], project_id=project)


def test_entries_made_before_are_uploaded(rig: Rig) -> None:
    make_here(rig, "A", "B")
    assert linking.entries_here(rig.db) == 2
    rig.sign_in("upload")
    rig.run(600)
    assert rig.ours() == rig.theirs()
    assert len(rig.ours()) == 2


@pytest.mark.parametrize("choice", ["keep", "later"])
def test_entries_made_before_stay_here(rig: Rig, choice: Choice) -> None:
    make_here(rig, "A", "B")
    rig.sign_in(choice)
    timer.start(rig.db, Draft("New"), now=rig.now)
    rig.run(600)
    assert [row[0] for row in rig.theirs()] == ["New"]
    assert len(rig.ours()) == 3
    assert status.read(rig.db, now=rig.now).local_only == 2


def test_later_can_come(rig: Rig) -> None:
    make_here(rig, "A", "B")
    rig.sign_in("later")
    rig.run(600)
    assert linking.upload(rig.db, now=rig.now) == 2
    rig.run(600)
    assert rig.ours() == rig.theirs()
    assert len(rig.ours()) == 2


@pytest.mark.parametrize("choice", ["upload", "keep", "later"])
@pytest.mark.parametrize("days_ago", [1, 40])
def test_entries_that_are_on_both_sides_are_not_doubled(
    rig: Rig, choice: Choice, days_ago: int
) -> None:
    make_here(rig, "A", "B", days_ago=days_ago)
    make_there(rig, "A", "B", days_ago=days_ago)
    rig.sign_in(choice)
    rig.run(1_200)
    assert rig.ours() == rig.theirs()
    assert len(rig.ours()) == 2
    assert outbox.count(rig.db) == (0, 0)
    assert status.read(rig.db, now=rig.now).local_only == 0


def test_entries_older_than_the_server_shows_at_once_are_looked_up_first(rig: Rig) -> None:
    make_here(rig, "A", "B", "C", days_ago=200)
    make_there(rig, "A", "B", days_ago=200)
    rig.sign_in("upload")
    rig.run(3 * 3600)
    assert rig.ours() == rig.theirs()
    assert len(rig.ours()) == 3
    assert outbox.count(rig.db) == (0, 0)


def test_signing_out_and_in_again_goes_on_where_it_was(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("A"), now=signed_in.now)
    signed_in.run(60)
    linking.sign_out(signed_in.db, "keep", now=signed_in.now)
    assert signed_in.engine.turn() is None
    timer.start(signed_in.db, Draft("B"), now=signed_in.now)
    assert status.read(signed_in.db, now=signed_in.now).state == "signed out"
    signed_in.sign_in()
    signed_in.run(600)
    assert signed_in.ours() == signed_in.theirs()
    assert len(signed_in.ours()) == 2


def test_a_forgotten_account_leaves_the_data(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("A"), now=signed_in.now)
    signed_in.run(60)
    linking.sign_out(signed_in.db, "forget", now=signed_in.now)
    assert account.read(signed_in.db) is None
    assert len(signed_in.ours()) == 1
    signed_in.sign_in("upload")
    signed_in.run(600)
    assert signed_in.ours() == signed_in.theirs()
    assert len(signed_in.ours()) == 1


def test_removing_takes_what_the_server_has_and_refuses_while_something_is_unsent(
    rig: Rig,
) -> None:
    make_here(rig, "Stays")
    rig.sign_in("keep")
    rig.run(600)
    timer.start(rig.db, Draft("A"), now=rig.now)
    with pytest.raises(Refused, match="not reached"):
        linking.sign_out(rig.db, "remove", now=rig.now)
    rig.run(60)
    linking.sign_out(rig.db, "remove", now=rig.now)
    assert [row[0] for row in rig.ours()] == ["Stays"]
    assert account.read(rig.db) is None


def test_what_stays_keeps_what_it_uses(rig: Rig) -> None:
    make_here(rig, "Stays")
    draft = Draft("Sent", "Song", tags=("loud",), create_missing=True)
    kept = Draft("Liked", "Garden", tags=("calm",), create_missing=True)
    rig.sign_in("keep")
    verbs.add(rig.db, draft, start=NOON - 60, stop=NOON, now=rig.now)
    favourites.pin(rig.db, kept, now=rig.now)
    rig.run(600)
    assert remote_rows.row_ids(rig.db, "tag").keys() == rig.account.tags.keys()
    linking.sign_out(rig.db, "remove", now=rig.now)
    ((name, _, _, project, tags),) = rig.ours()
    assert (name, project, tags) == ("Stays", "Book", ("deep",))
    assert rig.db.rows("SELECT name FROM tag ORDER BY name") == [("calm",), ("deep",)]
    assert rig.db.rows("SELECT name FROM project ORDER BY name") == [("Book",), ("Garden",)]


def test_removing_says_how_much_was_not_sent(signed_in: Rig) -> None:
    make_one(signed_in, "A")
    with pytest.raises(Refused, match=r"^1 change has not reached .* Let it be sent"):
        linking.check_all_sent(signed_in.db)
    make_one(signed_in, "B")
    with pytest.raises(Refused, match=r"^2 changes have not reached .* Let them be sent"):
        linking.check_all_sent(signed_in.db)


def test_removing_points_to_what_was_refused(signed_in: Rig) -> None:
    signed_in.account.workspace.required = frozenset({"project"})
    make_one(signed_in, "A")
    signed_in.run(60)
    with pytest.raises(Undecided, match=r"^1 change waits .* Settle it first, or sign out"):
        linking.check_all_sent(signed_in.db)
    make_one(signed_in, "B")
    signed_in.run(60)
    with pytest.raises(Undecided, match=r"^2 changes wait .* Settle them first"):
        linking.check_all_sent(signed_in.db)


def make_one(rig: Rig, name: str) -> None:
    verbs.add(rig.db, Draft(name), start=NOON - 60, stop=NOON, now=rig.now)


def test_another_account_is_refused(signed_in: Rig) -> None:
    other = signed_in.connection().me()._replace(user_id=1)
    with pytest.raises(Refused, match="another account"):
        linking.sign_in(signed_in.db, other, ServerLocation("x", "basic"), now=signed_in.now)


def test_an_old_backup_that_is_put_back_doubles_nothing(signed_in: Rig, tmp_path: Path) -> None:
    timer.start(signed_in.db, Draft("Sent later"), now=signed_in.now)
    backup.daily(signed_in.db, signed_in.now)
    signed_in.run(60)
    timer.start(signed_in.db, Draft("Not in the backup"), now=signed_in.now)
    signed_in.run(60)
    copy = backup.newest_first(backup_paths.folder_of(signed_in.path))[0]
    signed_in.db.close()
    for tail in ("", "-wal", "-shm"):
        Path(signed_in.path + tail).unlink(missing_ok=True)
    shutil.copy(copy, signed_in.path)
    signed_in.db = signed_in.open()
    signed_in.start_engine()
    signed_in.run(2 * 3600)
    assert signed_in.ours() == signed_in.theirs()
    assert [row[0] for row in signed_in.ours()] == ["Not in the backup", "Sent later"]


def test_rows_that_a_damage_has_taken_are_not_deleted_on_the_server(signed_in: Rig) -> None:
    from tray.store import resync

    make_here(signed_in, "A", "B")
    signed_in.run(120)
    with signed_in.db.writing():
        signed_in.db.run("DELETE FROM entry WHERE id = 1")
        resync.look_before_sending(signed_in.db)
    signed_in.restart()
    signed_in.run(2 * 3600)
    assert signed_in.ours() == signed_in.theirs()
    assert len(signed_in.ours()) == 2


def test_nothing_is_noted_without_an_account(db: Database) -> None:
    timer.start(db, Draft("A", tags=("deep",)), now=NOON)
    verbs.edit(db, [1], {"description": "B"}, now=NOON)
    assert outbox.count(db) == (0, 0)
    assert remote_rows.of_row(db, "entry", 1) is None
    assert len([*entries.everything(db)]) == 1


def test_what_stays_here_is_not_sent_even_if_another_device_stops_it(rig: Rig) -> None:
    timer.start(rig.db, Draft("Ours"), now=rig.now)
    rig.now += 60
    rig.sign_in("keep")
    rig.account.start("There")
    rig.run(600)
    assert [row[0] for row in rig.theirs()] == ["There"]
    assert {row[0]: row[2] for row in rig.ours()} == {"Ours": NOON + 60, "There": None}


@pytest.mark.parametrize("choice", ["keep", "later"])
def test_what_stays_here_does_not_stop_what_runs_in_the_account(rig: Rig, choice: Choice) -> None:
    rig.account.start("There")
    began = rig.account.entries()[0].start
    rig.now += 60
    timer.start(rig.db, Draft("Ours"), now=rig.now)
    rig.now += 60
    rig.sign_in(choice)
    rig.run(600)
    assert [row[:3] for row in rig.theirs()] == [("There", began, None)]
    assert {row[0]: row[1:3] for row in rig.ours()} == {
        "Ours": (NOON + 60, NOON + 120),
        "There": (began, None),
    }
    assert "“Ours” was stopped, as “There” runs in the account." in [
        line.text for line in journal.latest(rig.db, 9)
    ]


def test_what_is_started_here_later_still_stops_what_runs_in_the_account(rig: Rig) -> None:
    rig.account.start("There")
    rig.now += 60
    rig.sign_in("keep")
    timer.start(rig.db, Draft("Ours"), now=rig.now)
    rig.run(600)
    assert rig.ours() == rig.theirs()
    assert {row[0]: row[2] for row in rig.theirs()} == {"There": NOON + 60, "Ours": None}


def test_what_stays_here_goes_on_after_what_was_stopped_here(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Before"), now=signed_in.now)
    signed_in.run(60)
    timer.start(signed_in.db, Draft("Ours"), now=signed_in.now)
    with signed_in.db.writing():
        outbox.drop(signed_in.db, "entry", 2)
        signed_in.db.run("INSERT INTO local_only (of_table, row_id) VALUES ('entry', 2)")
        signed_in.db.run("UPDATE outbox SET next_at = ?", (signed_in.now + 3,))
    signed_in.engine.sync_now()
    signed_in.run(600)
    running = entries.running(signed_in.db)
    assert running is not None
    assert running.description == "Ours"
