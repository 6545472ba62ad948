"""Paints the cells of the timesheet, and has a length typed into one."""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tray.ui import plain_text, project_chip
from tray.ui.theme import (
    MEDIUM,
    RADIUS,
    RING,
    SEMIBOLD,
    SMALL,
    UNIT,
    Theme,
    row_height,
    sized,
    theme,
)
from tray.ui.timesheet.sheet_model import NAME, TOTAL, CellIndex, SheetModel, ShownRow

_SIDE: Final = UNIT // 2
"""Before a name."""
TOTAL_SIDE: Final = 3 * UNIT // 2
"""Behind a sum, where the scroll bar comes."""
_MOST_TYPED: Final = 12
_TALLER: Final = 3 * UNIT // 4
"""Than a row of a list, so that a field fits into it."""
_DOT: Final = 1.25
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAB: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_Align = Qt.AlignmentFlag


class CellDelegate(QStyledItemDelegate):
    """A field stays open while what is typed into it is not possible."""

    typed = Signal(object, str)
    """What stands in the field of a cell (its `CellIndex`) now."""
    entered = Signal(object, str)
    """The same, to be carried out."""
    submitted = Signal()
    """Enter was pressed in a field, which is closed."""

    def __init__(self, model: SheetModel, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.density = "comfortable"
        """One of `tray.model.setting_choices.DENSITIES`."""
        self.possible = True
        """Whether what is typed now can be carried out."""
        self._model = model
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: CellIndex) -> QSize:
        del index
        return QSize(option.rect.width(), self.row_height())

    def row_height(self) -> int:
        """How high each row is."""
        return row_height(self._view.fontMetrics(), self.density) + _TALLER

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: CellIndex) -> None:
        look, area = self._look(), option.rect
        row = self._model.rows[index.row()]
        painter.save()
        painter.fillRect(area, look.card)  # over what Qt has put behind a chosen cell, as sharp
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() + 1 < self._model.rowCount():
            painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.line)
        if index.column() == NAME:
            self._paint_name(painter, area.adjusted(_SIDE, 0, -UNIT, 0), row, look)
        else:
            self._paint_length(painter, option, index, look)
        painter.restore()

    def _look(self) -> Theme:
        palette = QPalette(self._view.palette())
        palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
        return theme(palette)

    def _paint_name(self, painter: QPainter, area: QRect, row: ShownRow, look: Theme) -> None:
        painter.setFont(sized(self._view.font(), SMALL, MEDIUM))
        if not row.colour:
            painter.setPen(look.subdued)
            text = plain_text.elided(row.title, painter.fontMetrics(), area.width())
            painter.drawText(area, _Align.AlignVCenter | _Align.AlignLeading, text)
            return
        metrics, mirrored = painter.fontMetrics(), self._view.isRightToLeft()
        chip = QRect(area)
        chip.setWidth(min(area.width(), project_chip.project_width(row.title, metrics)))
        chip.setHeight(project_chip.height(metrics))
        chip.moveCenter(area.center())
        if mirrored:
            chip.moveRight(area.right())
        else:
            chip.moveLeft(area.left())
        project_chip.paint_project(painter, chip, row.title, row.colour, look, mirrored=mirrored)

    def _paint_length(
        self, painter: QPainter, option: QStyleOptionViewItem, index: CellIndex, look: Theme
    ) -> None:
        area, text, total = option.rect, str(index.data()), index.column() == TOTAL
        if option.state & QStyle.StateFlag.State_Selected and not total:
            ring = area.toRectF().adjusted(UNIT // 4, UNIT // 2, -UNIT // 4, -UNIT // 2)
            painter.setPen(QPen(look.accent, RING) if self._view.hasFocus() else look.border)
            painter.setBrush(look.selected)
            painter.drawRoundedRect(ring, RADIUS, RADIUS)
        weight = SEMIBOLD if total else MEDIUM
        painter.setFont(sized(self._view.font(), 1, weight, tabular=True))
        painter.setPen(look.text)
        if total:
            before, behind = (TOTAL_SIDE, 0) if self._view.isRightToLeft() else (0, -TOTAL_SIDE)
            inside = area.adjusted(before, 0, behind, 0)
            painter.drawText(inside, _Align.AlignVCenter | _Align.AlignTrailing, text)
        elif text:
            painter.drawText(area, _Align.AlignCenter, text)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.border)
            painter.drawEllipse(QPointF(area.toRectF().center()), _DOT, _DOT)

    # Editing

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: CellIndex
    ) -> QLineEdit:
        del option
        edit = QLineEdit(parent)
        edit.setMaxLength(_MOST_TYPED)
        edit.setAlignment(_Align.AlignCenter)
        edit.setFont(sized(self._view.font(), 1, MEDIUM, tabular=True))
        edit.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        edit.textChanged.connect(lambda text, at=index: self.typed.emit(at, text))
        return edit

    def setEditorData(self, editor: QWidget, index: CellIndex) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data()))
            editor.selectAll()
            self.typed.emit(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: CellIndex
    ) -> None:
        del index
        editor.setGeometry(option.rect.adjusted(1, UNIT // 2, -1, -UNIT // 2))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: CellIndex) -> None:
        del model
        if isinstance(editor, QLineEdit) and self.possible:
            self.entered.emit(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (*_ENTER, *_TAB) and not self.possible:
                return True  # the sentence below says why
            if key in _ENTER and isinstance(editor, QWidget):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self.submitted.emit()
                return True
        return super().eventFilter(editor, event)
