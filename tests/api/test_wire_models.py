"""Every shape that replies were seen in is read; what makes no sense is refused with its place."""

import json
from functools import partial
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.exchange import exchange, v8, v9
from tray.api.remote_values import EntryFields, RemoteEntry
from tray.api.request_bodies import entry_body
from tray.api.timestamps import stamp
from tray.errors import BadReply

ENTRY: Final[dict[str, Any]] = {
    "id": 1,
    "workspace_id": 7,
    "start": "2024-12-16T01:31:14Z",
    "stop": None,
    "duration": -1,
}
START: Final = 1_734_312_674


def read(**fields: object) -> RemoteEntry:
    entry = {name: value for name, value in (ENTRY | fields).items() if value != "absent"}
    return exchange(lambda: v9().entry(1), entry)[1]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-12-16T01:31:14Z", START),
        ("2024-12-16T01:31:14+00:00", START),
        ("2024-12-16T02:31:14+01:00", START),
        ("2024-12-15T17:31:14-08:00", START),
        ("2024-12-16T07:01:14.999999+05:30", START),
        ("2024-12-16T01:31:14.000Z", START),
        ("2024-12-16T01:31:14.84997Z", START),
        ("1970-01-01T00:00:00Z", 0),
        ("2099-12-31T23:59:59Z", 4_102_444_799),
    ],
)
def test_moments_in_any_writing(text: str, moment: int) -> None:
    assert read(start=text).start == moment


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-12-16T01:31:14.5667Z", START * 10**6 + 566_700),
        ("2024-12-16T01:31:14.000001+00:00", START * 10**6 + 1),
        ("2024-12-16T01:31:14+00:00", START * 10**6),
        ("0001-01-01T00:00:00Z", 0),
        (None, 0),
        ("absent", 0),
    ],
)
def test_the_moment_of_a_change_is_exact(text: str | None, at: int) -> None:
    assert read(at=text).at == at


@pytest.mark.parametrize(
    ("fields", "stop"),
    [
        ({"duration": -1}, None),
        ({"duration": -START}, None),
        ({"duration": -(START + 1)}, None),
        ({"duration": None}, None),
        ({"duration": "absent", "stop": "absent"}, None),
        ({"duration": 0}, START),
        ({"duration": 60}, START + 60),
        ({"duration": 60, "stop": "absent"}, START + 60),
        ({"stop": "2024-12-16T01:32:14Z", "duration": 60}, START + 60),
        ({"stop": "2024-12-16T01:32:14Z", "duration": -1}, START + 60),
        ({"stop": "2024-12-16T01:32:14Z", "duration": "absent"}, START + 60),
        ({"stop": "2024-12-16T01:30:00Z", "duration": -74}, START),
    ],
)
def test_what_runs_and_what_has_ended(fields: dict[str, object], stop: int | None) -> None:
    assert read(**fields).stop == stop


def test_old_names_count_where_the_new_ones_are_missing() -> None:
    old = read(workspace_id="absent", wid=8, pid=4, tid=5, uid=6)
    assert (old.workspace_id, old.project_id, old.task_id) == (8, 4, 5)
    both = read(workspace_id=8, wid=9, project_id=4, pid=3, task_id=5, tid=2)
    assert (both.workspace_id, both.project_id, both.task_id) == (8, 4, 5)
    none = read(project_id=None, pid=0, task_id=0)
    assert (none.project_id, none.task_id) == (None, None)


@pytest.mark.parametrize("nothing", [None, [], "absent"])
def test_null_is_as_good_as_nothing(nothing: object) -> None:
    entry = read(tags=nothing, tag_ids=nothing)
    assert (entry.tags, entry.tag_ids) == ((), ())
    entry = read(description=None, billable=None)
    assert (entry.description, entry.billable) == ("", False)


def test_ids_have_64_bits() -> None:
    assert read(id=2**63 - 1, project_id=2**31).id == 2**63 - 1


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"id": 2**63}, "$.id"),
        ({"id": 0}, "$.id"),
        ({"id": -1}, "$.id"),
        ({"id": "1"}, "$.id"),
        ({"id": 1.5}, "$.id"),
        ({"id": None}, "$.id"),
        ({"id": "absent"}, "id"),
        ({"workspace_id": "absent"}, "workspace_id"),
        ({"workspace_id": 2**63}, "$.workspace_id"),
        ({"project_id": "x"}, "$.project_id"),
        ({"start": "absent"}, "start"),
        ({"start": None}, "$.start"),
        ({"start": 1_734_312_674}, "$.start"),
        ({"start": "yesterday"}, "$.start"),
        ({"start": "2024-12-16T01:31:14"}, "$.start"),
        ({"start": "2024-13-16T01:31:14Z"}, "$.start"),
        ({"start": "2024-02-30T01:31:14Z"}, "$.start"),
        ({"start": "1969-12-31T23:59:59Z"}, "start before the year 1970"),
        ({"stop": "soon"}, "$.stop"),
        ({"duration": 10**15}, "duration"),
        ({"duration": 10**30}, "duration"),
        ({"duration": "1"}, "$.duration"),
        ({"tags": "a"}, "$.tags"),
        ({"tags": [1]}, "$.tags[0]"),
        ({"tag_ids": ["a"]}, "$.tag_ids[0]"),
        ({"billable": "no"}, "$.billable"),
        ({"description": 1}, "$.description"),
        ({"at": "x"}, "$.at"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(
    fields: dict[str, object], place: str
) -> None:
    with pytest.raises(BadReply) as caught:
        read(**fields)
    assert place in str(caught.value)
    assert "GET /me/time_entries/1" in str(caught.value)


def test_one_bad_entry_in_a_list_is_left_out_and_named() -> None:
    bad = ENTRY | {"id": "x", "description": "Bad"}
    _, page = exchange(lambda: v9().entries_since(1), [ENTRY, bad])
    assert [each.id for each in page.entries] == [1]
    assert [(each.id, each.name) for each in page.skipped] == [(None, "Bad")]
    assert "$.id" in str(page.skipped[0])


def test_a_list_of_which_nothing_can_be_read_is_refused() -> None:
    with pytest.raises(BadReply, match=r"\$\.id"):
        exchange(lambda: v9().entries_since(1), [ENTRY | {"id": "x"}] * 2)


@pytest.mark.parametrize("reply", ["[]", '{"id":1}', "1", '"x"', "{", "", '"\\ud800"'])
def test_another_thing_than_an_entry_is_refused(reply: str) -> None:
    for toggl in (v9(), v8()):
        with pytest.raises(BadReply):
            exchange(partial(toggl.stop_entry, 7, 1), text=reply)


@pytest.mark.parametrize("reply", ["[]", json.dumps([{"id": 1, "wid": 7, "name": "a"}] * 2)])
def test_a_list_for_one_thing_must_have_one(reply: str) -> None:
    with pytest.raises(BadReply, match="instead of one"):
        exchange(lambda: v9().create_tag(7, "a"), text=reply)


@given(st.integers(0, 4_102_444_800))
def test_a_stamp_is_read_back_as_it_was(moment: int) -> None:
    assert read(start=stamp(moment)).start == moment


MOMENTS: Final = st.integers(1_136_073_600, 1_900_000_000)


@given(
    description=st.text(),
    project_id=st.none() | st.integers(1, 2**63 - 1),
    task_id=st.none() | st.integers(1, 2**63 - 1),
    tags=st.lists(st.text(min_size=1)).map(tuple),
    billable=st.booleans(),
    start=MOMENTS,
    seconds=st.none() | st.integers(0, 3_596_400),
)
def test_an_entry_that_a_server_keeps_comes_back_as_it_was(
    description: str,
    project_id: int | None,
    task_id: int | None,
    tags: tuple[str, ...],
    billable: bool,
    start: int,
    seconds: int | None,
) -> None:
    fields: EntryFields = {
        "description": description,
        "project_id": project_id,
        "task_id": task_id,
        "tags": tags,
        "billable": billable,
        "start": start,
        "stop": None if seconds is None else start + seconds,
    }
    for toggl in (v9(), v8()):
        sent, _ = exchange(partial(toggl.update_entry, 7, 1, fields), _reply(toggl, ENTRY))
        kept = {"id": 1, "wid": 7, **sent.body.get("time_entry", sent.body)}
        _, entry = exchange(partial(toggl.entry, 1), _reply(toggl, kept))
        assert entry == RemoteEntry(id=1, workspace_id=7, **fields)


def _reply(toggl: Any, entry: dict[str, Any]) -> dict[str, Any]:
    return entry if toggl.has_quota else {"data": entry}


@given(MOMENTS, st.none() | st.integers(0, 3_596_400))
def test_start_stop_and_duration_always_agree(start: int, seconds: int | None) -> None:
    body = entry_body({"start": start, "stop": None if seconds is None else start + seconds})
    if seconds is None:
        assert body.duration == -1
        assert not isinstance(body.stop, str)
    else:
        assert (body.duration, body.stop) == (seconds, stamp(start + seconds))
