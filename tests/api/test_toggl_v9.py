"""What v9 is asked for time entries, to the letter, and what becomes of its answers."""

import json
from typing import Any, Final

import pytest
import responses

from tests.api.exchange import Sent, exchange, exchanges, v9
from tests.api.wire import TOKEN
from tray.api.remote_api import NotOffered
from tray.api.remote_values import (
    Bulk,
    EntryFields,
    Formats,
    Me,
    Older,
    Page,
    Quota,
    RemoteEntry,
    TagAction,
)
from tray.api.request_bodies import EventMetadata, TimeEntryBody
from tray.api.wire_models import FullWireEntry
from tray.errors import BadAddress

BIG: Final = 4_290_254_971
START: Final = 1_734_312_674
"""2024-12-16T01:31:14Z."""

STOPPED: Final[dict[str, Any]] = {
    "id": BIG,
    "workspace_id": 2_230_580,
    "project_id": 63_334_144,
    "task_id": None,
    "billable": False,
    "start": "2024-12-16T01:31:14+00:00",
    "stop": "2024-12-16T02:31:14+00:00",
    "duration": 3600,
    "description": "Reading",
    "tags": ["books"],
    "tag_ids": [16_939_168],
    "duronly": True,
    "at": "2024-12-16T02:31:15.84997Z",
    "server_deleted_at": None,
    "user_id": 2_166_261,
    "uid": 2_166_261,
    "wid": 2_230_580,
    "pid": 63_334_144,
    "permissions": None,
}
READING: Final = RemoteEntry(
    id=BIG,
    workspace_id=2_230_580,
    description="Reading",
    project_id=63_334_144,
    tags=("books",),
    tag_ids=(16_939_168,),
    start=START,
    stop=START + 3600,
    at=1_734_316_275_849_970,
)
RUNNING: Final = STOPPED | {"stop": None, "duration": -START, "description": None}


@pytest.mark.parametrize("base", ["/api/v9", "/toggl-track/api/v9"])
def test_the_formats_come_by_a_call_of_their_own(base: str) -> None:
    reply = {
        "date_format": "DD.MM.YYYY",
        "timeofday_format": "h:mm A",
        "duration_format": "decimal",
    }
    sent, formats = exchange(v9(base=f"http://localhost{base}").formats, reply)
    assert sent == Sent("GET", f"{base}/me/preferences", {}, None)
    assert formats == Formats("DD.MM.YYYY", "h:mm A", "decimal")


@pytest.mark.parametrize("reply", [{}, {"date_format": None}, {"date_format": 5}])
def test_a_format_that_is_not_told_is_not_known(reply: dict[str, object]) -> None:
    assert exchange(v9().formats, reply)[1] == Formats()


@pytest.mark.parametrize(("told", "known"), [(0, 0), (6, 6), (None, None), (7, None), ("1", None)])
def test_the_first_day_of_the_week_comes_with_the_account(told: object, known: object) -> None:
    _, me = exchange(v9().me, {"id": 1, "workspaces": [], "beginning_of_week": told})
    assert (me.beginning_of_week, me.formats) == (known, None)


def test_me_brings_all_that_belongs_to_the_account() -> None:
    reply = {
        "id": 2_166_261,
        "api_token": TOKEN,
        "email": "user@example.org",
        "fullname": "Test User",
        "timezone": "Europe/Berlin",
        "default_workspace_id": 2_230_580,
        "workspaces": [
            {"id": 2_230_580, "organization_id": 9, "name": "W", "premium": True, "at": None},
            {"id": 7, "name": "Left", "server_deleted_at": "2024-12-16T02:31:14+00:00"},
        ],
        "clients": [{"id": 3, "wid": 2_230_580, "name": "C", "archived": True}],
        "projects": [
            {
                "id": 4,
                "workspace_id": 2_230_580,
                "client_id": 3,
                "name": "P",
                "active": False,
                "color": "#0B83D9",
                "billable": None,
                "at": "2024-03-17T10:58:40+00:00",
            }
        ],
        "tags": [{"id": 5, "workspace_id": 2_230_580, "name": "books"}],
        "time_entries": [STOPPED],
        "a_field_of_next_year": {"deep": [1]},
    }
    sent, me = exchange(v9().me, reply)
    assert sent == Sent("GET", "/api/v9/me", {"with_related_data": "true"}, None)
    assert (me.user_id, me.default_workspace_id) == (2_166_261, 2_230_580)
    assert (me.name, me.email, me.api_token) == ("Test User", "user@example.org", TOKEN)
    assert me.time_zone == "Europe/Berlin"
    assert [(each.id, each.organization_id, each.premium) for each in me.workspaces] == [
        (2_230_580, 9, True)
    ]
    assert [(each.name, each.archived) for each in me.clients] == [("C", True)]
    (project,) = me.projects
    assert (project.client_id, project.colour, project.archived) == (3, "#0b83d9", True)
    assert project.at == 1_710_673_120_000_000
    assert me.tasks == ()
    assert [each.name for each in me.tags] == ["books"]
    assert me.entries == (READING,)


def test_a_gateway_tells_no_token_and_gets_a_bearer_and_its_connection() -> None:
    toggl = v9("connection-1", "https://gateway.example/toggl-track/api/v9")
    sent, me = exchange(toggl.me, {"id": 1, "default_workspace_id": 2})
    assert sent.path == "/toggl-track/api/v9/me"
    assert me == Me(user_id=1, default_workspace_id=2)


def test_what_changed_since_brings_the_deleted() -> None:
    gone = STOPPED | {"server_deleted_at": "2024-12-16T03:00:00+00:00"}
    sent, page = exchange(lambda: v9().entries_since(1_734_304_527), [gone])
    assert sent == Sent("GET", "/api/v9/me/time_entries", {"since": "1734304527"}, None)
    assert page == Page((READING._replace(deleted=True),), complete=True)


def test_a_time_is_asked_for_in_utc_and_ends_before_its_end() -> None:
    outside = STOPPED | {"id": 1, "start": "2024-12-16T03:00:00Z"}
    later = STOPPED | {"id": 2, "start": "2024-12-16T01:31:15Z"}
    sent, page = exchange(
        lambda: v9().entries_between(START, 1_734_318_000), [STOPPED, outside, later]
    )
    assert sent.query == {
        "start_date": "2024-12-16T01:31:14Z",
        "end_date": "2024-12-16T03:00:00Z",
    }
    assert [each.id for each in page.entries] == [2, BIG], "newest first"


@pytest.mark.parametrize(("count", "complete"), [(0, True), (999, True), (1000, False)])
def test_a_full_list_may_not_be_all(count: int, complete: bool) -> None:
    reply = [STOPPED | {"id": number} for number in range(1, count + 1)]
    assert exchange(lambda: v9().entries_between(START, START + 1), reply)[1].complete is complete
    assert exchange(lambda: v9().entries_since(1), reply)[1].complete is complete


def test_entries_before_a_moment() -> None:
    sent, page = exchange(lambda: v9().entries_before(START), None)
    assert sent.query == {"before": "2024-12-16T01:31:14Z"}
    assert page == Page((), complete=True), "null is an empty list"


def test_the_list_with_all_that_the_server_tells() -> None:
    meta = {
        "client_name": "C",
        "project_name": "P",
        "project_color": "#d92b2b",
        "project_active": True,
        "project_billable": False,
        "task_name": None,
        "user_name": "Test User",
        "user_avatar_url": "https://example.org/a.png",
        "shared_with": [{"user_id": 3, "user_name": "Other", "accepted": None}],
    }
    sent, entries = exchange(
        lambda: v9().time_entries(start_date="2024-12-16", end_date="2024-12-17", meta=True),
        [STOPPED | meta],
    )
    assert sent.query == {"start_date": "2024-12-16", "end_date": "2024-12-17", "meta": "true"}
    (entry,) = entries
    assert entry.value() == READING
    assert (entry.client_name, entry.project_name, entry.project_color) == ("C", "P", "#d92b2b")
    assert (entry.uid, entry.user_id, entry.wid, entry.pid) == (
        2_166_261,
        2_166_261,
        2_230_580,
        63_334_144,
    )
    assert entry.shared_with is not None
    assert entry.shared_with[0].user_id == 3
    sent, _ = exchange(lambda: v9().time_entries(since=5), [])
    assert sent.query == {"since": "5"}
    sent, _ = exchange(lambda: v9().time_entries(before="2024-12-16"), [])
    assert sent.query == {"before": "2024-12-16"}


def test_the_entry_that_runs() -> None:
    sent, entry = exchange(v9().current, RUNNING)
    assert sent == Sent("GET", "/api/v9/me/time_entries/current", {}, None)
    assert entry == READING._replace(stop=None, description="")
    assert exchange(v9().current, None)[1] is None


def test_one_entry_comes_without_its_old_names() -> None:
    old = ("uid", "wid", "pid", "permissions")
    reply = {name: value for name, value in STOPPED.items() if name not in old}
    sent, entry = exchange(lambda: v9().entry(BIG), reply)
    assert sent == Sent("GET", f"/api/v9/me/time_entries/{BIG}", {}, None)
    assert entry == READING


def test_a_finished_entry_is_made_with_start_stop_and_duration() -> None:
    fields: EntryFields = {
        "description": "Reading",
        "project_id": 63_334_144,
        "task_id": None,
        "tags": ("books",),
        "billable": False,
        "start": START,
        "stop": START + 3600,
    }
    sent, entry = exchange(lambda: v9().create_entry(2_230_580, fields), STOPPED)
    assert sent == Sent(
        "POST",
        "/api/v9/workspaces/2230580/time_entries",
        {},
        {
            "created_with": "Toggl Tray",
            "workspace_id": 2_230_580,
            "description": "Reading",
            "project_id": 63_334_144,
            "task_id": None,
            "tags": ["books"],
            "billable": False,
            "start": "2024-12-16T01:31:14Z",
            "stop": "2024-12-16T02:31:14Z",
            "duration": 3600,
        },
    )
    assert entry == READING


@pytest.mark.parametrize("fields", [{"start": START}, {"start": START, "stop": None}])
def test_a_running_entry_is_made_with_a_negative_duration_and_no_stop(
    fields: EntryFields,
) -> None:
    reply = STOPPED | {
        "start": "2024-12-16T01:31:14Z",
        "stop": None,
        "duration": -1,
        "tags": None,
        "tag_ids": None,
    }
    sent, entry = exchange(lambda: v9().create_entry(7, fields), reply)
    assert sent.body == {
        "created_with": "Toggl Tray",
        "workspace_id": 7,
        "start": "2024-12-16T01:31:14Z",
        "duration": -1,
    }
    assert (entry.stop, entry.tags, entry.tag_ids) == (None, (), ())


EVERYTHING: Final[dict[str, Any]] = {
    "billable": True,
    "created_with": "a test",
    "description": "x",
    "duration": -1,
    "duronly": False,
    "event_metadata": {"origin_feature": "menu", "visible_goals_count": 2},
    "pid": 1,
    "project_id": 1,
    "shared_with_user_ids": [2, 3],
    "start": "2024-12-16T01:31:14Z",
    "start_date": "2024-12-16",
    "stop": "2024-12-16T02:31:14Z",
    "tag_action": "add",
    "tag_ids": [4],
    "tags": ["books"],
    "task_id": 5,
    "tid": 5,
    "uid": 6,
    "user_id": 6,
    "wid": 7,
    "workspace_id": 7,
}
"""Every field of the document of v9."""


def test_every_field_of_the_document_can_be_sent() -> None:
    metadata = EventMetadata(**EVERYTHING["event_metadata"])
    body = TimeEntryBody(**EVERYTHING | {"event_metadata": metadata})
    sent, entry = exchange(lambda: v9().create_time_entry(7, body, meta=True), STOPPED)
    assert sent == Sent("POST", "/api/v9/workspaces/7/time_entries", {"meta": "true"}, EVERYTHING)
    assert isinstance(entry, FullWireEntry)
    assert set(EVERYTHING) == set(TimeEntryBody.__struct_fields__)


def test_what_is_not_set_is_not_sent() -> None:
    sent, _ = exchange(lambda: v9().create_time_entry(7, TimeEntryBody()), STOPPED)
    assert (sent.query, sent.body) == ({}, {})
    body = TimeEntryBody(event_metadata=EventMetadata(), project_id=None)
    sent, _ = exchange(lambda: v9().create_time_entry(7, body), STOPPED)
    assert sent.body == {"event_metadata": {}, "project_id": None}


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"description": ""}, {"description": ""}),
        ({"project_id": None, "task_id": None}, {"project_id": None, "task_id": None}),
        ({"tags": ()}, {"tags": []}),
        ({"billable": True}, {"billable": True}),
        (
            {"start": START, "stop": START + 60},
            {
                "start": "2024-12-16T01:31:14Z",
                "stop": "2024-12-16T01:32:14Z",
                "duration": 60,
            },
        ),
        (
            {"start": START, "stop": None},
            {"start": "2024-12-16T01:31:14Z", "duration": -1},
        ),
    ],
)
def test_a_change_sends_what_changed(fields: EntryFields, body: dict[str, Any]) -> None:
    sent, entry = exchange(lambda: v9().update_entry(7, BIG, fields), STOPPED)
    assert sent == Sent("PUT", f"/api/v9/workspaces/7/time_entries/{BIG}", {}, body)
    assert entry == READING


def test_stopping_sends_nothing_but_the_wish() -> None:
    sent, entry = exchange(lambda: v9().stop_entry(7, BIG), STOPPED)
    assert sent == Sent("PATCH", f"/api/v9/workspaces/7/time_entries/{BIG}/stop", {}, None)
    assert entry == READING


def test_many_entries_are_changed_by_a_json_patch() -> None:
    fields: EntryFields = {"description": "y", "project_id": None, "tags": ("a", "b")}
    reply = {"success": [1, 3], "failure": [{"id": 2, "message": "Time entry not found"}]}
    sent, bulk = exchange(lambda: v9().update_entries(7, [1, 2, 3], fields), reply)
    assert sent == Sent(
        "PATCH",
        "/api/v9/workspaces/7/time_entries/1,2,3",
        {},
        [
            {"op": "replace", "path": "/description", "value": "y"},
            {"op": "replace", "path": "/pid", "value": None},
            {"op": "replace", "path": "/tags", "value": ["a", "b"]},
        ],
    )
    assert bulk == Bulk((1, 3), {2: "Time entry not found"})


@pytest.mark.parametrize("action", ["add", "remove"])
def test_tags_of_many_entries_are_added_and_removed(action: TagAction) -> None:
    tagged: EntryFields = {"tags": ("a",)}
    sent, _ = exchange(
        lambda: v9().update_entries(7, [1], tagged, tag_action=action), {"success": [1]}
    )
    assert sent.body == [{"op": action, "path": "/tags", "value": ["a"]}]


def test_a_json_patch_may_do_nothing() -> None:
    fields: EntryFields = {"description": "y"}
    assert exchange(lambda: v9().update_entries(7, [1], fields), {"success": None})[1] == Bulk(
        (), {}
    )


@pytest.mark.parametrize("count", [0, 101])
def test_at_most_a_hundred_entries_are_changed_at_once(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        v9().update_entries(7, list(range(count)), {"description": "y"})


def test_deleting_has_an_empty_answer() -> None:
    def delete() -> None:
        v9().delete_entry(7, BIG)

    sent, _ = exchange(delete, text="")
    assert sent == Sent("DELETE", f"/api/v9/workspaces/7/time_entries/{BIG}", {}, None)


def test_the_quota_of_each_bucket() -> None:
    reply = [
        {"organization_id": None, "remaining": -2, "resets_in_secs": 1_855, "total": 30},
        {"organization_id": 9, "remaining": 240, "resets_in_secs": None, "total": 240},
    ]
    sent, quota = exchange(v9().quota, reply)
    assert sent == Sent("GET", "/api/v9/me/quota", {}, None)
    assert quota == [Quota("user", -2, 30, 1_855), Quota("organization 9", 240, 240, 0)]


ROW: Final[dict[str, Any]] = {
    "user_id": 2_166_261,
    "username": "Test User",
    "project_id": 4,
    "task_id": None,
    "billable": True,
    "description": "Reading",
    "tag_ids": [5],
    "tag_names": ["books"],
    "row_number": 1,
    "time_entries": [
        {
            "id": BIG,
            "seconds": 3600,
            "start": "2024-12-15T17:31:14-08:00",
            "stop": "2024-12-15T18:31:14-08:00",
            "at": "2024-12-16T02:31:15+00:00",
        },
        {"id": 8, "seconds": 60, "start": "2024-12-16T01:40:00Z", "stop": None},
    ],
}


def test_older_history_comes_page_by_page() -> None:
    def ask() -> list[Older]:
        toggl = v9()
        first = toggl.older_entries(7, START, START + 3600)
        return [first, toggl.older_entries(7, START, START + 3600, first.next)]

    head = {"X-Next-ID": "77", "X-Next-Row-Number": "201", "X-Next-Timestamp": "1734312000"}
    sent, (first, second) = _two_pages(ask, head)
    question = {
        "start_date": "2024-12-15",
        "end_date": "2024-12-16",
        "page_size": 200,
        "enrich_response": True,
    }
    path = "/reports/api/v3/workspace/7/search/time_entries"
    assert sent == [
        Sent("POST", path, {}, question),
        Sent(
            "POST",
            path,
            {},
            question | {"first_id": 77, "first_row_number": 201, "first_timestamp": 1_734_312_000},
        ),
    ]
    assert first.entries == (
        READING._replace(workspace_id=7, project_id=4, tag_ids=(5,), billable=True, at=0),
        RemoteEntry(8, 7, "Reading", 4, None, ("books",), (5,), True, START + 526, START + 586),
    )
    assert second == Older((), "77,201,1734312000")


def _two_pages(ask: Any, head: dict[str, str]) -> tuple[list[Sent], list[Older]]:
    return exchanges(ask, [json.dumps([ROW]), "null"], head=head)


def test_the_last_page_of_history_says_so() -> None:
    assert exchange(lambda: v9().older_entries(7, 0, 1), [])[1] == Older((), "")
    _, older = exchange(lambda: v9().older_entries(7, 0, 1), [], head={"X-Next-ID": "5"})
    assert older.next == "5,,"
    sent, _ = exchange(lambda: v9().older_entries(7, 0, 1, older.next), [])
    assert sent.body["first_id"] == 5
    assert "first_row_number" not in sent.body


def test_a_server_without_reports_says_so_without_a_request() -> None:
    with pytest.raises(NotOffered):
        exchanges(lambda: v9(base="http://localhost/own").older_entries(7, 0, 1), [])


def test_a_gateway_without_reports_says_so() -> None:
    toggl = v9(base="http://localhost/toggl-track/api/v9")
    with responses.RequestsMock() as server:
        server.post(
            "http://localhost/toggl-track/reports/api/v3/workspace/7/search/time_entries",
            status=404,
        )
        with pytest.raises(NotOffered):
            toggl.older_entries(7, 0, 1)


def test_the_name_of_a_connection_has_to_be_one() -> None:
    with pytest.raises(BadAddress, match="gateway's connection"):
        v9("two\nlines")


def test_history_goes_through_the_gateway_too() -> None:
    toggl = v9(base="https://gateway.example/toggl-track/api/v9")
    sent, _ = exchange(lambda: toggl.older_entries(7, 0, 1), [])
    assert sent.path == "/toggl-track/reports/api/v3/workspace/7/search/time_entries"
