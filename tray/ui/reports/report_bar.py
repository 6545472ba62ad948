"""The lines above a report: its days, what is looked for, by what it is grouped, and what to do."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from tray.language import language, tr
from tray.model.filters import Criterion, Filters
from tray.model.reports.report_definition import (
    STEPS,
    Direction,
    Grouping,
    LengthRounding,
    ReportDefinition,
    RoundedThing,
)
from tray.store.catalogue import Names
from tray.ui import icons, plain_text
from tray.ui.entries import filter_choices
from tray.ui.entries.filter_chips import FilterChips
from tray.ui.entries.filter_popup import FilterPopup
from tray.ui.entries.row_layout import MARGIN
from tray.ui.entries.search_edit import SearchEdit
from tray.ui.labels import ThemedLabel, plain
from tray.ui.reports.range_menu import RangeMenu
from tray.ui.theme import TITLE, UNIT
from tray.ui.week_strip.week_button import WeekButton

_WIDE: Final = 88 * UNIT
"""Below it buttons show their signs alone."""


def grouping_names() -> dict[Grouping, str]:
    """What each kind of group is called."""
    return {
        Grouping.PROJECT: tr("Project"),
        Grouping.CLIENT: tr("Client"),
        Grouping.TASK: tr("Task"),
        Grouping.TAG: tr("Tag"),
        Grouping.TAGS: tr("Combination of tags"),
        Grouping.DESCRIPTION: tr("Description"),
        Grouping.DAY: tr("Day"),
        Grouping.WEEK: tr("Week"),
        Grouping.MONTH: tr("Month"),
        Grouping.YEAR: tr("Year"),
        Grouping.WEEKDAY: tr("Weekday"),
        Grouping.HOUR: tr("Hour"),
    }


class ReportBar(QWidget):
    """Holds the definition of the report that is shown."""

    changed = Signal()
    """The definition is another one."""
    moved = Signal(int)
    """The range before, or after."""
    midnight_chosen = Signal(str)
    """One of `tray.model.setting_choices.MIDNIGHT_RULES`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.definition = ReportDefinition()
        self._names: Names | None = None
        self._popup: FilterPopup | None = None
        self._titles: dict[QPushButton, str] = {}
        self.heading = ThemedLabel(tr("Reports"), self, tint=plain, size=TITLE, bold=True)
        self.earlier = WeekButton("chevron-left", tr("The days before"), self)
        self.later = WeekButton("chevron-right", tr("The days after"), self)
        self.earlier.clicked.connect(partial(self.moved.emit, -1))
        self.later.clicked.connect(partial(self.moved.emit, 1))
        self.days = self._button("calendar", tr("This week"))
        self.range_menu = RangeMenu(self)
        self.range_menu.chosen.connect(self.use_range)
        self.days.setMenu(self.range_menu)
        self.saved = self._button("star", tr("Saved"))
        self.export = self._button("download", tr("Export"))
        self.search = SearchEdit(self)
        self.search.textChanged.connect(self._on_search)
        self.by = self._button("group", "")
        self.by.setMenu(self._grouping_menu())
        self.filter = self._button("filter", tr("Filter"))
        self.filter.clicked.connect(self.open_filter)
        self.options = self._button("clock", tr("Counting"))
        self.options.setMenu(self._options_menu())
        self.chips = FilterChips(self)
        self.chips.removed.connect(self._toggle)
        self._arrange()
        self._show()

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes to, in order."""
        first = [self.earlier, self.days, self.later, self.saved, self.export]
        return [*first, self.search, self.by, self.filter, self.options]

    def _button(self, icon: str, name: str) -> QPushButton:
        button = QPushButton(self)
        icons.dress(button, icon, plain)
        button.setAutoDefault(False)
        self._titles[button] = name
        return button

    def _arrange(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for line, top in ((first, 3 * UNIT // 2), (second, UNIT)):
            line.setContentsMargins(MARGIN, top, MARGIN, 0)
            line.setSpacing(UNIT)
        first.addWidget(self.heading)
        first.addStretch(1)
        for widget in (self.earlier, self.days, self.later, self.saved, self.export):
            first.addWidget(widget)
        second.addWidget(self.search, 3)
        second.addStretch(1)
        for widget in (self.by, self.filter, self.options):
            second.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, UNIT)
        layout.setSpacing(0)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addSpacing(UNIT)
        layout.addWidget(self.chips)

    # Menus

    def _grouping_menu(self) -> QMenu:
        menu = QMenu(self)
        self._first, self._second = QActionGroup(menu), QActionGroup(menu)
        below = QMenu(tr("Below it"), menu)
        nothing = self._choice(below, self._second, tr("Nothing"), None)
        nothing.triggered.connect(partial(self._on_second, None))
        below.addSeparator()
        for level, name in grouping_names().items():
            first = self._choice(menu, self._first, name, level)
            first.triggered.connect(partial(self._on_first, level))
            second = self._choice(below, self._second, name, level)
            second.triggered.connect(partial(self._on_second, level))
        menu.addSeparator()
        menu.addMenu(below)
        return menu

    def _choice(self, menu: QMenu, group: QActionGroup, name: str, value: object) -> QAction:
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setData(value)
        group.addAction(action)
        return action

    def _options_menu(self) -> QMenu:
        menu = QMenu(self)
        rounding = menu.addMenu(tr("Round lengths"))
        self._rounding = QActionGroup(rounding)
        off = self._choice(rounding, self._rounding, tr("Not at all"), None)
        off.triggered.connect(partial(self._on_rounding, None))
        for direction, title in (
            (Direction.UP, tr("Up to")),
            (Direction.NEAREST, tr("To the nearest")),
            (Direction.DOWN, tr("Down to")),
        ):
            steps = rounding.addMenu(title)
            for minutes in STEPS:
                value = LengthRounding(minutes, direction)
                name = tr("{count} min").format(count=minutes)
                action = self._choice(steps, self._rounding, name, value)
                action.triggered.connect(partial(self._on_rounding, value))
        self._thing = QActionGroup(menu)
        for thing, name in (
            (RoundedThing.ENTRY, tr("Round each entry")),
            (RoundedThing.GROUP, tr("Round the sum of each row")),
        ):
            self._choice(menu, self._thing, name, thing).triggered.connect(
                partial(self._on_thing, thing)
            )
        menu.addSection(tr("Entries over midnight"))
        self._midnight = QActionGroup(menu)
        for rule, name in (
            ("split", tr("Split at midnight")),
            ("first day", tr("On the first day, as Toggl does")),
        ):
            self._choice(menu, self._midnight, name, rule).triggered.connect(
                partial(self.midnight_chosen.emit, rule)
            )
        return menu

    # What is chosen

    @Slot(str)
    def use_range(self, words: str) -> None:
        """Report these days."""
        self._use(self.definition._replace(range_text=words))

    def use(self, definition: ReportDefinition) -> None:
        """Show this report."""
        self.search.setText(definition.search)
        self._use(definition)

    def _on_first(self, level: Grouping) -> None:
        rest = tuple(each for each in self.definition.by[1:] if each is not level)
        self._use(self.definition._replace(by=(level, *rest)))

    def _on_second(self, level: Grouping | None) -> None:
        first = self.definition.by[0]
        more = () if level in (None, first) else (level,)
        self._use(self.definition._replace(by=(first, *more)))

    def _on_rounding(self, value: LengthRounding | None) -> None:
        known = self.definition.rounding
        if value is not None and known is not None:
            value = value._replace(thing=known.thing)
        self._use(self.definition._replace(rounding=value))

    def _on_thing(self, thing: RoundedThing) -> None:
        if self.definition.rounding is not None:
            rounding = self.definition.rounding._replace(thing=thing)
            self._use(self.definition._replace(rounding=rounding))

    @Slot()
    def _on_search(self) -> None:
        self._use(self.definition._replace(search=self.search.text().strip()))

    @Slot(object)
    def _toggle(self, criterion: Criterion) -> None:
        filters = Filters(self.definition.criteria).toggled(criterion)
        self._use(self.definition._replace(criteria=filters.criteria))

    def _use(self, definition: ReportDefinition) -> None:
        if definition != self.definition:
            self.definition = definition
            self._show()
            self.changed.emit()

    @Slot()
    def open_filter(self) -> None:
        """Offer what entries can be filtered by."""
        if self._popup is None:
            self._popup = FilterPopup(self)
            self._popup.toggled.connect(self._toggle)
        if self._names is not None:
            self._popup.open(self.filter, self._names, self.definition.criteria)

    # What is shown

    def show_names(self, names: Names) -> None:
        """Know the names there are now."""
        self._names = names
        self.chips.show_chips(filter_choices.chosen(self.definition.criteria, names))

    def show_days(self, text: str, *, can_move: bool) -> None:
        """Say which days are shown."""
        self._titles[self.days] = text
        for button in (self.earlier, self.later):
            button.setEnabled(can_move)
        self._show_titles()

    def show_midnight(self, rule: str) -> None:
        """Mark how entries over midnight count."""
        _check(self._midnight, rule)

    def _show(self) -> None:
        by = self.definition.by
        names = grouping_names()
        words = tr("By {group}") if len(by) == 1 else tr("By {group}, {other}")
        called = [names[each].lower() if language() == "en" else names[each] for each in by]
        self._titles[self.by] = words.format(group=called[0], other=called[-1])
        rounding = self.definition.rounding
        _check(self._first, by[0])
        _check(self._second, by[1] if len(by) > 1 else None)
        _check(self._rounding, rounding and rounding._replace(thing=RoundedThing.ENTRY))
        _check(self._thing, rounding.thing if rounding else None)
        self._thing.setEnabled(rounding is not None)
        if self._names is not None:
            self.show_names(self._names)
        self._show_titles()

    def _show_titles(self) -> None:
        wide = self.width() >= _WIDE
        for button, title in self._titles.items():
            button.setText(title if wide or button is self.days else "")
            button.setAccessibleName(title)
            button.setToolTip(plain_text.tooltip(title))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_titles()


def _check(group: QActionGroup, value: object) -> None:
    for action in group.actions():
        action.setChecked(action.data() == value)
