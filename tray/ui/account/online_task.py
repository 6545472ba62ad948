"""A button of a row whose work the server does: it says so meanwhile, and can be called off."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton

from tray import clock
from tray.language import tr
from tray.session.online_values import OnlineAnswer, OnlineRequests
from tray.sync.rate import quota
from tray.ui import labels
from tray.ui.settings.sections import SettingRow

if TYPE_CHECKING:
    from tray.session.online_values import OnlineWork
    from tray.store.database import Database


_FEW: Final = 6
"""With fewer requests left than this, what something takes is said before it is done."""


def with_cost(hint: str, db: "Database", charged: str, count: int) -> str:
    """What to say before something that takes `count` requests: `hint`, unless they are few."""
    left, _ = quota.spare(db, charged, clock.now(), kind="user")
    if not count or left >= _FEW:
        return hint
    return tr("Requests it takes: {count}. Left in this hour: {left}.").format(
        count=count, left=left
    )


class OnlineTask(QObject):
    """One piece of work at a time; the row says why one did not work."""

    done = Signal(object)
    """What came of it."""
    changed = Signal()
    """It has begun or ended."""

    def __init__(self, online: OnlineRequests, row: SettingRow, button: QPushButton) -> None:
        super().__init__(row)
        self._online, self._row, self._button = online, row, button
        self._label = button.text()
        self._number = 0
        online.answered.connect(self._on_answered)

    @property
    def is_busy(self) -> bool:
        """Whether the server is at it."""
        return bool(self._number)

    def ask(self, work: "OnlineWork", doing: str) -> None:
        """Have the server do it; `doing` is said meanwhile."""
        self.follow(self._online.ask(work), doing)

    def follow(self, number: int, doing: str, *, may_cancel: bool = True) -> None:
        """Show how work stands that has begun under a number."""
        self._number = number
        self._row.say(doing, labels.subdued)
        if may_cancel:
            self._button.setText(tr("Cancel"))
        self._button.setEnabled(may_cancel)
        self.changed.emit()

    def cancel(self) -> None:
        """Break it off; what the server has done already stays done."""
        self._online.cancel(self._number)
        self._end(tr("Cancelled. What had reached the account by then is changed."))

    def _end(self, sentence: str) -> None:
        self._number = 0
        self._button.setText(self._label)
        self._button.setEnabled(True)
        self._row.say(sentence)
        self.changed.emit()

    @Slot(object)
    def _on_answered(self, answer: OnlineAnswer) -> None:
        if not self._number or answer.number != self._number:
            return
        self._end(answer.error)
        if not answer.error:
            self.done.emit(answer.value)
