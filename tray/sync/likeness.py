"""Recognizes an entry of the server as one that was sent from here without an answer.

The API has nothing to mark a request with, so an entry is known by what was sent. Ids of the server
ascend, so it can only be one with a higher id than any that was known when it was sent.
"""

from typing import Final

from tray.store.remote import Image

TWIN_SECONDS: Final = 10
"""A request that something on the way has sent twice arrives twice within this."""

_WHAT: Final = (("description",), ("project_id", "task_id"), ("tag_ids",), ("start",), ("stop",))


def is_sent(sent: Image, found: Image) -> bool:
    """Whether `found` is what was sent, changed elsewhere in one thing at most.

    That the server itself has stopped it, because another was started, is no change.
    """
    if sent["workspace_id"] != found["workspace_id"]:
        return False
    different = _differences(sent, found)
    if "start" in different:
        return different == ["start"] and bool(sent["description"])
    return len(different) <= 1


def is_copy(sent: Image, found: Image) -> bool:
    """Whether `found` is what was sent, in everything."""
    return sent["workspace_id"] == found["workspace_id"] and not _differences(sent, found)


def _differences(sent: Image, found: Image) -> list[str]:
    names = [unit[0] for unit in _WHAT if any(sent.get(name) != found.get(name) for name in unit)]
    if sent["stop"] is None and "stop" in names:
        names.remove("stop")
    return names
