from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from tray.model.days import Calendar
from tray.model.entities import Project
from tray.model.formats import TimeFormat
from tray.model.quick_entry.parsed_line import QuickEntry
from tray.store.catalogue import Names
from tray.ui.entry_line.candidate_delegate import CandidateDelegate, in_one_line
from tray.ui.entry_line.candidate_list import CandidateList
from tray.ui.entry_line.candidate_model import utf16_length
from tray.ui.entry_line.candidate_row import CandidateKind, CandidateRow
from tray.ui.entry_line.chips import Chip, Chips, place
from tray.ui.entry_line.preview_chips import examples, preview_chips

NOW = int(datetime(2026, 11, 18, 12, tzinfo=UTC).timestamp())  # a Wednesday
HOUR = 3600
NAMES = Names({1: Project(1, 1, "Acme", None, "#0b83d9")}, {}, {}, {})


def chips_of(entry: QuickEntry, times: TimeFormat = TimeFormat(UTC)) -> list[Chip]:  # noqa: B008
    return preview_chips(entry, NAMES, Calendar(UTC), times, now=NOW)


def when(start: int, stop: int | None = None, times: TimeFormat = TimeFormat(UTC)) -> str:  # noqa: B008
    (chip,) = chips_of(QuickEntry(start=start, stop=stop), times)
    return chip.text


def test_a_line_of_text_alone_has_no_chips() -> None:
    assert chips_of(QuickEntry("Just text")) == []
    assert all(chip.example for chip in examples())


def test_project_and_times_come_before_the_tags() -> None:
    entry = QuickEntry("x", "acme", "Design", ("a", "b"), True, NOW - HOUR, NOW)
    assert chips_of(entry) == [
        Chip("Acme / Design", "#0b83d9"),
        Chip("11:00 – 12:00 (1:00)"),
        Chip("$ billable"),
        Chip("#a"),
        Chip("#b"),
    ]


def test_a_new_project_is_called_new() -> None:
    assert chips_of(QuickEntry("x", "Nowhere", "Task")) == [Chip("New project: Nowhere / Task")]


def test_the_day_is_said_unless_it_is_today() -> None:
    day = timedelta(days=1) // timedelta(seconds=1)
    assert when(NOW - HOUR) == "since 11:00"
    assert when(NOW - day) == "since yesterday 12:00"
    assert when(NOW - 2 * day) == "since Monday 12:00"
    assert when(NOW - 7 * day, NOW - 7 * day + HOUR) == "2026-11-11 12:00 – 13:00 (1:00)"
    assert when(NOW + day) == "since 2026-11-19 12:00"
    assert when(NOW - HOUR, None, TimeFormat(UTC, twelve_hours=True)) == "since 11:00 AM"


@pytest.mark.parametrize("year", [1, 1999, 2031, 9999])
def test_times_that_no_entry_can_have_are_marked(year: int) -> None:
    start = int(
        (datetime(year, 12, 31, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
    )
    assert chips_of(QuickEntry(start=start)) == [Chip("Not a possible time", warning=True)]


TEXTS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), max_size=20)


@given(TEXTS, st.integers(200, 800))
def test_chips_never_overlap_or_leave_their_row(
    qapp: QApplication, texts: list[str], room: int
) -> None:
    metrics = QFontMetrics(qapp.font())
    placed = place([Chip(text) for text in texts], room, metrics)
    right = 0
    for each in placed:
        assert each.left >= right
        right = each.left + each.width
    assert right <= room
    hidden = len(texts) - len(placed)
    if hidden > 0:
        assert placed[-1].text == f"+{hidden + 1}"


def test_what_is_short_is_shown_whole_and_what_is_long_leaves_room(qtbot: QtBot) -> None:
    metrics = QFontMetrics(QApplication.font())
    long = Chip("A project with a name that goes on for much longer than anyone wants it to")
    alone = place([long], 2_000, metrics)
    assert alone[0].text == long.text
    first, second = place([long, Chip("9:30 – 10:15 (0:45)")], 600, metrics)
    assert first.text.endswith("…")
    assert second.text == "9:30 – 10:15 (0:45)"


def test_a_row_of_chips_says_what_it_shows(qtbot: QtBot) -> None:
    parent = QWidget()
    row = Chips(parent)
    row.show_chips([Chip("Acme"), Chip("#x")])
    assert row.accessibleName() == "Acme, #x"
    row.show_chips(examples())
    assert row.texts == []
    assert row.accessibleName() == ""


def colours(image: QImage, area: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


def test_chips_begin_at_the_leading_edge(qtbot: QtBot) -> None:
    parent = QWidget()
    row = Chips(parent)
    row.resize(400, row.sizeHint().height())
    row.show_chips([Chip("Acme", "#0b83d9")])
    left, right = QRect(0, 0, 20, row.height()), QRect(380, 0, 20, row.height())
    image = row.grab().toImage()
    assert len(colours(image, left)) > 2
    assert len(colours(image, right)) == 1
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = row.grab().toImage()
    assert len(colours(image, left)) == 1
    assert len(colours(image, right)) > 2


REPORT = CandidateRow(CandidateKind.ENTRY, "🎉 Write report", ((8, 11),), "#x  Acme", "#0b83d9")


def painted(candidate: CandidateRow, *, selected: bool = False, mirrored: bool = False) -> QImage:
    parent = QWidget()
    rows = CandidateList(parent)
    rows.show_candidates([candidate])
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 500, 40)
    option.state = QStyle.StateFlag.State_Selected if selected else QStyle.StateFlag.State_None
    if mirrored:
        option.direction = Qt.LayoutDirection.RightToLeft
    image = QImage(500, 40, QImage.Format.Format_RGB32)
    image.fill(option.palette.color(QPalette.ColorRole.Base))
    painter = QPainter(image)
    CandidateDelegate(rows).paint(painter, option, rows.model().index(0, 0))
    painter.end()
    return image


LEFT, RIGHT = QRect(8, 0, 24, 40), QRect(468, 0, 24, 40)


def test_a_row_shows_its_colour_and_where_the_keys_are(qtbot: QtBot) -> None:
    assert "#0b83d9" in colours(painted(REPORT), LEFT)
    assert painted(REPORT) != painted(REPORT, selected=True)
    assert "#0b83d9" not in colours(painted(REPORT._replace(colour="")), LEFT)


def test_a_row_is_mirrored_where_the_desktop_is(qtbot: QtBot) -> None:
    assert "#0b83d9" in colours(painted(REPORT, mirrored=True), RIGHT)
    assert "#0b83d9" not in colours(painted(REPORT, mirrored=True), LEFT)


@pytest.mark.parametrize(
    "offer", [CandidateKind.TAG, CandidateKind.NEW_PROJECT, CandidateKind.NEW_TASK]
)
def test_what_is_no_entry_has_a_sign(qtbot: QtBot, offer: CandidateKind) -> None:
    plain = CandidateRow(CandidateKind.PROJECT, "writing", colour="#ffffff")
    assert painted(plain._replace(offer=offer)) != painted(plain)


def test_what_was_matched_is_bold_beyond_the_basic_plane_too(qtbot: QtBot) -> None:
    layout = in_one_line(REPORT.text, REPORT.ranges, QApplication.font(), 500)
    (span,) = layout.formats()
    assert layout.text()[8:11] == "rep"
    assert (span.start, span.length) == (9, 3)
    assert span.format.fontWeight() >= 700


@given(
    st.text(st.characters(codec="utf-8"), max_size=80).map(lambda text: " ".join(text.split())),
    st.integers(0, 80),
    st.integers(0, 80),
    st.integers(60, 400),
)
def test_a_title_stays_in_its_row_however_much_of_it_is_bold(
    qapp: QApplication, text: str, one: int, other: int, room: int
) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    font = qapp.font()
    layout = in_one_line(text, ((start, end),) if start < end else (), font, room)
    slack = QFontMetrics(font).horizontalAdvance("…")
    assert layout.lineAt(0).naturalTextWidth() <= room + slack


@given(st.text())
def test_units_are_those_of_qt(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2
