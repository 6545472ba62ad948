"""An icon's place on the panel, whatever way that panel shows icons."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QIcon

from tray.desktop.panel_watch import PanelWatch
from tray.model.panels import PanelKind


class TrayItem(QObject):
    """Shows what it is told as soon as there is a panel, and anew on the next one.

    Everything, signals included, happens on the thread that made it. This one finds no panel.
    """

    changed = Signal()
    """`placed` or `panel` may be another."""
    left = Signal()
    """Clicked with the left button; on a panel whose menu that opens, twice."""
    double = Signal()
    """Clicked twice, on a panel that tells the difference."""
    middle = Signal()
    scrolled = Signal(int)
    """The wheel was turned: up is positive."""
    message_clicked = Signal()
    """The user clicked the last `message`."""

    @property
    def placed(self) -> bool:
        """Whether a panel has it."""
        return False

    @property
    def panel(self) -> PanelKind:
        """The panel that has it, or had it last."""
        return PanelKind()

    @property
    def place(self) -> QRect | None:
        """Where it is on the screen, if the desktop tells."""
        return None

    def start(self) -> None:
        """Look for a panel from now on."""

    def follow(self, watch: PanelWatch) -> None:
        """Hear of panels that Qt does not tell of, and look no more often than is wanted."""

    def set_icon(self, icon: QIcon) -> None:
        """Have this picture."""

    def set_texts(self, title: str, lines: Sequence[str], label: str) -> None:
        """Have a tooltip of a title with lines below, and a text beside the icon, if any."""

    def menu_changed(self) -> None:
        """Have the rows of the menu as they are now."""

    def watch_wheel(self, wanted: bool) -> None:
        """Tell of the wheel, or not, where that has a price."""

    def message(self, title: str, text: str, milliseconds: int) -> None:
        """Show a plain notification, where the desktop has nothing better."""

    def stop(self) -> None:
        """Leave the panel."""
