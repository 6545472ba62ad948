"""The pop-over itself: comes up at the icon, and goes as soon as the user turns elsewhere.

It is made when it is first wanted. Hidden it has no timer, and keeps what was typed into it.
"""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tray import clock
from tray.language import tr
from tray.model import formats
from tray.model.day_scale import day_scale
from tray.model.durations import SECOND
from tray.model.entities import What
from tray.model.formats import TimeFormat
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import entries
from tray.ui import wording
from tray.ui.frameless_window import FramelessWindow
from tray.ui.labels import ThemedLabel
from tray.ui.popover.day_ribbon import DayRibbon, DaySpan
from tray.ui.popover.foot import Foot
from tray.ui.popover.line_box import LineBox
from tray.ui.popover.placement import place
from tray.ui.popover.running_head import RunningHead
from tray.ui.popover.start_list import StartList, starts
from tray.ui.theme import MEDIUM, SMALL, UNIT, sized, theme
from tray.ui.ticker import Ticker

SIZE: Final = QSize(45 * UNIT, 125 * UNIT // 2)
_SIDE: Final = 5 * UNIT // 2
_JUST_LEFT_MS: Final = 400
"""On some desktops the click that is to close it takes the focus from it first."""


class PopOver(FramelessWindow):
    """What runs, the day, the quick line, and what can be started."""

    window_wanted = Signal()
    settings_wanted = Signal()
    sync_wanted = Signal()
    """What can be done about the state of the sync."""

    def __init__(self, tracking: Tracking, times: TimeFormat) -> None:
        super().__init__()
        self.setWindowTitle("Toggl Tray")
        self._tracking = tracking
        self._times = times
        self._ticker = Ticker(SECOND, self._show_time, self, name="pop-over elapsed")
        self._left = QElapsedTimer()
        self._build(times)
        self._connect()

    def _build(self, times: TimeFormat) -> None:
        self.head = RunningHead(self._tracking, times, self)
        self.today = ThemedLabel("", self, size=SMALL)
        self.week = ThemedLabel("", self, size=SMALL)
        for total in (self.today, self.week):
            total.setFont(sized(self.font(), SMALL, MEDIUM, tabular=True))
        self.ribbon = DayRibbon(self)
        self.box = LineBox(self._tracking, times, self)
        self.starts = StartList(self)
        self.none = ThemedLabel(tr("What you track shows up here."), self)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.foot = Foot(self)
        totals = QHBoxLayout()
        totals.addWidget(self.today)
        totals.addStretch()
        totals.addWidget(self.week)
        column = QVBoxLayout()
        column.setContentsMargins(_SIDE, 2 * UNIT, _SIDE, UNIT)
        column.setSpacing(UNIT)
        for part in (self.head, totals, self.ribbon, self.box, self.box.line.hint):
            column.addLayout(part) if isinstance(part, QHBoxLayout) else column.addWidget(part)
        column.addWidget(self.none, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(self.margin, self.margin, self.margin, self.margin)
        around.setSpacing(0)
        around.addLayout(column)
        self._below = self._inset(self.starts, 3 * UNIT // 2)
        around.addWidget(self._below, 1)
        around.addWidget(_Hairline(self))
        around.addWidget(self._inset(self.foot, 3 * UNIT // 2))

    def _inset(self, part: QWidget, side: int) -> QWidget:
        """A part that is wider than the rest, as its rows have their own room at both ends."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(side, 0, side, 0)
        row.addWidget(part)
        return holder

    def _connect(self) -> None:
        self.head.toggled.connect(self._on_toggled)
        self.box.done.connect(self.close)
        self.box.left.connect(self.close)
        self.box.changed.connect(self._on_typed)
        self.starts.chosen.connect(self._on_chosen)
        for wanted, ours in (
            (self.foot.window_wanted, self.window_wanted),
            (self.foot.settings_wanted, self.settings_wanted),
            (self.foot.sync_wanted, self.sync_wanted),
        ):
            wanted.connect(self.close)
            wanted.connect(ours)
        self._tracking.changed.connect(self._on_changed)

    def toggle(self, icon: QRect | None, hotkey: str) -> None:
        """Come up, or go if it is there.

        Args:
            icon: where the tray icon is, if that is known.
            hotkey: the keys that open quick start, as Qt reads them.
        """
        just_left = self._left.isValid() and self._left.elapsed() < _JUST_LEFT_MS
        if self.isVisible() or just_left:
            self.close()
        else:
            self.open(icon, hotkey)
        self._left.invalidate()

    def open(self, icon: QRect | None, hotkey: str = "") -> None:
        """Come up beside the icon, with the keyboard."""
        self._tracking.refresh_if_other_day()
        self._put(icon)
        self._show_state(self._tracking.snapshot)
        self.show()
        self.box.open(hotkey)
        self._follow()
        self.raise_()
        self.activateWindow()
        self.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = times
        self.head.use_times(times)
        self.box.line.use_times(times)
        self._on_changed(self._tracking.snapshot)

    def stop(self) -> None:
        """Wait for whatever is at work for it; the program is about to end."""
        self.box.line.stop()

    def _put(self, icon: QRect | None) -> None:
        pointer = QCursor.pos()
        at = pointer if icon is None else icon.center()
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        self.setScreen(screen)
        room = screen.availableGeometry()
        least = self.minimumSizeHint()
        size = QSize(SIZE).expandedTo(QSize(0, least.height())).boundedTo(room.size())
        self.resize(size + QSize(2 * self.margin, 2 * self.margin))
        corner = place(size, room, icon, pointer)
        self.move(corner.x() - self.margin, corner.y() - self.margin)

    def _show_state(self, state: Snapshot) -> None:
        self.head.show_state(state)
        self.foot.show_state(state)
        found = starts(state)
        self.starts.show_starts(found)
        self._on_typed()
        self._show_time()

    def _show_time(self) -> None:
        """Show the totals and the day up to now."""
        now, state = clock.now(), self._tracking.snapshot
        self.head.show_elapsed()
        today = wording.of_goal(formats.length(state.today_seconds(now)), state.goals.day)
        week = wording.of_goal(formats.length(state.week_seconds(now)), state.goals.week)
        self.today.setText(tr("Today {length}").format(length=today))
        self.week.setText(tr("Week {length}").format(length=week))
        self._show_day(state, now)

    def _show_day(self, state: Snapshot, now: int) -> None:
        db, (begin, end) = self._tracking.db, state.day
        spans = [
            DaySpan(
                max(begin, entry.start),
                min(end, entry.start + entry.seconds(now)),
                wording.colour(entry, state.names),
            )
            for entry in entries.each_overlapping(db, begin, end, now=now)
        ]
        calendar = self._tracking.calendar
        scale = day_scale(calendar.day_of(now), [span[:2] for span in spans], calendar)
        self.ribbon.show_day(scale, spans, self._times)

    def _follow(self) -> None:
        """Tick while there is something to see and somebody to see it."""
        running = self._tracking.snapshot.running
        self._ticker.follow(running.start if running and self.isVisible() else None)

    @Slot()
    def _on_typed(self) -> None:
        """Leave the room to the suggestions while something is typed."""
        typed = not self.box.line.is_empty
        some = bool(self.starts.rows)
        self._below.setVisible(some and not typed)
        self.none.setVisible(typed or not some)
        self.none.setText("" if typed else tr("What you track shows up here."))
        self.box.fit(self.none.height() if typed else self.starts.height())

    @Slot()
    def _on_toggled(self) -> None:
        state = self._tracking.snapshot
        if state.running is None and not state.recent:
            self.box.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._tracking.toggle()

    @Slot(object)
    def _on_chosen(self, what: What) -> None:
        self._tracking.start(what)
        self.close()

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        if self.isVisible():
            self._show_state(state)
            self._follow()

    def _choose(self, event: QKeyEvent) -> bool:
        """Start what has the digit; whether there is something."""
        return self.starts.choose(event.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no part has taken: digits start, and letters are what is worked on."""
        text = event.text()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_Down:
            self.starts.enter()
        elif plain and text.isprintable() and text and not self._choose(event):
            self.box.line.setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(self.box.line.edit, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self._is_left():
            self.close()
            self._left.start()

    def _is_left(self) -> bool:
        return not self.isActiveWindow() and QApplication.activePopupWidget() is None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._left.invalidate()
        self.head.leave_edit()
        self._ticker.follow(None)


class _Hairline(QWidget):
    """Between what can be done here and the ways to elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(UNIT // UNIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme(self.palette()).line)
        painter.end()
