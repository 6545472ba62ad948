"""The chips that say by what entries are filtered; a click takes one away."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from tray.language import tr
from tray.model.filters import Criterion
from tray.ui import icons, plain_text
from tray.ui.entries.filter_choices import ICONS, Offer
from tray.ui.entries.row_layout import MARGIN
from tray.ui.theme import CHIP_RADIUS, MEDIUM, RING, SMALL, UNIT, chip_colours, sized, theme

_WIDEST: Final = 30 * UNIT
_SIGN: Final = 3 * UNIT // 2


class FilterChip(QAbstractButton):
    """One criterion, with a cross."""

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self.offer = offer
        self.setText(offer.label)
        self.setFont(sized(self.font(), SMALL, MEDIUM))
        self.setAccessibleName(tr("Filter: {name}. Press to remove it.").format(name=offer.label))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        wide = metrics.horizontalAdvance(self.text()) + 2 * _SIGN + 3 * UNIT
        return QSize(min(_WIDEST, wide), metrics.height() + UNIT)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = chip_colours(self.offer.colour, look, look.window) if self.offer.colour else None
        ground = colours.ground if colours else look.selected
        ink = colours.text if colours else look.text
        painter.setPen(QPen(look.accent, RING) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(1, 1, -1, -1), CHIP_RADIUS, CHIP_RADIUS
        )
        area = self.rect().adjusted(UNIT, 0, -UNIT, 0)
        middle = (self.height() - _SIGN) // 2
        sign = QRect(area.left(), middle, _SIGN, _SIGN)
        cross = QRect(area.right() + 1 - _SIGN, middle, _SIGN, _SIGN)
        icons.paint(painter, ICONS[self.offer.criterion.kind], self._visual(sign), ink)
        icons.paint(painter, "close", self._visual(cross), ink)
        label = area.adjusted(_SIGN + UNIT // 2, 0, -_SIGN - UNIT // 2, 0)
        painter.setPen(ink)
        text = plain_text.elided(self.text(), painter.fontMetrics(), label.width() + 1)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _visual(self, area: QRect) -> QRectF:
        return QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), area))


class FilterChips(QWidget):
    """As many lines of chips as they need; nothing without any."""

    removed = Signal(object)
    """The `Criterion` that is wanted no more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips: list[FilterChip] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_chips(self, offers: Sequence[Offer]) -> None:
        """Show these."""
        if offers == [chip.offer for chip in self.chips]:
            return
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [FilterChip(offer, self) for offer in offers]
        for chip in self.chips:
            chip.clicked.connect(self._on_clicked)
            chip.show()
        self.setVisible(bool(self.chips))
        self._arrange()

    @Slot()
    def _on_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            criterion: Criterion = chip.offer.criterion
            self.removed.emit(criterion)

    def _arrange(self) -> None:
        bottom = 0
        for chip, place in zip(self.chips, self._places(), strict=True):
            chip.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
            bottom = place.bottom() + 1
        self.setFixedHeight(bottom + UNIT)

    def _places(self) -> Iterator[QRect]:
        left, top = MARGIN, 0
        for chip in self.chips:
            size = chip.sizeHint()
            if left > MARGIN and left + size.width() > self.width() - MARGIN:
                left, top = MARGIN, top + size.height() + UNIT // 2
            yield QRect(left, top, size.width(), size.height())
            left += size.width() + UNIT // 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
