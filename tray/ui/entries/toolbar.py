"""The line above the list: looking for entries, choosing which and how, adding one."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tray.language import ntr, tr
from tray.model import formats
from tray.model.days import Calendar
from tray.model.filters import Criterion, DayRange, Filters
from tray.session.snapshot import Snapshot
from tray.store.catalogue import Names
from tray.ui import icons, plain_text
from tray.ui.entries import filter_choices
from tray.ui.entries.days_menu import DaysMenu
from tray.ui.entries.filter_chips import FilterChips
from tray.ui.entries.filter_popup import FilterPopup
from tray.ui.entries.row_layout import MARGIN
from tray.ui.entries.search_edit import SearchEdit
from tray.ui.labels import ElidedLabel, plain
from tray.ui.theme import UNIT


class Toolbar(QWidget):
    """What concerns all entries; below it, by what they are filtered."""

    filters_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.filters = Filters()
        self._names: Names | None = None
        self._titles: dict[QPushButton, str] = {}
        self.search = SearchEdit(self)
        self.hits = ElidedLabel("", self, tint=plain)
        self.similar = self._button("group", tr("Group similar"), checkable=True)
        self.similar.setToolTip(tr("Show equal entries of a day as one"))
        self.gaps = self._button("break", tr("Gaps"), checkable=True)
        self.gaps.setToolTip(tr("Show the time between entries"))
        self.filter = self._button("filter", tr("Filter"))
        self.days = self._button("calendar", tr("All days"))
        self.add = self._button("plus", tr("Add"))
        self.add.setToolTip(tr("Add an entry that is finished (Ctrl+Shift+N)"))
        self.add.setAccessibleName(tr("Add an entry"))
        self.chips = FilterChips(self)
        self.chips.removed.connect(self._toggle)
        self._popup: FilterPopup | None = None
        self.days_menu = DaysMenu(self)
        self.days_menu.chosen.connect(self.show_days)
        self.days.setMenu(self.days_menu)
        self.filter.clicked.connect(self.open_filter)
        self._arrange()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(MARGIN, 3 * UNIT // 2, MARGIN, UNIT)
        line.setSpacing(UNIT)
        line.addWidget(self.search, 3)
        line.addWidget(self.hits, 2)
        line.addStretch(1)
        for button in (self.similar, self.gaps, self.filter, self.days, self.add):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.chips)

    def _button(self, icon: str, name: str, *, checkable: bool = False) -> QPushButton:
        button = QPushButton(self)
        icons.dress(button, icon, plain)
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(False)
        button.setAccessibleName(name)
        button.setToolTip(plain_text.tooltip(name))
        self._titles[button] = name
        return button

    @property
    def is_looking(self) -> bool:
        """Whether some entries are left out."""
        return bool(self.search.text().strip()) or self.filters != Filters()

    @Slot()
    def open_filter(self) -> None:
        """Offer what entries can be filtered by."""
        if self._popup is None:
            self._popup = FilterPopup(self)
            self._popup.toggled.connect(self._toggle)
        if self._names is not None:
            self._popup.open(self.filter, self._names, self.filters.criteria)

    @Slot(object)
    def show_days(self, days: DayRange | None) -> None:
        """List these days only; None: all of them."""
        self._use(self.filters._replace(days=days))

    @Slot(str, object)
    def look_for(self, search: str, filters: Filters) -> None:
        """Show what fits these."""
        self.search.setText(search)
        self._use(filters)

    @Slot()
    def clear(self) -> None:
        """Look for nothing."""
        self.search.clear()
        self._use(Filters())

    @Slot(object)
    def _toggle(self, criterion: Criterion) -> None:
        self._use(self.filters.toggled(criterion))

    def _use(self, filters: Filters) -> None:
        if filters != self.filters:
            self.filters = filters
            self._show_filters()
            self.filters_changed.emit()

    def _show_filters(self) -> None:
        if self._names is not None:
            self.chips.show_chips(filter_choices.chosen(self.filters.criteria, self._names))
        name = self.days_menu.name_of(self.filters.days)
        self._titles[self.days] = name
        self._show_titles()
        self.days.setAccessibleName(tr("Days: {days}").format(days=name))
        self.days.setToolTip(plain_text.tooltip(name))

    def show_state(self, state: Snapshot, calendar: Calendar) -> None:
        """Know the names and days there are now."""
        self._names = state.names
        self.days_menu.calendar = calendar
        self._show_filters()

    def show_hits(self, number: int, length: str, *, complete: bool) -> None:
        """Say how much was found; until all was looked through, that it is more."""
        words = ntr("1 entry, {length}", "{count} entries, {length}", number)
        if not complete:
            words = tr("{count}+ entries, {length}")
        self._say(words.format(count=formats.number(number), length=length))

    def _say(self, text: str) -> None:
        if text != self.hits.text():
            self.hits.setText(text)
            self.hits.setToolTip(plain_text.tooltip(text))
            self.hits.setMinimumWidth(self._hits_width)
            self._show_titles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_titles()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show_titles()

    @property
    def _hits_width(self) -> int:
        return self.hits.fontMetrics().horizontalAdvance(self.hits.text())

    def _show_titles(self) -> None:
        """Have as many buttons say what they do as there is room for, else show their signs."""
        self.search.show_hint(shown=True)
        for titled in (set(self._titles), {self.days}, set[QPushButton]()):
            for button, title in self._titles.items():
                button.setText(title if button in titled else "")
            if self._wanted_width() <= self.width():
                return
        self.search.show_hint(shown=False)

    def _wanted_width(self) -> int:
        parts = [self.search.hint_width, self._hits_width]
        parts += [button.sizeHint().width() for button in self._titles]
        return sum(parts) + (len(parts) + 1) * UNIT + 2 * MARGIN
