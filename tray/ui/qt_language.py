"""Qt's own texts (buttons of dialogs, menus of lines of text) and the direction of all windows."""

from typing import ClassVar, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from tray.language import language
from tray.model.key_names import shown_keys

_SOURCE: Final = "en"
"""What Qt is written in; its own catalogue of it has nothing that is wanted."""
_KEYS: Final = "QShortcut"
"""Where Qt has the names of keys, for menus."""


class QtLanguage:
    """Follows the language of the program's sentences; there is one program, as for Qt itcls."""

    _code: ClassVar[str] = _SOURCE
    _texts: ClassVar[QTranslator | None] = None

    @classmethod
    def follow(cls) -> None:
        """Have Qt speak the program's language; a catalogue is loaded for another than English."""
        code = language()
        if code == cls._code:
            return
        cls._code = code
        if cls._texts is not None:
            QCoreApplication.removeTranslator(cls._texts)
        cls._texts = None if code == _SOURCE else _loaded(code)
        if cls._texts is not None:
            QCoreApplication.installTranslator(cls._texts)
        locale = QLocale(code)
        QLocale.setDefault(locale)
        QApplication.setLayoutDirection(locale.textDirection())


class _QtTexts(QTranslator):
    """Qt's catalogue, but that it has the program's own names for keys."""

    def translate(
        self, context: str, source: str, note: str | None = None, n: int = -1, /
    ) -> str | None:
        """A text of Qt's; None if it has none."""
        if context == _KEYS and (own := shown_keys(source)) != source:
            return own
        return super().translate(context, source, note, n) or None


def _loaded(code: str) -> QTranslator | None:
    """Qt's texts in a language; None if this copy of Qt has none of it."""
    texts = _QtTexts(QCoreApplication.instance())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return texts if texts.load(f"qtbase_{code}", folder) else None
