"""Finds the deleted entries among those that changed, on servers that do not mark them."""

from typing import Final

from tray.api.remote_api import Toggl
from tray.api.remote_values import Page, RemoteEntry
from tray.errors import Gone, ServerRefused
from tray.store import remote_rows
from tray.store.database import Database

_MICROSECONDS: Final = 1_000_000
_FEW: Final = 3
"""So many entries are asked for one by one; more are looked for in a list."""


class UnmarkedDeletions:
    """Lives as long as a connection, and learns what its server does."""

    def __init__(self, db: Database, api: Toggl) -> None:
        self._db = db
        self._api = api
        self.are_possible = not api.is_toggl
        """Whether the server is not known to mark what it has deleted."""
        self._found: dict[int, tuple[int, bool]] = {}
        """By id: as of which change it was asked for, and whether it was gone."""

    def marked(self, page: Page, *, server_now: int) -> Page:
        """`page`, what changed, with a mark on what the server has no more; asks it if need be."""
        if any(each.deleted for each in page.entries):
            self.are_possible = False
        if not self.are_possible:
            return page
        news = self._news(page.entries)
        if len(news) <= _FEW:
            for each in news:  # kept as it comes: the line may break at the next
                self._keep([each], {each.id} if self._is_gone(each) else set(), server_now)
        elif (lacking := self._gone_of_many(news)) is not None:
            self._keep(news, lacking, server_now)
        gone = {each.id for each in page.entries if self._found.get(each.id) == (each.at, True)}
        marked = (each._replace(deleted=each.id in gone or each.deleted) for each in page.entries)
        return page._replace(entries=tuple(marked))

    def _keep(self, news: list[RemoteEntry], gone: set[int], server_now: int) -> None:
        """Remember what need not be asked again: it is gone, or its second has passed."""
        for each in news:
            if each.id in gone or each.at < (server_now - 1) * _MICROSECONDS:
                self._found[each.id] = (each.at, each.id in gone)

    def _news(self, entries: tuple[RemoteEntry, ...]) -> list[RemoteEntry]:
        """Those that are not known here as they are listed, or that may differ from it.

        If stamps are whole seconds, that is so within the second of the change that is known.
        """
        known = remote_rows.of_remotes(self._db, "entry", [each.id for each in entries])
        return [
            each
            for each in entries
            if self._found.get(each.id, (0, False))[0] != each.at
            and (
                each.id not in known or each.at > known[each.id].at or each.at % _MICROSECONDS == 0
            )
        ]

    def _is_gone(self, entry: RemoteEntry) -> bool:
        try:
            self._api.entry(entry.id)
        except Gone:
            return True
        return False

    def _gone_of_many(self, news: list[RemoteEntry]) -> set[int] | None:
        """Those that a list of their time lacks; of times that it does not give, none.

        Returns:
            None if something of the list is out of shape, which may be any of them.
        """
        starts = [each.start for each in news]
        try:
            page = self._api.entries_between(min(starts), max(starts) + 1)
        except ServerRefused:
            return set()
        skipped = {each.id for each in page.skipped}
        if None in skipped:
            return None
        there = skipped.union(each.id for each in page.entries)
        since = min(starts) if page.complete else min(each.start for each in page.entries) + 1
        return {each.id for each in news if each.start >= since and each.id not in there}
