import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tray.model.colours import PALETTE
from tray.ui.icon import ATTENTION, SIZES, IconState, draw, elapsed_text, make_icon
from tray.ui.legible import contrast, legible, text_on

WHITE, BLACK = QColor("#ffffff"), QColor("#000000")
PANELS = (QColor("#f2f2f2"), QColor("#23262b"))


def picture(state: IconState, size: int = 22) -> QImage:
    return draw(state, size).toImage()


def colours_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0"),
        (59, "0"),
        (60, "1"),
        (59 * 60 + 59, "59"),
        (3600, "1:00"),
        (35_940, "9:59"),
        (36_000, "10h"),
        (999 * 3600, "999h"),
    ],
)
def test_the_elapsed_time_fits_into_few_characters(seconds: int, text: str) -> None:
    assert elapsed_text(seconds) == text
    assert len(text) <= 4


def test_every_size_is_drawn_and_none_is_scaled(qtbot: QtBot) -> None:
    icon = make_icon(IconState("#0b83d9", "1:05"))
    assert sorted(size.width() for size in icon.availableSizes()) == sorted(SIZES)


def test_stopped_and_running_differ_at_a_glance(qtbot: QtBot) -> None:
    stopped, running = picture(IconState()), picture(IconState("#0b83d9", "7"))
    different = sum(
        stopped.pixelColor(x, y) != running.pixelColor(x, y) for x in range(22) for y in range(22)
    )
    assert different > 22 * 22 // 2


@pytest.mark.parametrize("colour", PALETTE)
def test_running_carries_the_colour_of_the_project(qtbot: QtBot, colour: str) -> None:
    assert colour in colours_of(picture(IconState(colour, "42"), 32))


def test_the_minutes_change_the_picture(qtbot: QtBot) -> None:
    assert picture(IconState("#0b83d9", "7")) != picture(IconState("#0b83d9", "8"))
    assert picture(IconState("#0b83d9", "7")) == picture(IconState("#0b83d9", "7"))


@pytest.mark.parametrize("state", [IconState(), IconState("#0b83d9", "12", 0.5)])
def test_what_needs_the_user_is_marked(qtbot: QtBot, state: IconState) -> None:
    assert ATTENTION.name() not in colours_of(picture(state))
    assert ATTENTION.name() in colours_of(picture(state._replace(attention=True)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "state", [IconState(), IconState("#0b83d9", "42"), IconState("#e36a00", "9:59", 0.5)]
)
def test_what_waits_to_be_sent_is_a_quiet_mark_below_everything_else(
    qtbot: QtBot, state: IconState, size: int
) -> None:
    marked = picture(state._replace(unsent=True), size)
    lowest = [marked.pixelColor(x, size - 1) for x in range(size)]
    assert any(each.alpha() > 100 for each in lowest)
    gap = next(
        y
        for y in range(size - 1, 0, -1)
        if all(marked.pixelColor(x, y).alpha() < 8 for x in range(size))
    )
    assert gap >= size * 3 // 4, "the dots cover nothing, and take little room"
    assert all(each.saturation() < 80 for each in lowest if each.alpha() > 100)


def test_the_ring_grows_with_the_goal(qtbot: QtBot) -> None:
    pictures = [picture(IconState("#0b83d9", "", share), 48) for share in (0, 0.25, 0.5, 0.9, 1)]
    blue = [
        sum(each.pixelColor(x, y).name() == "#0b83d9" for x in range(48) for y in range(48))
        for each in pictures[:4]
    ]
    assert blue == sorted(blue)
    assert blue[0] < blue[-1]
    assert pictures[4] != pictures[3]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("state", [IconState(), IconState("#0b83d9", "7"), IconState("#525266")])
def test_it_is_seen_on_light_and_dark_panels(qtbot: QtBot, panel: QColor, state: IconState) -> None:
    image = picture(state, 24)
    seen = [
        contrast(image.pixelColor(x, y), panel)
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert max(seen) >= 3


@given(st.integers(0, 0xFFFFFF), st.booleans())
def test_any_colour_can_be_made_legible(number: int, dark: bool) -> None:
    background = BLACK if dark else WHITE
    assert contrast(legible(QColor(number), background), background) >= 4.5


@pytest.mark.parametrize("colour", PALETTE)
def test_text_on_a_project_colour_can_be_read(colour: str) -> None:
    assert contrast(text_on(QColor(colour)), QColor(colour)) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast(QColor("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)
