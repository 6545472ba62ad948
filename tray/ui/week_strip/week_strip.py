"""The strip itself: the total of a week with its goal, its days, and the way to other weeks."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tray import clock
from tray.language import named, tr
from tray.model import colours, day_names, formats
from tray.model.durations import DAY, SECOND
from tray.model.entities import TimeEntry
from tray.model.week import WeekDay, first_day, week_days
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.ui import wording
from tray.ui.labels import ThemedLabel, plain
from tray.ui.theme import SMALL, TITLE, UNIT, sized
from tray.ui.ticker import Ticker
from tray.ui.week_strip.day_bar import BarPart, DayBar
from tray.ui.week_strip.week_button import WeekButton

_TOTAL_WIDTH: Final = 19 * UNIT
_WEEK: Final = timedelta(days=7)


class WeekStrip(QWidget):
    """Reads the entries of its week alone, however long the history is."""

    day_wanted = Signal(object)
    """The `date` of a day that was clicked."""

    def __init__(self, tracking: Tracking, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._back = 0
        """How many weeks before this one it shows."""
        self._entries: list[TimeEntry] = []
        self._days: tuple[WeekDay, ...] = ()
        self.title = ThemedLabel("", self, size=SMALL, bold=True)
        self.total = ThemedLabel("", self, tint=plain, size=TITLE, bold=True)
        self.total.setFont(sized(self.total.font(), 1, tabular=True))
        self.goal = ThemedLabel("", self, size=SMALL)
        self.earlier = WeekButton("chevron-left", tr("The week before"), self)
        self.later = WeekButton("chevron-right", tr("The week after"), self)
        self.bars = [DayBar(self) for _ in range(7)]
        self._lay_out()
        self._ticker = Ticker(SECOND, self._show, self, name="week strip elapsed")
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        for at, bar in enumerate(self.bars):
            bar.clicked.connect(lambda _=False, at=at: self.day_wanted.emit(self._days[at].date))
        tracking.changed.connect(self._on_changed)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes to, in order."""
        return [self.earlier, self.later, *self.bars]

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        head.addStretch()
        words = QVBoxLayout()
        words.setSpacing(UNIT // 4)
        words.addLayout(head)
        words.addWidget(self.total)
        words.addWidget(self.goal)
        words.addStretch()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(2 * UNIT, 3 * UNIT // 2, 2 * UNIT, 0)
        self._line.setSpacing(UNIT // 2)
        self._line.addLayout(words)
        self.total.setMinimumWidth(_TOTAL_WIDTH)
        for bar in self.bars:
            self._line.addWidget(bar, 1, Qt.AlignmentFlag.AlignBottom)

    def put_beside(self, widget: QWidget) -> None:
        """Show this at the end of the strip."""
        self._line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def _first(self) -> date:
        calendar = self._tracking.calendar
        return first_day(calendar.day_of(clock.now()), calendar) - self._back * _WEEK

    def _read(self) -> None:
        calendar, first = self._tracking.calendar, self._first()
        begin, end = calendar.begin(first), calendar.begin(first + _WEEK)
        found = stored.each_overlapping(self._tracking.db, begin, end, now=clock.now())
        self._entries = list(found)
        running = self._tracking.snapshot.running
        follows = running is not None and self.isVisible() and not self._back
        self._ticker.follow(running.start if running and follows else None)
        self._show()

    def _show(self) -> None:
        """Show how things are up to now."""
        calendar, now = self._tracking.calendar, clock.now()
        days = week_days(self._entries, self._first(), calendar, now=now)
        if days == self._days and self.title.text():
            return
        self._days = days
        state, today = self._tracking.snapshot, calendar.day_of(now)
        longest = max(state.goals.day, *(day.seconds for day in days)) or DAY
        for bar, day in zip(self.bars, days, strict=True):
            _show_bar(bar, day, longest, state, today=day.date == today)
        seconds = sum(day.seconds for day in days)
        self.title.setText(_week_name(days[0].date, self._back))
        self.total.setText(formats.length(seconds))
        self.total.setAccessibleName(named(self.title.text(), formats.length(seconds)))
        self.goal.setText(_goal_text(seconds, state, now, this_week=not self._back))
        self.later.setEnabled(self._back > 0)

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        if self.isVisible():
            self._days = ()
            self._read()

    @Slot()
    def _on_earlier(self) -> None:
        self._back += 1
        self._read()

    @Slot()
    def _on_later(self) -> None:
        self._back = max(0, self._back - 1)
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_changed(None)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ticker.follow(None)


def _show_bar(bar: DayBar, day: WeekDay, longest: int, state: Snapshot, *, today: bool) -> None:
    projects = state.names.projects
    parts = tuple(
        BarPart(part.seconds / longest, known.colour if known else colours.NONE)
        for part in day.parts
        for known in (projects.get(part.project_id or 0),)
        if part.seconds
    )
    called = day_names.short_weekday(day.date)
    caption = f"{called} {formats.length(day.seconds)}" if day.seconds else called
    bar.show_day(parts, caption, today=today)
    name = named(day_names.weekday_date(day.date), formats.exact_length(day.seconds))
    bar.say(name, name)


def _week_name(first: date, back: int) -> str:
    if back < 2:
        return tr("Last week") if back else tr("This week")
    return day_names.days_of_year(first, first + timedelta(days=6))


def _goal_text(seconds: int, state: Snapshot, now: int, *, this_week: bool) -> str:
    """How far the goal is: of the week, else of today; without one, what was done today."""
    if goal := state.goals.week:
        return wording.goal_left(seconds, goal)
    if not this_week:
        return ""
    done = formats.length(state.today_seconds(now))
    if state.goals.day:
        words = tr("Today {done} of {goal}")
        return words.format(done=done, goal=formats.length(state.goals.day))
    return tr("Today {done}").format(done=done)
