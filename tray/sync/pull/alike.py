"""Says how far an entry of the server is what was sent to make one, or what is here."""

from typing import Final, NamedTuple

from tray.api.remote_values import RemoteEntry
from tray.model.durations import DAY
from tray.store import in_flight
from tray.store.columns import RowValues, number
from tray.store.in_flight import TAG_NAMES, SentCreate

_DOUBLE_SECONDS: Final = 10
"""A request that something on the way has sent twice arrives twice within this."""
_REPEAT_SECONDS: Final = DAY
"""For how long a request without answer may have been carried out once more."""
_FIELDS: Final = (("description",), ("project_id", "task_id"), ("tag_ids",), ("start",), ("stop",))
"""What is compared; columns that change together count as one."""


class RemoteVersion(NamedTuple):
    """An entry of the server in our columns."""

    theirs: RemoteEntry
    image: RowValues


def keeps_name(sent: RowValues, found: RemoteVersion) -> bool:
    """Whether `found` has the description that was sent; none at all is no sign."""
    return bool(sent["description"]) and sent["description"] == found.image["description"]


def covers_start(was: RowValues, found: RemoteVersion) -> bool:
    """Whether `found` goes on, or did, at the moment when what was sent began."""
    start, stop = number(was, "start") or 0, found.theirs.stop
    return found.theirs.start <= start and (stop is None or stop >= start)


def is_edited_copy(sent: RowValues, found: RemoteVersion) -> bool:
    """Whether `found` is what was sent, changed elsewhere in one thing at most.

    That the server itself has stopped it, because another was started, is no change.
    """
    if sent["workspace_id"] != found.image["workspace_id"]:
        return False
    different = _differences(sent, found)
    if "start" in different:
        return different == ["start"] and bool(sent["description"])
    return len(different) <= 1


def starts_alike(sent: RowValues, found: RemoteVersion) -> bool:
    """Whether `found` began in the very second of what was sent, whatever else was changed.

    Moments that were typed are round, and may be those of another entry: then more has to fit.
    """
    if any(sent[name] != found.image[name] for name in ("workspace_id", "start")):
        return False
    typed = sent["stop"] is not None
    return not typed or any(sent[name] == found.image[name] for name in ("stop", "description"))


def is_equal(ours: RowValues, found: RemoteVersion) -> bool:
    """Whether an entry that was not sent yet is what another computer has sent, in everything."""
    return is_exact_copy(ours, found) and ours["stop"] == found.image["stop"]


def is_exact_copy(sent: RowValues, found: RemoteVersion) -> bool:
    """Whether `found` is what was sent, in everything."""
    same_place = sent["workspace_id"] == found.image["workspace_id"]
    return same_place and not _differences(sent, found)


def _differences(sent: RowValues, found: RemoteVersion) -> list[str]:
    sent, image = base_of(sent, found), found.image
    names = [unit[0] for unit in _FIELDS if any(sent.get(name) != image.get(name) for name in unit)]
    if sent["stop"] is None and "stop" in names:
        names.remove("stop")
    return names


def base_of(sent: RowValues, found: RemoteVersion) -> RowValues:
    """What was sent, in the columns of today: tags by the rows that now have their names."""
    base = {name: value for name, value in sent.items() if name != TAG_NAMES}
    if sent.get(TAG_NAMES) == in_flight.names_text(found.theirs.tags):
        base["tag_ids"] = found.image["tag_ids"]
    return base


def is_unchanged(base: RowValues, sent: RowValues) -> bool:
    """Whether the server still has what was sent to it."""
    return all(base.get(name) == sent.get(name) for unit in _FIELDS for name in unit)


def repeated_within(made: SentCreate) -> int:
    """For how many seconds further copies of what a request has made may come to be."""
    return _REPEAT_SECONDS if made.maybe_repeated else _DOUBLE_SECONDS
