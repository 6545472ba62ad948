"""Where no tray runs, the process of the local API has hooks be told of what programs do."""

import sys
import time
from collections.abc import Iterator

import pytest

from tests.fakes.hook_folder import HookFolder
from tests.hub.served_process import PATIENCE_SECONDS, Served

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hooks are shell scripts")


@pytest.fixture
def served(hooks: HookFolder) -> Iterator[Served]:
    """A server that knows a hook."""
    hooks.put("start")
    made = Served(hooks.home)
    yield made
    made.end()


def test_a_hook_is_told_which_program_did_it(served: Served, hooks: HookFolder) -> None:
    workspace = served.ask("/me")["default_workspace_id"]
    body = {"created_with": "a deck", "start": "2026-02-13T12:00:00Z", "duration": -1}
    served.ask(f"/workspaces/{workspace}/time_entries", {**body, "description": "one"})
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not hooks.told:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    ((_, told),) = hooks.told
    assert (told["origin"], told["program"]) == ("program", "a deck")
