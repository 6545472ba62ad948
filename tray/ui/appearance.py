"""Dresses the program in its own style and palette, light or dark as chosen or as the desktop."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from tray.ui.control_style import ControlStyle
from tray.ui.icon import IconState, make_icon
from tray.ui.legible import luminance
from tray.ui.theme import DARK, LIGHT, Theme, palette_of


class Appearance(QObject):
    """Made, and the style loaded, when the first window is about to be made.

    Args:
        chosen: ``system``, ``light`` or ``dark``.
        parent: ends it.
    """

    def __init__(self, chosen: str, parent: QObject) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._hints = QApplication.styleHints()
        self._desktop = QPalette(QApplication.palette())
        QApplication.setStyle(ControlStyle())
        QApplication.setWindowIcon(make_icon(IconState()))
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply()

    def use(self, chosen: str) -> None:
        """Look so from now on."""
        self._chosen = chosen
        self._apply()

    @Slot(object)
    def _on_scheme_changed(self, _: object) -> None:
        self._apply()

    def _apply(self) -> None:
        palette = self._palette()
        QApplication.setPalette(palette)
        QToolTip.setPalette(palette)

    def _palette(self) -> QPalette:
        if self._chosen == "system" and self._wants_contrast():
            return self._desktop
        return palette_of(self._look())

    def _wants_contrast(self) -> bool:
        if not hasattr(self._hints, "accessibility"):  # Qt before 6.10
            return False
        accessibility = self._hints.accessibility()
        return accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _look(self) -> Theme:
        if self._chosen != "system":
            return DARK if self._chosen == "dark" else LIGHT
        scheme = self._hints.colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            return DARK if luminance(self._desktop.window().color()) < 0.3 else LIGHT
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
