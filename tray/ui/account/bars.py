"""Bars that show how many requests are left of each hour's allowance."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.language import tr
from tray.model import formats
from tray.model.formats import TimeFormat
from tray.sync import status_text
from tray.sync.rate.quota import Bucket
from tray.ui.theme import SMALL, UNIT, sized, theme

_BAR: Final = UNIT // 2
_LOW: Final = 0.2
"""The share from which on it is getting scarce."""
_WRAPPED: Final = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)


class Bars(QWidget):
    """A text, in as many lines as it takes, and a bar for each bucket."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buckets: tuple[Bucket, ...] = ()
        self._times = TimeFormat()
        self.setFont(sized(self.font(), SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_buckets(self, buckets: tuple[Bucket, ...], times: TimeFormat) -> None:
        """Show these from now on."""
        if (buckets, times) == (self._buckets, self._times):
            return
        self._buckets, self._times = buckets, times
        self.setAccessibleDescription(". ".join(self.lines()))
        self.updateGeometry()
        self.update()

    def lines(self) -> list[str]:
        """What stands above each bar."""
        return [self._line(bucket) for bucket in self._buckets]

    def _line(self, bucket: Bucket) -> str:
        purpose = status_text.purpose(bucket, self._buckets)
        left = tr("{purpose}: {left}\u00a0of\u00a0{total}").format(
            left=formats.number(bucket.remaining),
            total=formats.number(bucket.total),
            purpose=f"{purpose[0].upper()}{purpose[1:]}",
        )
        if bucket.resets_at and bucket.remaining < bucket.total:
            at = self._times.time_of_day(bucket.resets_at)
            return tr("{left}, renewed at {at}").format(left=left, at=at)
        return left

    def _area(self, line: str, top: int, width: int) -> QRect:
        """Where the text stands that begins at `top`."""
        return self.fontMetrics().boundingRect(QRect(0, top, width, 0), _WRAPPED, line)

    def sizeHint(self) -> QSize:
        lines, metrics = self.lines(), self.fontMetrics()
        widest = max((metrics.horizontalAdvance(each) for each in lines), default=0)
        width = min(widest, self.maximumWidth())
        height = sum(self._area(each, 0, width).height() + _BAR + UNIT for each in lines)
        return QSize(width, max(0, height - UNIT // 2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for bucket, line in zip(self._buckets, self.lines(), strict=True):
            area = self._area(line, top, self.width())
            painter.setPen(look.subdued)
            painter.drawText(area, _WRAPPED, line)
            track = QRectF(0, area.bottom() + 1 + UNIT // 4, self.width(), _BAR)
            top = area.bottom() + 1 + _BAR + UNIT
            share = bucket.remaining / max(1, bucket.total)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.border)
            painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
            painter.setBrush(look.card)
            painter.drawRoundedRect(track.adjusted(1, 1, -1, -1), _BAR / 2 - 1, _BAR / 2 - 1)
            if share > 0:
                track.setWidth(max(_BAR, self.width() * share))
                if self.isRightToLeft():
                    track.moveRight(self.width())
                painter.setBrush(look.accent if share > _LOW else look.warning)
                painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.end()
