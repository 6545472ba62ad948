"""Where the pop-over goes: beside the icon, and on the screen whatever is known of that."""

from PySide6.QtCore import QPoint, QRect, QSize


def place(size: QSize, available: QRect, icon: QRect | None, pointer: QPoint) -> QPoint:
    """Return the upper left corner.

    Args:
        size: of the pop-over.
        available: the part of the screen that no panel takes.
        icon: where the icon is, if that is known; it may lie outside of that part.
        pointer: where the pointer is, which has just clicked the icon or its menu.
    """
    anchor = QRect(pointer, QSize(1, 1)) if icon is None else icon
    middle = anchor.center()
    if abs(middle.x() - _nearest_x(middle, available)) > abs(
        middle.y() - _nearest_y(middle, available)
    ):
        wanted = _beside(size, available, anchor)
    else:
        wanted = _above_or_below(size, available, anchor)
    return _within(wanted, size, available)


def _above_or_below(size: QSize, available: QRect, anchor: QRect) -> QPoint:
    left = anchor.center().x() - size.width() // 2
    if anchor.center().y() <= available.center().y():
        return QPoint(left, anchor.bottom() + 1)
    return QPoint(left, anchor.top() - size.height())


def _beside(size: QSize, available: QRect, anchor: QRect) -> QPoint:
    """Of a panel that stands upright."""
    top = anchor.center().y() - size.height() // 2
    if anchor.center().x() <= available.center().x():
        return QPoint(anchor.right() + 1, top)
    return QPoint(anchor.left() - size.width(), top)


def _nearest_x(point: QPoint, area: QRect) -> int:
    return min(max(point.x(), area.left()), area.right())


def _nearest_y(point: QPoint, area: QRect) -> int:
    return min(max(point.y(), area.top()), area.bottom())


def _within(corner: QPoint, size: QSize, area: QRect) -> QPoint:
    return QPoint(
        max(area.left(), min(corner.x(), area.right() + 1 - size.width())),
        max(area.top(), min(corner.y(), area.bottom() + 1 - size.height())),
    )
