"""The small window with the icon's controls: on demand, or where there is no place for the icon."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tray import clock
from tray.language import tr
from tray.model import formats
from tray.model.durations import SECOND
from tray.model.entities import TimeEntry, What
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store.catalogue import Names
from tray.ui import labels, plain_text, wording
from tray.ui.entry_line.chips import Chip, Chips
from tray.ui.icon import IconState, make_icon
from tray.ui.input_guard import InputGuard
from tray.ui.labels import ElidedLabel, ThemedLabel
from tray.ui.theme import BODY, TITLE, UNIT
from tray.ui.ticker import Ticker


class MiniWindow(QWidget):
    """What runs, for how long, and the buttons to change that.

    Args:
        tracking: what is shown and changed.
        menu: everything else that the icon could do.
        on_top: whether it stays above other windows, where the desktop lets it.
    """

    quick_start_wanted = Signal()
    closed = Signal()
    """The user closed it: the program decides what way back there is."""
    left = Signal()
    """It is about to be closed, and still where it was."""

    def __init__(self, tracking: Tracking, menu: QMenu, *, on_top: bool = False) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on_top)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # it comes by itself
        self._tracking = tracking
        self._ticker = Ticker(SECOND, self._show_elapsed, self, name="mini elapsed")
        self._build(menu)
        InputGuard(self, lambda: self.toggle)
        tracking.changed.connect(self._on_changed)
        self._on_changed(tracking.snapshot)

    def _build(self, menu: QMenu) -> None:
        self.elapsed = ThemedLabel("", self, size=TITLE, bold=True)
        self.elapsed.setAccessibleName(tr("Elapsed"))
        self.total = ThemedLabel("", self)
        self.what = ElidedLabel("", self, tint=labels.plain, size=BODY)
        # Whatever script it is in: Chinese letters, for one, are higher than others.
        self.what.setFixedHeight(self.what.fontMetrics().height() + UNIT // 2)
        self.chips = Chips(self)
        self.toggle = QPushButton(self)
        self.toggle.setDefault(True)
        self.toggle.clicked.connect(self._on_toggle)
        self.quick = QPushButton(tr("Quick start…"), self)
        self.quick.setAutoDefault(True)
        self.quick.clicked.connect(self.quick_start_wanted)
        self.more = QToolButton(self)
        self.more.setText("⋯")
        self.more.setAccessibleName(tr("More"))
        self.more.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
        layout.setSpacing(UNIT * 3 // 4)
        layout.addLayout(head)
        layout.addWidget(self.what)
        layout.addWidget(self.chips)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.chips.setMinimumWidth(40 * UNIT)

    def _show_elapsed(self) -> None:
        now, state = clock.now(), self._tracking.snapshot
        seconds = state.running.seconds(now) if state.running else 0
        self.elapsed.setText(formats.exact_length(seconds))
        today = wording.of_goal(formats.length(state.today_seconds(now)), state.goals.day)
        self.total.setText(tr("Today {length}").format(length=today))

    def _follow(self) -> None:
        """Tick while there is something to see and somebody to see it."""
        running = self._tracking.snapshot.running
        seen = self.isVisible() and not self.isMinimized()
        self._ticker.follow(running.start if running and seen else None)
        self._show_elapsed()

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        if state.running is not None:
            self._show_running(state.running, state.names)
        else:
            self._show_stopped(state)
        self.elapsed.set_tint(labels.plain if state.running else labels.subdued)
        self.what.setToolTip(plain_text.tooltip(self.what.text()))
        self._follow()

    def _show_running(self, running: TimeEntry, names: Names) -> None:
        title = wording.title(running, names)
        self.setWindowTitle(f"{title} – Toggl Tray")
        self.setWindowIcon(make_icon(IconState(wording.colour(running, names))))
        self.what.setText(title)
        self.chips.show_chips(_chips(running.what, names))
        self.toggle.setText(tr("Stop"))
        self.toggle.setEnabled(True)
        self.toggle.setToolTip("")

    def _show_stopped(self, state: Snapshot) -> None:
        self.setWindowTitle("Toggl Tray")
        self.setWindowIcon(QIcon())  # that of all windows
        self.toggle.setText(tr("Continue"))
        self.toggle.setEnabled(bool(state.recent))
        if not state.recent:
            self.what.setText(tr("Quick start begins your first entry"))
            self.chips.show_chips([])
            return
        latest = wording.full(state.recent[0], state.names)
        self.what.setText(tr("Nothing is running"))
        self.chips.show_chips([Chip(latest, wording.colour(state.recent[0], state.names))])
        self.toggle.setToolTip(plain_text.tooltip(latest))

    @Slot()
    def _on_toggle(self) -> None:
        self._tracking.toggle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.left.emit()
        super().closeEvent(event)
        self.closed.emit()


def _chips(what: What, names: Names) -> list[Chip]:
    """The project, unless it stands above already, then the tags."""
    chips: list[Chip] = []
    if what.project_id is None:
        chips.append(Chip(tr("No project"), example=True))
    elif what.description:
        chips.append(Chip(wording.project(what, names), wording.colour(what, names)))
    if what.billable:
        chips.append(Chip(tr("$ billable")))
    return [
        *chips,
        *(Chip(f"#{names.tags[tag].name}") for tag in what.tag_ids if tag in names.tags),
    ]
