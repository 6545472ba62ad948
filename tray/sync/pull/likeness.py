"""Compares an entry of the server with one that was sent, field by field."""

from typing import Final

from tray.store.remote_rows import Image

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
