"""What the desktop wants every program to look like, where Qt does not hear all of it."""

from PySide6.QtCore import QObject, Signal


class DesktopLook(QObject):
    """Says nothing of its own, so that Qt's word counts."""

    changed = Signal()
    """It is another than before."""

    @property
    def dark(self) -> bool | None:
        """Whether programs are to be dark; None: it does not say."""
        return None

    @property
    def text_scale(self) -> float:
        """How much larger than usual text is to be, beside what Qt makes of the screen."""
        return 1.0

    def stop(self) -> None:
        """Listen no more."""
