"""The colours that follow the desktop's palette."""

from PySide6.QtGui import QColor, QPalette

from tray.ui.theme import theme


def test_a_window_without_the_focus_is_as_legible_as_with_it() -> None:
    palette = QPalette(QColor("#faf9f8"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Highlight):
        palette.setColor(QPalette.ColorGroup.Inactive, role, QColor("#929595"))
    palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
    focused = theme(palette)
    palette.setCurrentColorGroup(QPalette.ColorGroup.Inactive)
    assert theme(palette) == focused
    palette.setCurrentColorGroup(QPalette.ColorGroup.Disabled)
    assert theme(palette) != focused
