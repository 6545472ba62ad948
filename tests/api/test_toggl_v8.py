"""What v8 is asked, to the letter: wrapped, and with names of its own."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from tests.api.exchange import Sent, exchange, exchanges, v8
from tray.api.palette import PALETTE, colour_of, number_of
from tray.api.remote_api import NotOffered
from tray.api.remote_values import (
    Bulk,
    EntryFields,
    Formats,
    ProjectFields,
    RemoteClient,
    RemoteEntry,
    RemoteProject,
    RemoteTag,
    RemoteTask,
)
from tray.api.toggl_v8 import TogglV8

START: Final = 1_362_470_338
"""2013-03-05T07:58:58Z."""
STOPPED: Final[dict[str, Any]] = {
    "id": 436_694_100,
    "wid": 777,
    "pid": 123,
    "tid": 13_350_500,
    "billable": False,
    "start": "2013-03-05T07:58:58.000Z",
    "stop": "2013-03-05T08:18:58+00:00",
    "duration": 1200,
    "description": "Meeting",
    "tags": ["billed", ""],
    "at": "2013-03-06T12:15:37+00:00",
}
MEETING: Final = RemoteEntry(
    id=436_694_100,
    workspace_id=777,
    description="Meeting",
    project_id=123,
    task_id=13_350_500,
    tags=("billed",),
    start=START,
    stop=START + 1200,
    at=1_362_572_137_000_000,
)
RUNNING: Final = {
    "id": 1,
    "wid": 777,
    "billable": False,
    "start": "2013-03-05T07:58:58+00:00",
    "duration": -START,
}
PROJECT: Final = {"id": 4, "wid": 777, "cid": 3, "name": "P", "active": True, "color": "5"}
IN_USE: Final = RemoteProject(4, 777, "P", 3, "#2da608")
Ask = Callable[[TogglV8], object]


def data(value: object) -> dict[str, object]:
    return {"data": value}


def test_me_brings_all_that_belongs_to_the_account() -> None:
    account = {
        "id": 1,
        "api_token": "0" * 32,
        "default_wid": 777,
        "email": "user@example.org",
        "fullname": "Test User",
        "workspaces": [{"id": 777, "name": "W", "premium": True}],
        "projects": [PROJECT],
        "time_entries": [STOPPED],
        "new_blog_post": {},
    }
    sent, me = exchange(v8().me, {"since": 1_362_575_771, "data": account})
    assert sent == Sent("GET", "/api/v8/me", {"with_related_data": "true"}, None)
    assert (me.user_id, me.default_workspace_id, me.api_token) == (1, 777, "0" * 32)
    assert me.workspaces[0].organization_id is None
    assert me.projects == (IN_USE,)
    assert me.entries == (MEETING,)
    assert (me.clients, me.tasks, me.tags) == ((), (), ())


def test_me_brings_the_formats_of_the_account() -> None:
    account = {"id": 1, "beginning_of_week": 0, "workspaces": []}
    account |= {"timeofday_format": "h:mm A", "date_format": "MM/DD/YYYY"}
    _, me = exchange(v8().me, {"since": 1, "data": account})
    assert (me.beginning_of_week, me.formats) == (0, Formats("MM/DD/YYYY", "h:mm A"))
    with pytest.raises(NotOffered):
        v8().formats()


def test_a_time_is_always_named_because_the_default_is_nine_days() -> None:
    later = STOPPED | {"id": 5, "start": "2013-03-05T08:00:00Z"}
    sent, page = exchange(lambda: v8().entries_between(START, START + 3600), [STOPPED, later])
    assert sent == Sent(
        "GET",
        "/api/v8/time_entries",
        {"start_date": "2013-03-05T07:58:58Z", "end_date": "2013-03-05T08:58:58Z"},
        None,
    )
    assert [each.id for each in page.entries] == [5, MEETING.id], "newest first"
    assert page.complete


def thousand(first: int) -> list[dict[str, Any]]:
    """Entries a minute apart from the `first`, oldest first."""
    return [
        RUNNING | {"id": number, "start": _minute(number), "duration": 60}
        for number in range(first, first + 1_000)
    ]


def _minute(number: int) -> str:
    return f"2013-03-{5 + number // 1440:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"


def test_what_is_over_a_thousand_is_asked_for_too() -> None:
    first, second, third = thousand(1), thousand(1_000), thousand(1_999)[:3]
    replies = [json.dumps(each) for each in (first, second, third)]
    sent, page = exchanges(lambda: v8().entries_between(0, 2_000_000_000), replies)
    assert [each.query["start_date"] for each in sent[1:]] == [_minute(1_000), _minute(1_999)]
    assert [each.id for each in page.entries] == list(range(2_001, 0, -1))
    assert page.complete


@pytest.mark.parametrize("order", [1, -1], ids=["all at once", "newest first"])
def test_a_thousand_that_cannot_be_asked_further_are_not_complete(order: int) -> None:
    entries = thousand(1)[::order]
    if order == 1:
        entries = [each | {"start": _minute(1)} for each in entries]
    replies = [json.dumps(entries)] * (2 if order == 1 else 1)
    _, page = exchanges(lambda: v8().entries_between(0, 2_000_000_000), replies)
    assert len(page.entries) == 1_000
    assert not page.complete


def test_the_entry_that_runs() -> None:
    sent, entry = exchange(v8().current, data(RUNNING))
    assert sent == Sent("GET", "/api/v8/time_entries/current", {}, None)
    assert entry == RemoteEntry(1, 777, start=START)
    assert exchange(v8().current, data(None))[1] is None
    assert exchange(v8().current, {})[1] is None


def test_one_entry() -> None:
    sent, entry = exchange(lambda: v8().entry(436_694_100), data(STOPPED))
    assert sent == Sent("GET", "/api/v8/time_entries/436694100", {}, None)
    assert entry == MEETING


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (
            {
                "description": "Meeting",
                "project_id": 123,
                "task_id": None,
                "tags": ("billed",),
                "billable": True,
                "start": START,
                "stop": START + 1200,
            },
            {
                "description": "Meeting",
                "pid": 123,
                "tid": None,
                "tags": ["billed"],
                "billable": True,
                "start": "2013-03-05T07:58:58Z",
                "stop": "2013-03-05T08:18:58Z",
                "duration": 1200,
            },
        ),
        (
            {"start": START, "stop": None},
            {"start": "2013-03-05T07:58:58Z", "duration": -START},
        ),
        ({"start": START}, {"start": "2013-03-05T07:58:58Z", "duration": -START}),
    ],
)
def test_entries_are_made_and_changed(fields: EntryFields, body: dict[str, Any]) -> None:
    made = {"wid": 777, "created_with": "Toggl Tray", **body}
    sent, entry = exchange(lambda: v8().create_entry(777, fields), data(STOPPED))
    assert sent == Sent("POST", "/api/v8/time_entries", {}, {"time_entry": made})
    assert entry == MEETING
    sent, entry = exchange(lambda: v8().update_entry(777, 9, fields), data(STOPPED))
    assert sent == Sent("PUT", "/api/v8/time_entries/9", {}, {"time_entry": body})
    assert entry == MEETING


def test_an_entry_is_started_at_the_servers_present() -> None:
    sent, _ = exchange(lambda: v8().start_entry(777, {"description": "x"}), data(RUNNING))
    body = {"wid": 777, "created_with": "Toggl Tray", "description": "x"}
    assert sent == Sent("POST", "/api/v8/time_entries/start", {}, {"time_entry": body})


def test_an_entry_is_stopped() -> None:
    sent, entry = exchange(lambda: v8().stop_entry(777, 9), data(STOPPED))
    assert sent == Sent("PUT", "/api/v8/time_entries/9/stop", {}, None)
    assert entry == MEETING


@pytest.mark.parametrize("count", [0, 101])
def test_at_most_a_hundred_entries_are_changed_at_once(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        v8().update_entries(777, list(range(count)), {"tags": ()})


def test_the_tags_of_many_entries_are_changed_at_once() -> None:
    reply = data([RUNNING | {"id": 1}, RUNNING | {"id": 3}])
    sent, bulk = exchange(lambda: v8().update_entries(777, [1, 2, 3], {"tags": ("a",)}), reply)
    body = {"time_entry": {"tags": ["a"]}}
    assert sent == Sent("PUT", "/api/v8/time_entries/1,2,3", {}, body)
    assert bulk == Bulk((1, 3), {2: ""})
    add = exchange(
        lambda: v8().update_entries(777, [1, 2, 3], {"tags": ("a",)}, tag_action="add"), reply
    )
    assert add[0].body == {"time_entry": {"tags": ["a"], "tag_action": "add"}}
    _, bulk = exchange(lambda: v8().update_entries(777, [1], {"tags": ()}), data(RUNNING))
    assert bulk == Bulk((1,), {})


@pytest.mark.parametrize(
    "ask",
    [
        lambda toggl: toggl.entries_since(1),
        lambda toggl: toggl.quota(),
        lambda toggl: toggl.delete_project(777, 4, with_entries=True),
        lambda toggl: toggl.older_entries(777, 1, 2),
        lambda toggl: toggl.archive_client(777, 3, archived=True),
        lambda toggl: toggl.update_things("project", 777, [4, 5], {"archived": True}),
        lambda toggl: toggl.delete_things("client", 777, [3, 4]),
        lambda toggl: toggl.thing("tag", 777, 5),
        lambda toggl: toggl.update_entries(777, [1], {"description": "x"}),
        lambda toggl: toggl.update_entries(777, [1], {"tags": (), "billable": True}),
    ],
)
def test_what_v8_has_not_is_not_asked_for(ask: Ask) -> None:
    with pytest.raises(NotOffered):
        exchanges(lambda: ask(v8()), [])


@pytest.mark.parametrize(
    ("ask", "path"),
    [
        (lambda toggl: toggl.delete_entry(777, 9), "/api/v8/time_entries/9"),
        (lambda toggl: toggl.delete_project(777, 9), "/api/v8/projects/9"),
        (lambda toggl: toggl.delete_client(777, 9), "/api/v8/clients/9"),
        (lambda toggl: toggl.delete_tag(777, 9), "/api/v8/tags/9"),
        (lambda toggl: toggl.delete_task(777, 4, 9), "/api/v8/tasks/9"),
    ],
)
@pytest.mark.parametrize("reply", ["", "null", "[9]", "{}"])
def test_deleting_takes_any_answer(ask: Ask, path: str, reply: str) -> None:
    sent, _ = exchange(lambda: ask(v8()), text=reply)
    assert sent == Sent("DELETE", path, {}, None)


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (
            {"name": "P", "client_id": 3, "billable": False},
            {"name": "P", "cid": 3, "billable": False},
        ),
        ({"colour": "#2da608"}, {"color": "5"}),
        ({"archived": True}, {"active": False}),
        (
            {"private": True, "template": False, "auto_estimates": False, "rate_cents": 500},
            {"is_private": True, "template": False, "auto_estimates": False, "rate": 5},
        ),
    ],
)
def test_projects_are_made_and_changed(fields: ProjectFields, body: dict[str, Any]) -> None:
    made = {"wid": 777, "active": True, **body}
    sent, project = exchange(lambda: v8().create_project(777, fields), data(PROJECT))
    assert sent == Sent("POST", "/api/v8/projects", {}, {"project": made})
    assert project == IN_USE
    sent, project = exchange(lambda: v8().update_project(777, 4, fields), data(PROJECT))
    assert sent == Sent("PUT", "/api/v8/projects/4", {}, {"project": body})
    assert project == IN_USE


@pytest.mark.parametrize(
    ("ask", "reply", "sent", "value"),
    [
        (
            lambda toggl: toggl.projects(777),
            [PROJECT | {"hex_color": "#ABCDEF", "active": False}],
            Sent("GET", "/api/v8/workspaces/777/projects", {"active": "both"}, None),
            [IN_USE._replace(colour="#abcdef", archived=True)],
        ),
        (
            lambda toggl: toggl.clients(777),
            [{"id": 3, "wid": 777, "name": "C"}],
            Sent("GET", "/api/v8/workspaces/777/clients", {}, None),
            [RemoteClient(3, 777, "C")],
        ),
        (
            lambda toggl: toggl.create_client(777, {"name": "C"}),
            data({"id": 3, "wid": 777, "name": "C"}),
            Sent("POST", "/api/v8/clients", {}, {"client": {"name": "C", "wid": 777}}),
            RemoteClient(3, 777, "C"),
        ),
        (
            lambda toggl: toggl.update_client(777, 3, {"name": "C"}),
            data({"id": 3, "wid": 777, "name": "C"}),
            Sent("PUT", "/api/v8/clients/3", {}, {"client": {"name": "C"}}),
            RemoteClient(3, 777, "C"),
        ),
        (
            lambda toggl: toggl.tags(777),
            [{"id": 5, "wid": 777, "name": "T"}],
            Sent("GET", "/api/v8/workspaces/777/tags", {}, None),
            [RemoteTag(5, 777, "T")],
        ),
        (
            lambda toggl: toggl.create_tag(777, "T"),
            data({"id": 5, "wid": 777, "name": "T"}),
            Sent("POST", "/api/v8/tags", {}, {"tag": {"name": "T", "wid": 777}}),
            RemoteTag(5, 777, "T"),
        ),
        (
            lambda toggl: toggl.rename_tag(777, 5, "T"),
            data({"id": 5, "wid": 777, "name": "T"}),
            Sent("PUT", "/api/v8/tags/5", {}, {"tag": {"name": "T"}}),
            RemoteTag(5, 777, "T"),
        ),
        (
            lambda toggl: toggl.create_task(777, 4, {"name": "K"}),
            data({"id": 6, "wid": 777, "pid": 4, "name": "K", "active": True}),
            Sent(
                "POST",
                "/api/v8/tasks",
                {},
                {"task": {"name": "K", "pid": 4, "wid": 777, "active": True}},
            ),
            RemoteTask(6, 777, 4, "K"),
        ),
        (
            lambda toggl: toggl.update_task(777, 4, 6, {"user_id": 9, "estimated_seconds": None}),
            data({"id": 6, "wid": 777, "pid": 4, "name": "K", "uid": 9}),
            Sent("PUT", "/api/v8/tasks/6", {}, {"task": {"uid": 9, "estimated_seconds": None}}),
            RemoteTask(6, 777, 4, "K", user_id=9),
        ),
        (
            lambda toggl: toggl.update_task(777, 4, 6, {"archived": True}),
            data({"id": 6, "wid": 777, "pid": 4, "name": "K", "active": False}),
            Sent("PUT", "/api/v8/tasks/6", {}, {"task": {"active": False}}),
            RemoteTask(6, 777, 4, "K", archived=True),
        ),
        (
            lambda toggl: toggl.update_task(777, 4, 6, {"name": "K"}),
            data({"id": 6, "wid": 777, "pid": 4, "name": "K"}),
            Sent("PUT", "/api/v8/tasks/6", {}, {"task": {"name": "K"}}),
            RemoteTask(6, 777, 4, "K"),
        ),
        (
            lambda toggl: toggl.thing("task", 777, 6),
            data({"id": 6, "wid": 777, "pid": 4, "name": "K"}),
            Sent("GET", "/api/v8/tasks/6", {}, None),
            RemoteTask(6, 777, 4, "K"),
        ),
        (
            lambda toggl: toggl.update_things("task", 777, [6, 7], {"archived": True}),
            data([{"id": 6, "wid": 777, "pid": 4, "name": "K", "active": False}]),
            Sent("PUT", "/api/v8/tasks/6,7", {}, {"task": {"active": False}}),
            Bulk((6,), {7: ""}),
        ),
        (
            lambda toggl: toggl.delete_things("project", 777, [4, 5]),
            [4, 5],
            Sent("DELETE", "/api/v8/projects/4,5", {}, None),
            None,
        ),
    ],
)
def test_clients_tags_and_tasks(ask: Ask, reply: object, sent: Sent, value: object) -> None:
    assert exchange(lambda: ask(v8()), reply) == (sent, value)


def test_colours_and_their_numbers() -> None:
    for number, colour in enumerate(PALETTE):
        assert (colour_of(str(number)), colour_of(number), number_of(colour)) == (
            colour,
            colour,
            str(number),
        )
    assert number_of("#0c83d9") == "0", "the most similar one"
    for nothing in (None, "", "15", "-1", "99", "²", "#12345", "red", 10**30):
        assert colour_of(nothing) == "#525266"
