"""Whatever bytes a server answers with, there is a value or a `RemoteError`, and never a crash."""

import json
import re
from collections.abc import Callable
from typing import Any, Final

import pytest
import responses
from hypothesis import given
from hypothesis import strategies as st

from tests.api.exchange import v8, v9
from tests.api.test_refusals import CALLS
from tray.api.remote_api import NotOffered, Toggl
from tray.api.wire_models import (
    FullWireEntry,
    WireAccount,
    WireClient,
    WireProject,
    WireTag,
    WireTask,
    WireWorkspace,
)
from tray.errors import RemoteError

ANYWHERE: Final = re.compile(".*")
NAMES: Final = sorted(
    {
        name
        for kind in (
            FullWireEntry,
            WireAccount,
            WireWorkspace,
            WireProject,
            WireClient,
            WireTag,
            WireTask,
        )
        for name in kind.__struct_fields__
    }
    | {"data", "error_message", "message", "success", "failure", "time_entries"}
)

LEAVES: Final = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["2024-12-16T01:31:14Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z"])
)
JSON: Final = st.recursive(
    LEAVES,
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(NAMES), each, max_size=8)
    ),
    max_leaves=20,
)
LIKELY: Final = st.fixed_dictionaries(
    {
        "id": st.integers(1, 9),
        "workspace_id": st.integers(1, 9),
        "start": st.just("2024-12-16T01:31:14Z"),
    },
    optional={name: LEAVES for name in NAMES if name not in ("id", "workspace_id", "start")},
)
BODIES: Final = st.binary() | (
    JSON | LIKELY | st.lists(LIKELY, max_size=3) | LIKELY.map(lambda each: {"data": each})
).map(lambda value: json.dumps(value).encode())
HEADS: Final = st.dictionaries(
    st.sampled_from(
        [
            "Date",
            "Location",
            "Retry-After",
            "X-Toggl-Quota-Remaining",
            "X-Next-ID",
            "Content-Encoding",
        ]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126)) | st.integers().map(str),
)
MORE: Final[dict[str, Callable[[Any], object]]] = {
    "projects": lambda toggl: toggl.projects(5),
    "clients": lambda toggl: toggl.clients(5),
    "tags": lambda toggl: toggl.tags(5),
    "task": lambda toggl: toggl.create_task(5, 6, {"name": "x"}),
    "quota": lambda toggl: toggl.quota(),
    "older": lambda toggl: toggl.older_entries(5, 0, 1),
    "bulk": lambda toggl: toggl.update_entries(5, [1, 2], {"tags": ()}),
}


@pytest.mark.parametrize("make", [v8, v9])
@given(
    call=st.sampled_from([*CALLS.values(), *MORE.values()]),
    status=st.just(200) | st.integers(200, 599),
    body=BODIES,
    head=HEADS,
)
def test_any_reply_is_a_value_or_an_error(
    make: Callable[[], Toggl],
    call: Callable[[Toggl], object],
    status: int,
    body: bytes,
    head: dict[str, str],
) -> None:
    toggl = make()
    with responses.RequestsMock() as server:
        server.assert_all_requests_are_fired = False
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            server.add(method, ANYWHERE, body=body, status=status, headers=head)
        try:
            call(toggl)
        except RemoteError as error:
            assert str(error).endswith((".", "?"))  # noqa: PT017  (most examples raise nothing)
            assert error.server_message.isprintable()  # noqa: PT017
            assert len(error.server_message) <= 300  # noqa: PT017
        except NotOffered:
            assert make is v8 or status == 404
        assert len(server.calls) <= 2
