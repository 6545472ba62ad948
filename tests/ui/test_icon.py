import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tray.model.colours import PALETTE
from tray.ui.icon import (
    ATTENTION,
    DARK_INK,
    LARGEST_TAKEN,
    ROOM_FOR_RING,
    SIZES,
    WHITE_INK,
    IconState,
    draw,
    make_icon,
    sizes_for,
)
from tray.ui.icon_digits import rows_of
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
    ("minutes", "rows"),
    [
        (0, ("<1", "min")),
        (1, ("1", "min")),
        (59, ("59", "min")),
        (60, ("1h", "00")),
        (65, ("1h", "05")),
        (599, ("9h", "59")),
        (750, ("12h", "30")),
        (999 * 60 + 59, ("999", "h")),
    ],
)
def test_the_elapsed_time_says_what_it_counts(minutes: int, rows: tuple[str, str]) -> None:
    assert rows_of(minutes) == rows


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_each_size_that_panels_show_is_drawn_and_none_is_scaled(
    qtbot: QtBot, size: int, scale: float
) -> None:
    state = IconState("#0b83d9", 65)
    asked = make_icon(state, sizes_for("KDE", scale)).pixmap(QSize(size, size), scale)
    assert asked.toImage() == draw(state, round(size * scale)).toImage()


@pytest.mark.parametrize("desktop", ["XFCE", "sway:wlroots"])
def test_a_panel_that_takes_the_largest_picture_is_offered_none_to_shrink(desktop: str) -> None:
    assert max(sizes_for(desktop, 1.0)) == max(LARGEST_TAKEN)
    assert max(sizes_for(desktop, 2.0)) == 2 * max(LARGEST_TAKEN)
    assert max(sizes_for("ubuntu:GNOME", 1.0)) == max(SIZES)


def box_of(image: QImage, colour: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what has a colour."""
    found = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if (pixel := image.pixelColor(x, y)).name() == colour and pixel.alpha() == 255
    ]
    across, down = [x for x, _ in found], [y for _, y in found]
    return min(across), min(down), max(across), max(down)


@pytest.mark.parametrize("size", [22, 24, 28, 32])
@pytest.mark.parametrize("minutes", [0, 7, 42, 65, 599, 750])
def test_the_time_fills_the_icon_and_every_stroke_is_a_whole_pixel(
    qtbot: QtBot, size: int, minutes: int
) -> None:
    left, top, right, bottom = box_of(picture(IconState("#0b83d9", minutes), size), "#ffffff")
    assert bottom - top + 1 >= size * 0.7
    assert min(left, top, size - 1 - right, size - 1 - bottom) >= 1


@pytest.mark.parametrize("size", [16, 22, 24, 28, 32, 48])
@pytest.mark.parametrize("minutes", [0, 42, 65, 750])
@pytest.mark.parametrize(("attention", "unsent"), [(True, False), (False, True), (True, True)])
def test_no_mark_covers_a_digit(
    qtbot: QtBot, size: int, minutes: int, attention: bool, unsent: bool
) -> None:
    state = IconState("#0b83d9", minutes, None, attention, unsent)
    image = picture(state, size)
    rows = range(size - 1, 0, -1)
    gap = next(y for y in rows if all(image.pixelColor(x, y).alpha() < 8 for x in range(size)))
    *_, end_of_digits = box_of(image, "#ffffff")
    assert end_of_digits < gap
    if attention:
        assert box_of(image, ATTENTION.name())[1] > gap


def test_there_is_a_ring_around_the_time_where_there_is_room(qtbot: QtBot) -> None:
    def differs(size: int, minutes: int | None) -> bool:
        without = IconState("#0b83d9", minutes)
        return picture(without, size) != picture(without._replace(progress=0.5), size)

    assert not differs(ROOM_FOR_RING - 1, 42)
    assert differs(ROOM_FOR_RING, 42)
    assert differs(16, None)


def test_stopped_and_running_differ_at_a_glance(qtbot: QtBot) -> None:
    stopped, running = picture(IconState()), picture(IconState("#0b83d9", 7))
    different = sum(
        stopped.pixelColor(x, y) != running.pixelColor(x, y) for x in range(22) for y in range(22)
    )
    assert different > 22 * 22 // 2


@pytest.mark.parametrize("colour", PALETTE)
def test_running_carries_the_colour_of_the_project(qtbot: QtBot, colour: str) -> None:
    assert colour in colours_of(picture(IconState(colour, 42), 32))


def test_the_minutes_change_the_picture(qtbot: QtBot) -> None:
    assert picture(IconState("#0b83d9", 7)) != picture(IconState("#0b83d9", 8))
    assert picture(IconState("#0b83d9", 7)) == picture(IconState("#0b83d9", 7))


@pytest.mark.parametrize("state", [IconState(), IconState("#0b83d9", 12, 0.5)])
def test_what_needs_the_user_is_marked(qtbot: QtBot, state: IconState) -> None:
    assert ATTENTION.name() not in colours_of(picture(state))
    assert ATTENTION.name() in colours_of(picture(state._replace(attention=True)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "state", [IconState(), IconState("#0b83d9", 42), IconState("#e36a00", 599, 0.5)]
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
    pictures = [picture(IconState("#0b83d9", None, share), 48) for share in (0, 0.25, 0.5, 0.9, 1)]
    blue = [
        sum(each.pixelColor(x, y).name() == "#0b83d9" for x in range(48) for y in range(48))
        for each in pictures[:4]
    ]
    assert blue == sorted(blue)
    assert blue[0] < blue[-1]
    assert pictures[4] != pictures[3]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("state", [IconState(), IconState("#0b83d9", 7), IconState("#525266")])
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


@pytest.mark.parametrize("size", [16, 22])
def test_beside_the_mark_every_minute_can_still_be_told_apart(qapp: object, size: int) -> None:
    icons = [
        draw(IconState("#0b83d9", minutes, attention=True), size).toImage()
        for minutes in range(720, 780)
    ]  # kept, as bits do not keep their picture
    assert len({bytes(icon.constBits()) for icon in icons}) == 60


@pytest.mark.parametrize("size", [16, 22])
@pytest.mark.parametrize(("ink", "panel"), [(WHITE_INK, "#000000"), (DARK_INK, "#eff0f1")])
def test_stopped_it_is_as_heavy_as_the_signs_beside_it(
    qapp: object, size: int, ink: str, panel: str
) -> None:
    image = draw(IconState(ink=ink), size).toImage()
    middle = image.pixelColor(size // 2, 0), image.pixelColor(size // 2, 1)
    assert [each.name() for each in middle] == [ink, ink], "its line is two pixels"
    assert image.pixelColor(size // 2, size // 2).name() == ink
    assert contrast(QColor(ink), QColor(panel)) > 10


@pytest.mark.parametrize("size", SIZES)
def test_the_mark_of_a_profile_is_above_all_and_covers_nothing(size: int, qapp: object) -> None:
    for state in (IconState(), IconState("#0b83d9", 83), IconState("#d94182", None, 0.5)):
        plain, marked = (
            draw(each, size).toImage() for each in (state, state._replace(mark="#e36a00"))
        )
        assert marked.pixelColor(size // 2, 0).name() == "#e36a00"
        lowest = [
            max(y for y in range(size) for x in range(size) if image.pixelColor(x, y).alpha())
            for image in (plain, marked)
        ]
        assert lowest[0] == lowest[1]
        inside = range(size // 3 + 2, size)
        colours = {marked.pixelColor(x, y).name() for x in range(size) for y in inside}
        assert "#e36a00" not in colours
