"""A file that is imported while signed in: what the account has already is not sent once more."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from tests.fakes.toggl.exchange import Reply, Request, answer
from tests.fakes.toggl.rows import LiveEntry
from tests.sync.rig import NOON, Rig
from tray.store import journal, outbox
from tray.sync import status
from tray.sync.sign_in import linking
from tray.tracker import entries as verbs
from tray.tracker import undo
from tray.tracker.entries import Changes
from tray.tracker.resolve import Draft
from tray.tracker.transfer import import_file

HOUR: Final = 3600
DAY: Final = 24 * HOUR
OLD: Final = NOON - 200 * DAY
"""In May: long before what the server gives by itself."""
KEPT: Final = (
    "3 older entries stay on this computer: there is no way to see whether the server has them "
    "already."
)


@pytest.fixture(params=[8, 9])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """In step with an account over either protocol; its older entries have not come."""
    rig = Rig(tmp_path, version=request.param)
    rig.sign_in()
    rig.run(HOUR)
    yield rig
    rig.db.close()


def make_there(rig: Rig, count: int = 3, *, start: int = OLD, **fields: Any) -> list[int]:
    """Entries that another program made in the account, a day apart."""
    names = [f"Old work {number + 1}" for number in range(count)]
    made = [
        rig.account.add(begin, begin + HOUR, description=name, **fields)
        for name, begin in zip(names, range(start, start + count * DAY, DAY), strict=True)
    ]
    for each in made if start < NOON - 90 * DAY else ():
        rig.account.time_entries[each].at = start * 1_000_000
    return made


def exported(rig: Rig, kind: str, only: Sequence[int] = ()) -> str:
    """A file with the account's own entries, as its report or a backup from here has them."""
    path = Path(rig.path).parent / f"year.{kind}"
    found = [each for each in rig.account.entries() if not only or each.id in only]
    write = _write_json if kind == "json" else _write_csv
    write(path, found, {row.id: row.name for row in rig.account.projects.values()})
    return str(path)


def _write_json(path: Path, found: Sequence[LiveEntry], projects: dict[int, str]) -> None:
    entries = [
        {
            "description": each.description,
            "project": projects.get(each.project_id or 0),
            "tags": each.tags,
            **{name: f"{_moment(at):%Y-%m-%dT%H:%M:%SZ}" for name, at in _times(each)},
        }
        for each in found
    ]
    path.write_text(json.dumps({"v": 1, "entries": entries}), encoding="utf-8")


def _write_csv(path: Path, found: Sequence[LiveEntry], projects: dict[int, str]) -> None:
    times = ("Start date", "Start time", "End date", "End time")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Description", "Project", "Tags", *times))
        for each in found:
            when = [f"{_moment(at):{form}}" for _, at in _times(each) for form in ("%F", "%T")]
            project = projects.get(each.project_id or 0, "")
            writer.writerow((each.description, project, ", ".join(each.tags), *when))


def _times(each: LiveEntry) -> list[tuple[str, int]]:
    return [("start", each.start), ("stop", each.stop or 0)]


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def bring_in(rig: Rig, kind: str, only: Sequence[int] = ()) -> Any:
    return import_file(rig.db, exported(rig, kind, only), now=rig.now, zone=UTC)


def each_once(rig: Rig) -> None:
    """Everything is on either side, and exactly once."""
    assert rig.ours() == rig.theirs()
    assert len(set(rig.theirs())) == len(rig.theirs()) > 0
    assert outbox.count(rig.db) == (0, 0)


def refuse_reports(rig: Rig, status_code: int) -> None:
    handle = rig.service.handle

    def handled(request: Request) -> Reply:
        if "/search/time_entries" in request.path:
            return answer("Workspace needs to have this feature enabled", status_code)
        return handle(request)

    rig.service.handle = handled  # type: ignore[method-assign]


def said(rig: Rig) -> list[str]:
    return [line.text for line in journal.latest(rig.db, 50)]


def posted(rig: Rig) -> int:
    return sum(
        each.method == "POST" and each.path.endswith("/time_entries") and "search" not in each.path
        for each in rig.service.log
    )


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_accounts_own_export_is_not_sent_again(either: Rig, kind: str) -> None:
    make_there(either)
    assert bring_in(either, kind).added == 3
    either.run(2 * HOUR)
    each_once(either)
    assert len(either.theirs()) == 3
    assert posted(either) == 0


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize("refused", [402, 403, 404])
def test_without_reports_it_stays_here(signed_in: Rig, kind: str, refused: int) -> None:
    make_there(signed_in)
    signed_in.run(HOUR)
    refuse_reports(signed_in, refused)
    bring_in(signed_in, kind)
    signed_in.run(2 * HOUR)
    assert len(signed_in.theirs()) == len(signed_in.ours()) == 3
    assert posted(signed_in) == 0
    assert outbox.count(signed_in.db) == (0, 0)
    assert status.read(signed_in.db, now=signed_in.now).local_only == 3
    assert KEPT in said(signed_in)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_imported_without_a_line_it_is_looked_for_later(either: Rig, kind: str) -> None:
    make_there(either)
    either.adapter.online = False
    bring_in(either, kind)
    either.run(HOUR)
    either.restart()
    either.run(HOUR)
    either.adapter.online = True
    either.engine.network_is_back()
    either.run(2 * HOUR)
    each_once(either)
    assert posted(either) == 0


def test_what_the_account_lacks_is_sent(either: Rig) -> None:
    there = make_there(either, 6)
    path = exported(either, "csv")
    for each in there[3:]:
        del either.account.time_entries[each]
    import_file(either.db, path, now=either.now, zone=UTC)
    either.run(2 * HOUR)
    each_once(either)
    assert len(either.theirs()) == 6
    assert posted(either) == 3


def test_what_the_plan_reports_is_looked_up_though_older_entries_cannot_be(
    signed_in: Rig,
) -> None:
    there = make_there(signed_in)
    ancient = make_there(signed_in, start=NOON - 900 * DAY)
    bring_in(signed_in, "csv")
    signed_in.run(3 * HOUR)
    assert len(signed_in.theirs()) == len(there) + len(ancient)
    assert posted(signed_in) == 0
    assert status.read(signed_in.db, now=signed_in.now).local_only == len(ancient)
    assert KEPT in said(signed_in)


def test_what_was_made_elsewhere_a_moment_ago_is_not_sent_again(either: Rig) -> None:
    start = either.now - HOUR
    either.account.add(start, start + 600, description="Just now")
    bring_in(either, "json")
    either.run(HOUR)
    each_once(either)
    assert posted(either) == 0


def test_recent_entries_are_sent_without_delay(signed_in: Rig) -> None:
    there = make_there(signed_in, start=NOON - 5 * DAY)
    path = exported(signed_in, "csv")
    for each in there:
        del signed_in.account.time_entries[each]
    import_file(signed_in.db, path, now=signed_in.now, zone=UTC)
    before = len(signed_in.service.log)
    signed_in.run(30)
    each_once(signed_in)
    assert len(signed_in.service.log) - before == 2 + len(there)


def test_before_history_has_come_nothing_is_sent(rig: Rig) -> None:
    make_there(rig, start=NOON - 30 * DAY)
    make_there(rig)
    rig.sign_in()
    bring_in(rig, "csv")
    rig.run(2 * HOUR)
    each_once(rig)
    assert posted(rig) == 0


def test_what_was_renamed_since_is_the_same(either: Rig) -> None:
    project = either.account.add_project("Site")
    there = make_there(either, project_id=project, tags=["deep"])
    path = exported(either, "csv")
    other = either.account.add_project("Shop")
    for each in there:
        row = either.account.time_entries[each]
        row.description, row.project_id, row.tag_ids = "Renamed", other, []
    import_file(either.db, path, now=either.now, zone=UTC)
    either.run(2 * HOUR)
    each_once(either)
    assert {row[0] for row in either.theirs()} == {"Renamed"}
    assert posted(either) == 0


def test_a_project_that_was_renamed_since_is_not_made_anew(either: Rig) -> None:
    project = either.account.add_project("Site")
    make_there(either, project_id=project, tags=["deep"])
    path = exported(either, "csv")
    either.account.edit_project(project, name="Website")
    import_file(either.db, path, now=either.now, zone=UTC)
    either.run(2 * HOUR)
    each_once(either)
    assert [row.name for row in either.account.projects.values()] == ["Website"]


def test_a_project_of_entries_that_stay_here_is_not_made_there(signed_in: Rig) -> None:
    path = Path(signed_in.path).parent / "ancient.csv"
    header = "Description,Client,Project,Tags,Start date,Start time,Duration"
    path.write_text(f"{header}\nAncient,Acme,Site,deep,2021-05-01,09:00:00,01:00:00\n")
    import_file(signed_in.db, str(path), now=signed_in.now, zone=UTC)
    signed_in.run(2 * HOUR)
    account = signed_in.account
    assert [*account.projects, *account.clients, *account.tags] == []
    assert outbox.count(signed_in.db) == (0, 0)
    draft = Draft("New", "Site", tags=("deep",))
    verbs.add(signed_in.db, draft, start=signed_in.now - 60, stop=signed_in.now, now=signed_in.now)
    signed_in.run(60)
    assert [row[3:] for row in signed_in.theirs()] == [("Site", ("deep",))]
    assert [row.name for row in signed_in.account.clients.values()] == ["Acme"]


@pytest.mark.parametrize("done_again", [True, False])
def test_what_is_sent_is_sent_with_its_project(signed_in: Rig, done_again: bool) -> None:
    path = Path(signed_in.path).parent / "new.csv"
    header = "Description,Client,Project,Tags,Start date,Start time,Duration"
    path.write_text(f"{header}\nNew,Acme,Site,deep,2026-11-17,09:00:00,01:00:00\n")
    import_file(signed_in.db, str(path), now=signed_in.now, zone=UTC)
    if done_again:
        undo.undo(signed_in.db)
        signed_in.run(HOUR)
        undo.redo(signed_in.db)
    signed_in.run(HOUR)
    each_once(signed_in)
    assert [row[3:] for row in signed_in.theirs()] == [("Site", ("deep",))]


def test_a_project_that_a_file_lists_by_itself_is_made(signed_in: Rig) -> None:
    path = Path(signed_in.path).parent / "things.json"
    path.write_text('{"v": 1, "entries": [], "projects": [{"name": "Site"}]}')
    import_file(signed_in.db, str(path), now=signed_in.now, zone=UTC)
    signed_in.run(HOUR)
    assert [row.name for row in signed_in.account.projects.values()] == ["Site"]


def test_older_entries_that_have_come_are_not_read_for_the_next_import(signed_in: Rig) -> None:
    make_there(signed_in)
    bring_in(signed_in, "csv")
    signed_in.run(2 * HOUR)
    before = len(signed_in.service.log)
    more = make_there(signed_in, 1, start=OLD + 20 * DAY)
    path = exported(signed_in, "json", more)
    del signed_in.account.time_entries[more[0]]
    import_file(signed_in.db, path, now=signed_in.now, zone=UTC)
    signed_in.run(30)
    each_once(signed_in)
    assert len(signed_in.service.log) - before == 3


@pytest.mark.parametrize("synced_between", [True, False])
def test_an_import_that_is_done_again_is_looked_for_again(
    either: Rig, synced_between: bool
) -> None:
    make_there(either)
    either.adapter.online = False
    bring_in(either, "csv")
    undo.undo(either.db)
    if synced_between:
        either.adapter.online = True
        either.engine.network_is_back()
        either.run(2 * HOUR)
    undo.redo(either.db)
    either.adapter.online = True
    either.engine.network_is_back()
    either.run(2 * HOUR)
    each_once(either)
    assert len(either.theirs()) == 3
    assert posted(either) == 0


def test_an_import_taken_back_at_once_leaves_the_account_alone(either: Rig) -> None:
    make_there(either, start=NOON - 5 * DAY)
    bring_in(either, "csv")
    undo.undo(either.db)
    either.run(2 * HOUR)
    each_once(either)
    assert posted(either) == 0


@pytest.mark.parametrize("changes", [{"description": "Named better"}, {"tags": ["deep"]}])
def test_an_entry_that_was_edited_before_it_was_looked_for_is_the_same(
    signed_in: Rig, changes: Changes
) -> None:
    (there,) = make_there(signed_in, 1)
    signed_in.adapter.online = False
    bring_in(signed_in, "csv")
    verbs.edit(signed_in.db, [1], changes, now=signed_in.now)
    edited = signed_in.ours()
    signed_in.adapter.online = True
    signed_in.engine.network_is_back()
    signed_in.run(2 * HOUR)
    each_once(signed_in)
    assert signed_in.theirs() == edited
    assert [each.id for each in signed_in.account.entries()] == [there]


def test_an_entry_of_another_workspace_is_the_same(either: Rig) -> None:
    make_there(either, workspace_id=either.account.add_workspace("Other"))
    bring_in(either, "csv")
    either.run(3 * HOUR)
    each_once(either)
    assert posted(either) == 0


def test_one_old_entry_that_is_typed_is_sent(either: Rig) -> None:
    verbs.add(either.db, Draft("Typed"), start=OLD, stop=OLD + HOUR, now=either.now)
    either.run(60)
    each_once(either)
    assert posted(either) == 1


def test_an_import_says_what_is_looked_for_first(signed_in: Rig) -> None:
    make_there(signed_in)
    make_there(signed_in, 1, start=NOON - 5 * DAY)
    assert bring_in(signed_in, "csv").remarks == (
        "3 of these entries are older than all that is here from the account. Each is sent only "
        "if the account does not have it.",
    )


def test_an_import_without_an_account_has_nothing_to_look_for(rig: Rig) -> None:
    make_there(rig)
    assert bring_in(rig, "csv").remarks == ()
    assert linking.entries_here(rig.db) == 3
