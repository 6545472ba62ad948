"""What a window gives and gets to have the server do something, apart from who carries it out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from tray.api.online_api import OnlineToggl
    from tray.store.database import Database

    OnlineWork = Callable[[OnlineToggl, Database], object]


class OnlineAnswer(NamedTuple):
    """What came of one piece of work."""

    number: int
    """What `OnlineRequests.ask` returned."""
    value: object = None
    error: str = ""
    """A sentence: why it did not work; empty if it did."""


class OnlineRequests(Protocol):
    """Carries out what a window wants of the server; its signal comes on the main thread."""

    @property
    def answered(self) -> "SignalInstance":
        """An `OnlineAnswer`, unless it was cancelled."""

    def ask(self, work: "OnlineWork") -> int:
        """Do `work` with the server of the account; the number that the answer will have."""

    def cancel(self, number: int) -> None:
        """Let it be."""

    def reset_token(self) -> int:
        """Have a new token made and kept; not to be cancelled, or it may be lost."""
