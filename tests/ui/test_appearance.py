"""How the program is dressed: when, in which colours, and how its controls are drawn in them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tray.desktop.look import DesktopLook
from tray.ui.appearance import Appearance
from tray.ui.labels import ThemedLabel
from tray.ui.legible import contrast
from tray.ui.theme import CONTROL_HEIGHT, DARK, LIGHT, SMALL, UNIT, Theme, theme
from tray.ui.windows import bring_up


@pytest.fixture(autouse=True)
def undressed(qapp: QApplication) -> Iterator[None]:
    """Puts the usual look back for the other tests."""
    palette, font = QPalette(qapp.palette()), qapp.font()
    yield
    qapp.setStyle("Fusion")
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance("system", qapp)


def over(palette: QPalette) -> Appearance:
    """On a desktop with this palette."""
    QApplication.setPalette(palette)
    return Appearance("system", QApplication.instance())  # type: ignore[arg-type]  # there is one


def look() -> Theme:
    return theme(QApplication.palette())


@pytest.mark.parametrize(("chosen", "expected"), [("light", LIGHT), ("dark", DARK)])
def test_what_is_chosen_is_in_force_at_once(
    appearance: Appearance, chosen: str, expected: Theme
) -> None:
    for other in ("light", "dark", chosen):
        appearance.use(other)
    assert look() == expected


class Hints:
    """What the desktop says of itself."""

    def __init__(self, scheme: Qt.ColorScheme, preference: Qt.ContrastPreference) -> None:
        self._scheme, self._preference = scheme, preference

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802  # Qt's
        return self._scheme

    def accessibility(self) -> "Hints":
        return self

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802  # Qt's
        return self._preference


def desktop_says(
    appearance: Appearance,
    scheme: Qt.ColorScheme,
    preference: Qt.ContrastPreference = Qt.ContrastPreference.NoPreference,
) -> None:
    appearance._hints = Hints(scheme, preference)  # type: ignore[assignment]  # a stand-in
    appearance._on_scheme_changed(scheme)


@pytest.mark.parametrize(
    ("scheme", "expected"), [(Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK)]
)
def test_the_desktop_is_followed_in_our_own_colours(
    appearance: Appearance, scheme: Qt.ColorScheme, expected: Theme
) -> None:
    desktop_says(appearance, scheme)
    assert look() == expected


class Wish(DesktopLook):
    """A desktop that says more than Qt hears."""

    def __init__(self, dark: bool | None = None) -> None:
        super().__init__()
        self.wants_dark, self.scale = dark, 1.0

    @property
    def dark(self) -> bool | None:
        return self.wants_dark

    @property
    def text_scale(self) -> float:
        return self.scale


def test_what_the_desktop_wants_counts_more_than_what_qt_makes_of_its_theme(
    qapp: QApplication,
) -> None:
    wish = Wish(dark=True)
    appearance = Appearance("system", qapp, wish)
    desktop_says(appearance, Qt.ColorScheme.Light)
    assert look() == DARK
    wish.wants_dark = False
    wish.changed.emit()
    assert look() == LIGHT
    wish.wants_dark = None
    desktop_says(appearance, Qt.ColorScheme.Dark)
    assert look() == DARK, "where it wants nothing, Qt knows best"


def test_text_grows_with_that_of_the_desktop_in_open_windows_too(
    qapp: QApplication, qtbot: QtBot
) -> None:
    wish = Wish()
    appearance = Appearance("system", qapp, wish)
    window = QWidget()
    qtbot.addWidget(window)
    small = ThemedLabel("Small", window, size=SMALL)

    def sizes() -> list[int]:
        return [QFontInfo(each).pixelSize() for each in (small.font(), QApplication.font())]

    before = sizes()
    for scale in (1.5, 1.0, 2.0):
        wish.scale = scale
        wish.changed.emit()
        assert sizes() == pytest.approx([size * scale for size in before], abs=1)
    del appearance


@pytest.mark.parametrize(("colour", "expected"), [("#fafafa", LIGHT), ("#202020", DARK)])
def test_a_desktop_without_a_scheme_is_followed_by_its_palette(
    qapp: QApplication, colour: str, expected: Theme
) -> None:
    del qapp
    appearance = over(QPalette(QColor(colour)))
    desktop_says(appearance, Qt.ColorScheme.Unknown)
    assert look() == expected


def test_a_desktop_in_high_contrast_keeps_its_palette(qapp: QApplication) -> None:
    del qapp
    loud = QPalette(QColor("#000000"))
    loud.setColor(QPalette.ColorRole.WindowText, QColor("#ffff00"))
    appearance = over(loud)
    desktop_says(appearance, Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast)
    assert look().text == QColor("#ffff00")
    appearance.use("light")
    assert look() == LIGHT, "what is chosen by name counts more"


def test_what_is_chosen_by_name_does_not_follow_the_desktop(appearance: Appearance) -> None:
    appearance.use("light")
    desktop_says(appearance, Qt.ColorScheme.Dark)
    assert look() == LIGHT


def test_every_window_has_the_icon_of_the_program(appearance: Appearance, qtbot: QtBot) -> None:
    del appearance
    window = QWidget()
    qtbot.addWidget(window)
    assert not window.windowIcon().isNull()


def test_no_window_is_larger_than_its_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    window.setMinimumSize(room.width() + 100, room.height() + 100)
    window.resize(room * 2)
    bring_up(window)
    assert window.width() <= room.width()
    assert window.height() < room.height(), "there is room for the title bar"


def test_a_window_that_fits_has_the_size_it_wants(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(QPushButton("Save"))
    bring_up(window)
    assert window.size() == window.sizeHint()


@pytest.fixture(params=["light", "dark"])
def dressed(request: pytest.FixtureRequest, appearance: Appearance) -> Theme:
    appearance.use(request.param)
    return look()


def shown(widget: QWidget, qtbot: QtBot, *, focused: bool) -> QImage:
    """A picture of a control on a window, with 4 pixels of the window around it."""
    window = QWidget()
    qtbot.addWidget(window)
    widget.setParent(window)
    widget.move(4, 4)
    widget.adjustSize()
    window.resize(widget.width() + 8, widget.height() + 8)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if focused:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        widget.clearFocus()
    return window.grab().toImage()


def strongest(image: QImage, ground: QColor) -> float:
    """The contrast of what stands out most in the row through the middle's left end."""
    y = image.height() // 2
    return max(contrast(image.pixelColor(QPoint(x, y)), ground) for x in range(12))


CONTROLS = [QLineEdit, QComboBox, QSpinBox, QCheckBox, lambda: QPushButton("Save")]


@pytest.mark.parametrize("make", CONTROLS)
@pytest.mark.parametrize("focused", [False, True])
def test_the_edge_of_every_control_can_be_seen(
    dressed: Theme, make: type[QWidget], focused: bool, qtbot: QtBot
) -> None:
    image = shown(make(), qtbot, focused=focused)
    assert strongest(image, dressed.window) >= 3


@pytest.mark.parametrize("make", CONTROLS)
def test_what_has_the_focus_has_a_ring_in_the_accent(
    dressed: Theme, make: type[QWidget], qtbot: QtBot
) -> None:
    image = shown(make(), qtbot, focused=True)
    row = [image.pixelColor(x, image.height() // 2) for x in range(12)]
    assert dressed.accent in row
    image = shown(make(), qtbot, focused=False)
    assert dressed.accent not in [image.pixelColor(x, image.height() // 2) for x in range(12)]


@pytest.mark.parametrize("make", [QLineEdit, QComboBox, QSpinBox, lambda: QPushButton("Save")])
@pytest.mark.parametrize("points", [9, 18])
def test_controls_are_high_enough_for_hand_and_letters(
    dressed: Theme, make: type[QWidget], points: int, qtbot: QtBot
) -> None:
    del dressed
    widget = make()
    qtbot.addWidget(widget)
    font = widget.font()
    font.setPointSize(points)
    widget.setFont(font)
    assert widget.sizeHint().height() >= max(CONTROL_HEIGHT, widget.fontMetrics().height() + 4)


def test_scroll_bars_are_narrow_and_over_the_content(dressed: Theme, qtbot: QtBot) -> None:
    view = QListWidget()
    qtbot.addWidget(view)
    view.addItems([f"Row {number}" for number in range(200)])
    view.show()
    bar = view.verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    assert bar.width() == UNIT
    assert view.viewport().width() == view.contentsRect().width(), "they take no room"
    place = bar.mapTo(view, QPoint(UNIT // 2, 3 * UNIT // 2))
    image = view.grab().toImage()
    assert image.pixelColor(place) == dressed.border, "without arrows"
    below = bar.mapTo(view, QPoint(1, bar.height() - 2))
    assert image.pixelColor(below) == dressed.base, "there is no groove"


def test_the_ring_of_a_tool_button_runs_at_its_edge_not_over_its_text(
    appearance: Appearance, qtbot: QtBot
) -> None:
    appearance.use("light")
    window = QWidget()
    qtbot.addWidget(window)
    button = QToolButton(window)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.resize(10 * UNIT, CONTROL_HEIGHT)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    picture = button.grab().toImage()
    middle = picture.width() // 2
    assert picture.pixelColor(middle, 1) == LIGHT.accent
    assert picture.pixelColor(middle, 4) != LIGHT.accent
