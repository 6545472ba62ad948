"""Text that looks like HTML, and the check that no window reads it so."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

HOSTILE: Final = (
    '<img src="/dev/zero"><b>x</b>',
    "&lt;b&gt; <b>bold</b>",
    "<?xml version='1.0'?><html>",
    "  <!DOCTYPE html><h1>x",
    "R&D <a href='file:///etc/passwd'>x</a>",
)


def assert_plain(window: QWidget) -> None:
    """Of a window and all that is in it."""
    for widget in (window, *window.findChildren(QWidget)):
        assert not GuiQt.mightBeRichText(widget.toolTip()), widget.toolTip()
        if isinstance(widget, QLabel):
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.text()
        if isinstance(widget, QAbstractButton) and "R&" in widget.text():
            assert "R&D" not in widget.text(), widget.text()
        for action in widget.actions():
            assert not GuiQt.mightBeRichText(action.toolTip()), action.toolTip()
