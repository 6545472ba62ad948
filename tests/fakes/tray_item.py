"""A place on a panel that a test gives and takes, and what is shown there."""

from collections.abc import Sequence

from PySide6.QtGui import QIcon

from tray.desktop.tray_item import TrayItem
from tray.model.panels import PanelKind


class PanelItem(TrayItem):
    """Placed when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.is_placed = False
        self.kind = PanelKind()
        self.icons: list[QIcon] = []
        self.title = ""
        self.lines: list[str] = []
        self.label = ""
        self.messages: list[tuple[str, str]] = []

    @property
    def placed(self) -> bool:
        return self.is_placed

    @property
    def panel(self) -> PanelKind:
        return self.kind

    def be_placed(self, placed: bool, kind: PanelKind | None = None) -> None:
        """A panel has come, or gone."""
        self.is_placed = placed
        self.kind = self.kind if kind is None else kind
        self.changed.emit()

    def set_icon(self, icon: QIcon) -> None:
        self.icons.append(icon)

    def set_texts(self, title: str, lines: Sequence[str], label: str) -> None:
        self.title, self.lines, self.label = title, list(lines), label

    def message(self, title: str, text: str, milliseconds: int) -> None:
        self.messages.append((title, text))
