import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tray.model.formats import TimeFormat
from tray.ui.settings.hours_edit import HoursEdit, ShiftRow


class Page:
    """The field in a window of its own, and what it reports."""

    def __init__(self, qtbot: QtBot) -> None:
        self.edit = HoursEdit(None)  # type: ignore[arg-type]  # a window of its own
        qtbot.addWidget(self.edit)
        self.edit.setAccessibleName("Working hours")
        self.chosen: list[object] = []
        self.refused: list[object] = []
        self.edit.chosen.connect(self.chosen.append)
        self.edit.refused.connect(self.refused.append)
        self.edit.show()

    @property
    def latest(self) -> str:
        return str(self.chosen[-1])

    def row(self, number: int = 0) -> ShiftRow:
        return self.edit.rows[number]

    def type(self, number: int, begin: str, end: str) -> None:
        row = self.row(number)
        for field, text in ((row.begin, begin), (row.end, end)):
            field.selectAll()
            QTest.keyClicks(field, text)
            QTest.keyClick(field, Qt.Key.Key_Return)

    def shown(self) -> list[tuple[str, str, str]]:
        return [
            (
                "".join(str(number) for number, day in enumerate(row.days) if day.isChecked()),
                row.begin.text(),
                row.end.text(),
            )
            for row in self.edit.rows
        ]


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def test_hours_are_shown_by_days_with_from_and_to(page: Page) -> None:
    page.edit.show_hours("mon-fri 9:00-12:30 13:30-18:00; sat 22:00-2:00")
    assert page.shown() == [
        ("01234", "09:00", "12:30"),
        ("01234", "13:30", "18:00"),
        ("5", "22:00", "02:00"),
    ]
    assert page.chosen == [], "nothing was chosen"


def test_the_first_hours_are_the_usual_ones_and_the_next_an_afternoon(page: Page) -> None:
    QTest.mouseClick(page.edit.more, Qt.MouseButton.LeftButton)
    assert page.chosen == ["mon-fri 9:00-17:00"]
    page.type(0, "9", "12:30")
    QTest.mouseClick(page.edit.more, Qt.MouseButton.LeftButton)
    assert page.latest == "mon-fri 9:00-12:30 13:00-16:30"


def test_days_are_ticked(page: Page) -> None:
    page.edit.show_hours("mon-fri 9:00-17:00")
    QTest.mouseClick(page.row().days[4], Qt.MouseButton.LeftButton)
    QTest.keyClick(page.row().days[5], Qt.Key.Key_Space)
    assert page.chosen == ["mon-thu 9:00-17:00", "mon-thu,sat 9:00-17:00"]


def test_times_are_typed_as_one_likes(page: Page) -> None:
    page.edit.show_hours("mon 9:00-17:00")
    page.type(0, "830", "4 pm")
    assert page.latest == "mon 8:30-16:00"
    page.type(0, "22", "24:00")
    assert page.latest == "mon 22:00-24:00"


def test_what_cannot_be_is_said_and_not_taken(page: Page) -> None:
    page.edit.show_hours("mon 9:00-17:00")
    QTest.mouseClick(page.row().days[0], Qt.MouseButton.LeftButton)
    assert page.refused == ["Choose a day for these hours, or remove them."]
    assert page.chosen == []
    QTest.mouseClick(page.row().days[1], Qt.MouseButton.LeftButton)
    assert page.refused[-1] == ""
    page.row().begin.setText("soon")
    QTest.keyClick(page.row().begin, Qt.Key.Key_Return)
    assert "“soon” is not a time of day" in str(page.refused[-1])
    assert page.chosen == ["tue 9:00-17:00"]
    page.type(0, "17:00", "17:00")
    assert page.chosen == ["tue 9:00-17:00"]


def test_hours_are_removed_and_the_focus_stays_near(page: Page, qtbot: QtBot) -> None:
    page.edit.show_hours("mon 9:00-12:00 13:00-17:00")
    page.edit.activateWindow()
    qtbot.waitUntil(page.edit.isActiveWindow)
    QTest.mouseClick(page.row().drop, Qt.MouseButton.LeftButton)
    assert page.chosen == ["mon 13:00-17:00"]
    assert page.edit.more.hasFocus()
    QTest.mouseClick(page.row().drop, Qt.MouseButton.LeftButton)
    assert page.latest == ""


def test_times_are_shown_as_chosen(page: Page) -> None:
    page.edit.show_hours("mon 9:00-17:30")
    page.edit.use_times(TimeFormat(twelve_hours=True))
    assert page.shown() == [("0", "9:00 AM", "5:30 PM")]
    page.type(0, "10 pm", "2 am")
    assert page.latest == "mon 22:00-2:00"


def test_each_part_says_what_it_belongs_to(page: Page) -> None:
    page.edit.show_hours("mon 9:00-17:30")
    row = page.row()
    assert row.days[0].accessibleName() == "Working hours 1: Monday"
    assert row.begin.accessibleName() == "Working hours 1: from"
    assert row.drop.accessibleName() == "Remove Working hours 1"
    assert page.edit.more.accessibleName() == "Add to Working hours"
