"""Dresses the program in its own style and palette, light or dark as chosen or as the desktop.

What Qt itself writes is part of that.
"""

from typing import Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from tray.desktop.look import DesktopLook
from tray.ui.control_style import ControlStyle
from tray.ui.icons import program_icon
from tray.ui.legible import luminance
from tray.ui.qt_language import QtLanguage
from tray.ui.theme import DARK, LIGHT, Theme, palette_of

_HAS_OWN_FONT: Final = Qt.WidgetAttribute.WA_SetFont


class Appearance(QObject):
    """Made, and the style loaded, when the first window is about to be made.

    Args:
        chosen: ``system``, ``light`` or ``dark``.
        parent: ends it.
        wished: what the desktop wants beside what Qt hears.
    """

    def __init__(self, chosen: str, parent: QObject, wished: DesktopLook | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._wished = wished or DesktopLook(self)
        self._font, self._scale = QApplication.font(), 1.0
        self._language = QtLanguage()
        self._language.follow()
        self._hints = QApplication.styleHints()
        self._desktop = QPalette(QApplication.palette())
        QApplication.setStyle(ControlStyle())
        QApplication.setWindowIcon(program_icon())
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)
        self._wished.changed.connect(self._apply)
        self._apply()

    def use(self, chosen: str) -> None:
        """Look so from now on."""
        self._chosen = chosen
        self._apply()

    def use_language(self) -> None:
        """Have Qt follow the language of the sentences, which was changed."""
        self._language.follow()

    @Slot(object)
    def _on_scheme_changed(self, _: object) -> None:
        self._apply()

    @Slot()
    def _apply(self) -> None:
        self._size_text()
        palette = self._palette()
        QApplication.setPalette(palette)
        QToolTip.setPalette(palette)

    def _size_text(self) -> None:
        """Have text as large as the desktop wants it, that of open windows too."""
        scale, before = self._wished.text_scale, self._scale
        if scale == before or self._font.pointSizeF() <= 0:
            return
        self._scale = scale
        own = [w for w in QApplication.allWidgets() if w.testAttribute(_HAS_OWN_FONT)]
        QApplication.setFont(_scaled(self._font, scale))
        for widget in own:
            widget.setFont(_scaled(widget.font(), scale / before))

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
        if self._wished.dark is not None:
            return DARK if self._wished.dark else LIGHT
        scheme = self._hints.colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            return DARK if luminance(self._desktop.window().color()) < 0.3 else LIGHT
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def _scaled(font: QFont, scale: float) -> QFont:
    larger = QFont(font)
    if font.pixelSize() > 0:
        larger.setPixelSize(round(font.pixelSize() * scale))
    else:
        larger.setPointSizeF(font.pointSizeF() * scale)
    return larger
