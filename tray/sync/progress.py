"""How far the reading of history from the server has come."""

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import DAY
from tray.store.account import PullPosition

HISTORY_SECONDS: Final = 89 * DAY
"""How far back the server gives entries by itself: about three months."""


class HistoryProgress(NamedTuple):
    """History is read backwards; moments are epoch seconds."""

    wanted_from: int
    reached: int
    """Everything from here on is here."""
    is_older: bool
    """Whether the user asked for it, by the reports."""

    def share(self, now: int) -> float:
        """How much of it is here, from 0 to 1."""
        whole = max(1, now - self.wanted_from)
        return min(1.0, max(0.0, (now - self.reached) / whole))


def history_progress(pull: PullPosition, *, now: int) -> HistoryProgress | None:
    """What is being read; None if nothing is."""
    if pull.older_from is not None and (pull.older_next or pull.history_complete):
        import json  # which who wants no older history need not load

        reached = json.loads(pull.older_next)[1] if pull.older_next else pull.history_from or now
        return HistoryProgress(pull.older_from, reached, is_older=True)
    if not pull.history_complete:
        return HistoryProgress(now - HISTORY_SECONDS, pull.history_from or now, is_older=False)
    return None
