"""Whether the panel that shows Qt's icon has come or gone, which Qt does not tell."""

from PySide6.QtCore import QObject, Signal


class PanelWatch(QObject):
    """What tells of panels; this one has nobody who does.

    Everything, signals included, happens on the thread that made the object.

    Args:
        parent: as Qt has it.
        look_ms: how often an icon that is shown has to be looked after; 0: never, as it is told of
            or Qt puts the icon back by itself.
        search_ms: how often to look for a panel where there is none; 0: never, as it is told of.
    """

    changed = Signal()
    """A panel may have come or gone: look."""

    def __init__(
        self, parent: QObject | None = None, *, look_ms: int = 0, search_ms: int = 0
    ) -> None:
        super().__init__(parent)
        self.look_ms = look_ms
        self.search_ms = search_ms

    def stop(self) -> None:
        """Let go of everything; no signal comes any more."""
        self.blockSignals(True)
