"""One thing that cannot be read is left out and reported; a catalogue too long is read in parts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.toggl.exchange import Reply, Request
from tests.sync.rig import NOON, Rig
from tray.api.session_options import Limits
from tray.store import catalogue, journal
from tray.tracker import catalogue as things
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft

HOUR = 3600


def spoil(rig: Rig, change: Callable[[Any], None]) -> None:
    """Have every reply of JSON go through `change`, which may do something to it."""
    handle = rig.service.handle

    def handled(request: Request) -> Reply:
        reply = handle(request)
        if request.method != "GET" or reply.status != 200:
            return reply
        body = reply.json()
        change(body)
        return reply._replace(body=json.dumps(body).encode())

    rig.service.handle = handled  # type: ignore[method-assign]


def related(body: Any, name: str) -> list[dict[str, Any]]:
    inner = body.get("data", body) if isinstance(body, dict) else {}
    return inner.get(name) or [] if isinstance(inner, dict) else []


def texts(rig: Rig) -> list[str]:
    return [line.text for line in journal.latest(rig.db, 99)]


@pytest.mark.parametrize("version", [8, 9])
@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("projects", "name", None),
        ("projects", "id", "seven"),
        ("projects", "workspace_id", "x"),
        ("tags", "at", "yesterday"),
        ("clients", "name", 5),
        ("time_entries", "start", "noon"),
    ],
)
def test_one_thing_out_of_shape_leaves_the_account_usable(
    tmp_path: Path, version: int, kind: str, field: str, value: object
) -> None:
    rig = Rig(tmp_path, version=version)
    rig.account.add_project("Bad")
    rig.account.add_project("Good")
    rig.account.add_tag("Bad")
    rig.account.add_tag("Good")
    rig.account.add_client("Bad")
    rig.account.add_client("Good")
    rig.account.add(rig.now - 900, rig.now - 800, description="Bad")
    rig.account.add(rig.now - 600, rig.now - 500, description="Good")

    def change(body: Any) -> None:
        for each in related(body, kind):
            if "Bad" in (each.get("name"), each.get("description")):
                each[field] = value
                each.pop("wid", None)

    spoil(rig, change)
    rig.sign_in()
    rig.run(600)
    reports = [text for text in texts(rig) if "cannot be read and is left out" in text]
    assert len(reports) == 1
    assert kind.removesuffix("s").removesuffix("ie").rpartition("_")[2][:4] in reports[0]
    timer.start(rig.db, Draft("Write", "Good", tags=("Good",)), now=rig.now)
    rig.run(2 * HOUR)
    assert ("Write", "Good", ("Good",)) in [(row[0], row[3], row[4]) for row in rig.theirs()]
    assert [text for text in texts(rig) if "cannot be read and is left out" in text] == reports
    rig.db.close()


@pytest.mark.parametrize("field", ["name", "at"])
def test_what_cannot_be_read_any_more_is_neither_archived_nor_deleted(rig: Rig, field: str) -> None:
    rig.account.add_project("Book")
    rig.account.add_tag("deep")
    rig.sign_in()
    rig.run(60)

    def change(body: Any) -> None:
        for each in (*related(body, "projects"), *related(body, "tags")):
            each[field] = 5

    spoil(rig, change)
    rig.engine.sync_now()
    rig.run(60)
    assert [(each.name, each.archived) for each in catalogue.projects(rig.db)] == [("Book", False)]
    assert [each.name for each in catalogue.tags(rig.db)] == ["deep"]


@pytest.mark.parametrize("version", [8, 9])
def test_one_entry_out_of_shape_does_not_hide_the_others(tmp_path: Path, version: int) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    rig.run(60)
    rig.account.add(rig.now - 900, rig.now - 800, description="Bad")
    rig.account.add(rig.now - 600, rig.now - 500, description="Good")

    def change(body: Any) -> None:
        if isinstance(body, dict) and body.get("description") == "Bad":
            body["start"] = "noon"
        inner = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
        for each in inner:
            change(each)

    spoil(rig, change)
    rig.run(900)
    assert [row[0] for row in rig.ours()] == ["Good"]
    rig.account.add(rig.now - 60, rig.now - 50, description="Later")
    rig.run(900)
    assert [row[0] for row in rig.ours()] == ["Good", "Later"]
    assert len([text for text in texts(rig) if "“Bad”" in text]) == 1
    rig.db.close()


def test_an_entry_that_only_once_arrived_broken_is_read_again(rig: Rig) -> None:
    rig.sign_in()
    rig.run(60)
    rig.account.add(rig.now - 900, rig.now - 800, description="First")
    rig.account.add(rig.now - 600, rig.now - 500, description="Second")
    rig.adapter.faults.next("wrong_type", when=lambda request: "since" in request.query)
    rig.run(900)
    assert rig.ours() == rig.theirs() != []


def test_what_is_looked_for_is_not_sent_again_while_it_may_be_what_arrived_broken(
    signed_in: Rig,
) -> None:
    signed_in.adapter.faults.next("drop_after_commit", lambda request: request.method == "POST")
    signed_in.adapter.faults.next("wrong_type", lambda request: "since" in request.query)
    verbs.add(signed_in.db, Draft("Draw"), start=NOON - 900, stop=NOON - 600, now=signed_in.now)
    signed_in.run(900)
    assert [each.method for each in signed_in.service.log].count("POST") == 1
    assert [row[0] for row in signed_in.ours()] == ["Draw"]
    assert signed_in.ours() == signed_in.theirs()


@pytest.mark.parametrize(("version", "projects"), [(8, 60), (9, 60), (9, 450)])
def test_a_catalogue_that_is_too_long_is_read_in_parts(
    tmp_path: Path, version: int, projects: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rig, "limits", Limits(body_bytes=120_000))
    rig = Rig(tmp_path, version=version)
    for number in range(projects):
        rig.account.add_project(f"Project {number} " + "x" * 60)
    rig.account.add_project("Old", active=False)
    rig.account.add_client("Client")
    for number in range(200):
        rig.account.add_tag(f"Tag {number}")
        rig.account.add(rig.now - 900 - number, rig.now - 800, description=f"Entry {number}")
    rig.sign_in()
    rig.run(600)
    names = {each.name for each in catalogue.projects(rig.db)}
    assert names == {row.name for row in rig.account.projects.values()}
    assert len(catalogue.tags(rig.db)) == 200
    assert rig.ours() == rig.theirs() != []
    assert rig.service.log[-1].status == 200
    rig.db.close()


def test_a_project_is_not_made_again_while_it_may_be_what_arrived_broken(signed_in: Rig) -> None:
    broken = [True]

    def change(body: Any) -> None:
        for each in related(body, "projects"):
            if broken:
                broken.pop()
                each["id"] = "seven"

    spoil(signed_in, change)
    signed_in.adapter.faults.next("drop_after_commit", lambda request: request.method == "POST")
    things.create_project(signed_in.db, "Web", now=signed_in.now)
    signed_in.run(900)
    assert not broken
    assert [request.method for request in signed_in.service.log].count("POST") == 1
    assert [each.name for each in signed_in.account.projects.values()] == ["Web"]
    assert [each.name for each in catalogue.projects(signed_in.db)] == ["Web"]
