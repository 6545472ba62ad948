"""The line above the days: which are shown, how long was tracked in all, and of what."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from tray.language import named, tr
from tray.model.filters import Criterion, Filters
from tray.store.catalogue import Names
from tray.store.feeds import Feed
from tray.ui import icons, plain_text
from tray.ui.entries import filter_choices
from tray.ui.entries.filter_chips import FilterChips
from tray.ui.entries.filter_popup import FilterPopup
from tray.ui.entries.row_layout import MARGIN
from tray.ui.labels import ElidedLabel, ThemedLabel, plain
from tray.ui.theme import LARGE, UNIT, sized
from tray.ui.week_strip.week_button import WeekButton
from tray.ui.word_switch import WordSwitch

WEEK: Final = "week"
DAY: Final = "day"
_WIDE: Final = 112 * UNIT
"""Below it buttons show their signs alone."""
_LEAST: Final = 88 * UNIT
"""Below it there is no room for every button."""


class CalendarBar(QWidget):
    """Holds by what entries are filtered."""

    filters_changed = Signal()
    paged = Signal(int)
    """One page later, or earlier."""
    today_wanted = Signal()
    view_chosen = Signal(str)
    """`WEEK` or `DAY`."""
    feeds_changed = Signal()
    """Other calendars are shown than before."""
    feeds_wanted = Signal()
    """Calendars are to be added or removed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.filters = Filters()
        self._names: Names | None = None
        self._popup: FilterPopup | None = None
        self.earlier = WeekButton("chevron-left", "", self)
        self.title = ThemedLabel("", self, tint=plain, bold=True)
        self.title.setFont(sized(self.title.font(), 1, tabular=True))
        self.later = WeekButton("chevron-right", "", self)
        self.today = QPushButton(tr("Today"), self)
        self.today.setAutoDefault(False)
        self.total = ThemedLabel("", self, tint=plain, size=LARGE, bold=True)
        self.total.setFont(sized(self.total.font(), 1, tabular=True))
        self.goal = ElidedLabel("", self)
        self.filter = QPushButton(self)
        icons.dress(self.filter, "filter", plain)
        self.filter.setAccessibleName(tr("Filter"))
        self.filter.setToolTip(plain_text.tooltip(tr("Filter")))
        self.filter.setAutoDefault(False)
        self.hidden: set[int] = set()
        """The ids of the calendars that are not shown now."""
        self._feeds: Sequence[Feed] = ()
        self.calendars = QPushButton(tr("Calendars"), self)
        self.calendars.setToolTip(plain_text.tooltip(tr("Calendars beside your entries")))
        self.calendars.setAutoDefault(False)
        self.calendars.setMenu(self._calendars_menu())
        self.views = WordSwitch({WEEK: tr("Week"), DAY: tr("Day")}, self)
        self.chips = FilterChips(self)
        self._arrange()
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.today.clicked.connect(self.today_wanted)
        self.filter.clicked.connect(self.open_filter)
        self.chips.removed.connect(self._toggle)
        self.views.show_chosen(WEEK)
        self.views.chosen.connect(self.view_chosen)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes to, in order."""
        buttons = [self.earlier, self.later, self.today, self.filter, self.calendars]
        return [*buttons, *self.views.buttons.values()]

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(MARGIN, 3 * UNIT // 2, MARGIN, UNIT)
        line.setSpacing(UNIT)
        line.addWidget(self.earlier)
        line.addWidget(self.title)
        line.addWidget(self.later)
        line.addWidget(self.today)
        line.addSpacing(UNIT)
        line.addWidget(self.total)
        line.addWidget(self.goal, 1)
        line.addWidget(self.filter)
        line.addWidget(self.calendars)
        line.addWidget(self.views)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.chips)

    def show_page(self, title: str, total: str, goal: str, *, is_now: bool) -> None:
        """Say which days are shown, and how long was tracked in them."""
        self.title.setText(title)
        self.total.setText(total)
        self.total.setAccessibleName(named(title, total))
        self.goal.setText(goal)
        self.goal.setToolTip(plain_text.tooltip(goal))
        self.today.setEnabled(not is_now)

    def show_view(self, view: str) -> None:
        """Mark what is shown: a week or a day."""
        day = view == DAY
        self.views.show_chosen(view)
        for button, name in (
            (self.earlier, tr("The day before") if day else tr("The week before")),
            (self.later, tr("The day after") if day else tr("The week after")),
        ):
            button.say(name, name)

    def show_names(self, names: Names) -> None:
        """Know the names there are now."""
        self._names = names
        self.chips.show_chips(filter_choices.chosen(self.filters.criteria, names))

    def show_feeds(self, feeds: Sequence[Feed]) -> None:
        """Know the calendars there are now."""
        self._feeds = feeds

    def _calendars_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill_calendars)
        return menu

    @Slot()
    def _fill_calendars(self) -> None:
        menu = self.calendars.menu()
        menu.clear()
        for feed in self._feeds:
            action = menu.addAction(plain_text.button(feed.name))
            action.setCheckable(True)
            action.setChecked(feed.id not in self.hidden)
            action.toggled.connect(partial(self._show_feed, feed.id))
        menu.addSeparator()
        menu.addAction(tr("Add or remove calendars…")).triggered.connect(self.feeds_wanted)

    def _show_feed(self, feed_id: int, on: bool) -> None:  # as Qt has it
        self.hidden = self.hidden - {feed_id} if on else self.hidden | {feed_id}
        self.feeds_changed.emit()

    @Slot()
    def open_filter(self) -> None:
        """Offer what entries can be filtered by."""
        if self._popup is None:
            self._popup = FilterPopup(self)
            self._popup.toggled.connect(self._toggle)
        if self._names is not None:
            self._popup.open(self.filter, self._names, self.filters.criteria)

    @Slot(object)
    def _toggle(self, criterion: Criterion) -> None:
        self.filters = self.filters.toggled(criterion)
        if self._names is not None:
            self.show_names(self._names)
        self.filters_changed.emit()

    @Slot()
    def _on_earlier(self) -> None:
        self.paged.emit(-1)

    @Slot()
    def _on_later(self) -> None:
        self.paged.emit(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        self.filter.setText(tr("Filter") if wide else "")
        self.today.setVisible(self.width() >= _LEAST)
        self.goal.setAlignment(Qt.AlignmentFlag.AlignLeading)
