"""The small window with the icon's controls, for desktops without a place for the icon."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tray import clock
from tray.ui import wording
from tray.ui.icon import IconState, make_icon
from tray.ui.snapshot import Snapshot
from tray.ui.theme import UNIT, scaled, theme
from tray.ui.ticker import SECOND, Ticker
from tray.ui.tracking import Tracking
from tray.ui.wording import tr


class Elided(QLabel):
    """A label of one line that shortens its text to the room there is."""

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        elide = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self.text(), elide, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class MiniWindow(QWidget):
    """What runs, for how long, and the buttons to change that."""

    quick_start_wanted = Signal()
    closed = Signal()
    """The user closed it: the program decides what way back there is."""

    def __init__(self, tracking: Tracking, menu: QMenu) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle("Toggl Tray")
        self._tracking = tracking
        self._ticker = Ticker(SECOND, self._show_elapsed, self, name="mini elapsed")
        self._build(menu)
        tracking.changed.connect(self._on_changed)
        self._on_changed(tracking.snapshot)

    def _build(self, menu: QMenu) -> None:
        self.elapsed = QLabel(self)
        self.elapsed.setFont(scaled(self.font(), 1.9, bold=True))
        self.elapsed.setAccessibleName(tr("Elapsed"))
        self.what = Elided(self)
        self.what.setFont(scaled(self.font(), 1.1))
        self.project = Elided(self)
        for label in (self.what, self.project):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.total = QLabel(self)
        self.toggle = QPushButton(self)
        self.toggle.setDefault(True)
        self.toggle.clicked.connect(self._on_toggle)
        self.quick = QPushButton(tr("Quick start…"), self)
        self.quick.clicked.connect(self.quick_start_wanted)
        self.more = QToolButton(self)
        self.more.setText("⋯")
        self.more.setAccessibleName(tr("More"))
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setStyleSheet("QToolButton::menu-indicator { image: none }")
        head = QHBoxLayout()
        head.addWidget(self.elapsed)
        head.addStretch()
        head.addWidget(self.total, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.toggle, 1)
        buttons.addWidget(self.quick, 1)
        buttons.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(head)
        layout.addWidget(self.what)
        layout.addWidget(self.project)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        self.setFixedWidth(42 * UNIT)

    def _show_elapsed(self) -> None:
        now, state = clock.now(), self._tracking.snapshot
        seconds = state.running.seconds(now) if state.running else 0
        self.elapsed.setText(wording.exact(seconds))
        today = wording.rounded(state.today_seconds(now))
        self.total.setText(tr("Today {length}").format(length=today))

    def _follow(self) -> None:
        """Tick while there is something to see and somebody to see it."""
        running = self._tracking.snapshot.running
        self._ticker.follow(running.start if running and self.isVisible() else None)

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        running = state.running
        self.what.setText(
            wording.title(running, state.names) if running else tr("Nothing is running")
        )
        project = wording.project(running, state.names) if running and running.description else ""
        self.project.setText(project)
        self.project.setVisible(bool(project))
        self.toggle.setText(tr("Stop") if running else tr("Continue"))
        self.toggle.setEnabled(running is not None or bool(state.recent))
        colour = wording.colour(running, state.names) if running else ""
        self.setWindowIcon(make_icon(IconState(colour)))
        self._colour_elapsed()
        self._show_elapsed()
        self._follow()

    def _colour_elapsed(self) -> None:
        look = theme(self.palette())
        running = self._tracking.snapshot.running
        subdued = look.subdued if running is None else look.text
        for label, colour in (
            (self.elapsed, subdued),
            (self.total, look.subdued),
            (self.project, look.subdued),
        ):
            palette = self.palette()
            palette.setColor(label.foregroundRole(), QColor(colour))
            label.setPalette(palette)

    @Slot()
    def _on_toggle(self) -> None:
        self._tracking.toggle()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "elapsed"):
            self._colour_elapsed()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
