"""The smallest PySide6 program with a tray icon and a one-item menu: what ours is measured by."""

import sys

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon


def main() -> int:
    """Run until the item of the menu is chosen."""
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    picture = QPixmap(22, 22)
    picture.fill(QColor("#0b83d9"))
    menu = QMenu()
    menu.addAction("Quit", application.quit)
    icon = QSystemTrayIcon(QIcon(picture))
    icon.setContextMenu(menu)
    icon.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
