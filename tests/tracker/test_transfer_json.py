"""What an import makes of JSON: backups, what `list` prints, reports of Toggl."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.transfer_files import (
    ENTRY,
    FIELDS,
    NOW,
    PARTS,
    RUNNING,
    START,
    STOP,
    Refuses,
    backup_of,
    bring_in,
    everything,
)
from tray.errors import BadFile
from tray.model.colours import PALETTE
from tray.store import catalogue, favourites
from tray.store import entries as stored
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.undo_log import step
from tray.tracker import catalogue as things
from tray.tracker import entries, timer
from tray.tracker import favourites as pins
from tray.tracker.resolve import Draft
from tray.tracker.transfer.content import NeedsChoice
from tray.tracker.transfer.importing import Created, import_file
from tray.tracker.transfer.json_in import read_json
from tray.tracker.transfer.json_out import export_json


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"entries": ["x"]}, "Entries, number 1: It is not an object with names and values."),
        (
            {"entries": [ENTRY, {**ENTRY, "description": 1}]},
            "number 2, description: It is not a text",
        ),
        (
            {"entries": [{**ENTRY, "tags": "a, b"}]},
            "tags: It is not a list of texts. Write it like",
        ),
        ({"entries": [{**ENTRY, "tags": [1]}]}, "tags: It is not a list of texts."),
        ({"entries": [{**ENTRY, "billable": "no"}]}, "billable: It is neither true nor false."),
        (
            {"entries": [{**ENTRY, "start": None}]},
            "start: “” is not a moment. Write it like 2026-11",
        ),
        ({"entries": [{**ENTRY, "stop": "soon"}]}, "stop: “soon” is not a moment."),
        ({"entries": [{**ENTRY, "stop": "2026-11-20T09:31"}]}, "does not say in which time zone."),
        (
            {"entries": [{**ENTRY, "stop": "2026-11-20T09:29:00Z"}]},
            "stop: The stop lies before the",
        ),
        (
            {"entries": [{**ENTRY, "start": "0001-01-01T00:00+09:00"}]},
            "start: The start lies outsi",
        ),
        ({"entries": [{**ENTRY, "task": "t"}]}, "task: A task needs a project. Name it, or remove"),
        ({"clients": [{"name": " "}]}, "Clients, number 1, name: It has no name. Give it one."),
        ({"tags": [{}]}, "Tags, number 1, name: It has no name."),
        ({"tags": [{"name": "x" * 256}]}, "tags: The name of a tag can have at most 255"),
        ({"tasks": [{"name": "t"}]}, "Tasks, number 1, task: A task needs a project."),
        ({"projects": [{"name": "p", "colour": "red"}]}, "colour: 'red' is not a colour. Write it"),
        ({"projects": [{"name": "p", "archived": 1}]}, "archived: It is neither true nor false."),
        ({"favourites": [{"description": "x" * 3_001}]}, "number 1, description: The description"),
    ],
)
def test_json_that_cannot_be_imported(
    db: Database, refused: Refuses, parts: dict[str, object], sentence: str
) -> None:
    with refused(sentence, error=NeedsChoice):
        bring_in(db, backup_of(**{"entries": [], **parts}))


REPORT_ROW: Final = {
    "id": 3333,
    "pid": 12,
    "description": "rep",
    "start": "2026-07-13T10:00:00+02:00",
    "end": "2026-07-13T11:00:00+02:00",
    "dur": 3_600_000,
    "user": "Ann",
    "client": "Acme",
    "project": "Site",
    "is_billable": False,
    "tags": ["a"],
}


def test_a_page_of_the_detailed_report_as_json(db: Database) -> None:
    result = bring_in(db, json.dumps({"total_count": 51, "data": [REPORT_ROW]}))
    assert (result.added, result.created) == (1, Created(("Acme",), ("Site",), (), ("a",), ()))
    assert result.remarks == ("This is one page of the report, with 1 of 51 entries.",)
    (entry,) = everything(db)
    start = int(datetime(2026, 7, 13, 8, tzinfo=UTC).timestamp())
    assert entry[1:] == (1, "rep", 1, None, (1,), False, start, start + 3_600)


def test_a_report_of_several_people_as_json(db: Database, refused: Refuses) -> None:
    text = json.dumps({"data": [REPORT_ROW, {**REPORT_ROW, "user": "Bob"}]})
    with refused("the time of several people: “Ann”, 1 row; “Bob”, 1 row.", error=NeedsChoice):
        bring_in(db, text)
    assert bring_in(db, text, users=["bob"]).added == 1


def test_the_output_of_the_list_command_can_be_imported(db: Database) -> None:
    things.create_project(db, "Site", now=NOW, changes={"client": "Acme"})
    listed = {
        "id": 7,
        "description": "x",
        "project": "Site",
        "task": None,
        "tags": ["deep"],
        "billable": True,
        "start": "2026-11-20T10:30:00+01:00",
        "stop": "2026-11-20T10:30:00Z",
        "duration_seconds": 3600,
    }
    assert bring_in(db, backup_of(listed))[:2] == (1, 0)
    assert everything(db)[0][1:] == (1, "x", 1, None, (1,), True, START, STOP)


def test_half_a_surrogate_pair_is_replaced(db: Database) -> None:
    bring_in(db, backup_of({**ENTRY, "description": "cut \ud83c"}))
    assert everything(db)[0].description == "cut ?"


def test_a_running_entry_comes_in_if_nothing_runs(db: Database) -> None:
    assert bring_in(db, backup_of(RUNNING))[:2] == (1, 0)
    assert stored.running(db) == everything(db)[0]
    assert bring_in(db, backup_of(RUNNING))[:2] == (0, 1)


def test_a_running_entry_stays_out_while_another_runs(db: Database) -> None:
    timer.start(db, Draft("mine"), now=NOW)
    result = bring_in(db, backup_of(RUNNING, ENTRY))
    assert (result.added, result.remarks) == (
        1,
        (
            "“x” was left out, as it is running in the file while “mine” is running here. Stop "
            "that, then import again.",
        ),
    )


def test_only_one_of_several_running_entries_comes_in(db: Database) -> None:
    result = bring_in(db, backup_of({**RUNNING, "description": ""}, RUNNING))
    assert (result.added, len(result.remarks)) == (1, 1)


def test_a_running_entry_of_the_future_stays_out(db: Database) -> None:
    result = bring_in(db, backup_of({**RUNNING, "start": "2027-01-01T00:00:00Z"}))
    assert (result.added, result.remarks) == (
        0,
        ("“x” was left out, as it is to start in the future.",),
    )


def test_an_entry_that_was_stopped_since_does_not_run_again(db: Database) -> None:
    entries.add(db, Draft("x"), start=START, stop=STOP, now=NOW)
    assert bring_in(db, backup_of(RUNNING))[:2] == (0, 1)


def test_what_exists_keeps_its_colour_and_stays_in_use(db: Database) -> None:
    things.create_project(db, "Site", now=NOW)
    listed = {"name": "site", "client": None, "colour": "#123456", "archived": True}
    bring_in(db, backup_of(projects=[listed, {**listed, "name": "new"}]))
    assert [(each.name, each.colour, each.archived) for each in catalogue.projects(db)] == [
        ("new", "#123456", True),
        ("Site", PALETTE[0], False),
    ]


def test_a_listed_project_without_a_colour_gets_one(db: Database) -> None:
    bring_in(db, backup_of(projects=[{"name": "a"}, {"name": "b"}]))
    assert [each.colour for each in catalogue.projects(db)] == list(PALETTE[:2])


def test_favourites_go_behind_those_that_are_pinned_and_only_once(db: Database) -> None:
    pins.pin(db, Draft("first"), now=NOW)
    text = backup_of(favourites=[{"description": each} for each in ("second", "first", "second")])
    assert bring_in(db, text).created.favourites == ("second",)
    assert bring_in(db, text).changed == frozenset()
    assert [(each.position, each.what.description) for each in favourites.everything(db)] == [
        (1, "first"),
        (2, "second"),
    ]


def test_workspaces_are_kept_apart_and_the_first_is_the_first(db: Database) -> None:
    with step(db, "as a server would", now=NOW) as current:
        current.update("workspace", 1, {"name": "Home"})
        current.insert("workspace", {"name": "Work"})
        for workspace in (1, 2):
            current.insert("tag", {"workspace_id": workspace, "name": "deep"})
            values = {"workspace_id": workspace, "name": "Site", "colour": PALETTE[workspace]}
            current.insert("project", values)
            what = {"workspace_id": workspace, "project_id": workspace, "tag_ids": f"[{workspace}]"}
            current.insert("entry", {**what, "start": START, "stop": STOP})
    path = Path(db.path).parent / "out.json"
    with path.open("w", encoding="utf-8") as file:
        export_json(db, file)
    with open_database(str(path.parent / "other" / "toggl-tray.db")) as other:
        result = import_file(other, str(path), now=NOW, zone=None)
        assert (result.added, "workspace" in result.changed) == (2, True)
        assert [each.name for each in catalogue.workspaces(other)] == ["My workspace", "Work"]
        assert [entry[1:6] for entry in everything(other)] == [
            (1, "", 1, None, (1,)),
            (2, "", 2, None, (2,)),
        ]
        assert import_file(other, str(path), now=NOW, zone=None)[:2] == (0, 2)
    assert import_file(db, str(path), now=NOW, zone=None)[:2] == (0, 2)


things_in_json = st.recursive(
    st.sampled_from([None, True, 1, -1.5, "", "x", "P", "2026-11-20T09:30:00Z", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries(
        {"entries": st.lists(things_in_json, max_size=3)},
        optional={part: things_in_json | st.lists(things_in_json) for part in PARTS},
    )
)
def test_no_json_is_too_strange_to_say_what_is_wrong_with_it(parts: dict[str, object]) -> None:
    with suppress(BadFile):
        content = read_json(json.dumps({"v": 1, **parts}), "in.json")
        assert all(str(problem).endswith(".") for problem in content.problems)


@given(
    st.recursive(
        st.sampled_from([None, 1, "", "Ann", "2026-11-20T09:30:00Z"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["data", "start", "end", "dur", "user", "tags", "total_count", "name"]
                ),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_of_other_programs_is_too_strange_to_say_what_it_is(parts: object) -> None:
    with suppress(BadFile):
        content = read_json(json.dumps(parts), "in.json")
        assert all(str(problem).endswith(".") for problem in content.problems)


def test_what_clients_projects_and_tasks_have_besides_comes_along(
    db: Database, tmp_path: Path
) -> None:
    things.create_client(db, "Acme", now=NOW, changes={"notes": "pays late"})
    terms: things.ProjectChanges = {
        "client": "Acme",
        "private": False,
        "rate_cents": 7_550,
        "start_date": "2026-12-01",
    }
    web = things.create_project(db, "Web", now=NOW, changes=terms).created_id
    things.create_task(db, web, "Plan", now=NOW, changes={"estimated_seconds": 5_400})
    path = tmp_path / "all.json"
    with path.open("w", encoding="utf-8") as file:
        export_json(db, file)
    with open_database(str(tmp_path / "other.db")) as other:
        import_file(other, str(path), now=NOW, zone=UTC)
        for kind in ("clients", "projects", "tasks"):
            assert getattr(catalogue, kind)(other) == getattr(catalogue, kind)(db)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("rate_cents", "much", "rate_cents: It is not a whole number."),
        ("rate_cents", True, "rate_cents: It is not a whole number."),
        ("rate_cents", -1, "The hourly rate cannot be negative."),
        ("private", "yes", "private: It is neither true nor false."),
        ("start_date", "soon", "“soon” is no start date."),
    ],
)
def test_what_they_cannot_have_is_said(
    db: Database, field: str, value: object, sentence: str
) -> None:
    with pytest.raises(NeedsChoice) as caught:
        bring_in(db, backup_of(projects=[{"name": "Web", field: value}]))
    assert sentence in str(caught.value)
    assert catalogue.projects(db) == []
