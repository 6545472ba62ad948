"""Starting the program when the user logs in: what there is to ask and to say."""

from collections.abc import Sequence
from typing import Protocol

from tray.desktop.support import Support


class Autostart(Protocol):
    """The place in which this desktop looks for what to start at login.

    Every method may raise `ReadOnly`, with the sentence for the user.
    """

    @property
    def support(self) -> Support:
        """Whether the desktop will look there."""

    def enabled(self) -> bool:
        """Whether the program will be started, as far as can be known."""

    def matches(self, command: Sequence[str]) -> bool:
        """Whether `command` is what is started; if not, the program was moved: enable it anew."""

    def enable(self, command: Sequence[str]) -> None:
        """Have `command`, an absolute path with its arguments, started at every login."""

    def disable(self) -> None:
        """Have nothing started any more."""
