"""Bars that show how many requests are left of each hour's allowance."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.sync.ledger import Bucket
from tray.ui.theme import UNIT, scaled, theme
from tray.ui.wording import Clock, tr

_BAR: Final = UNIT // 2
_LOW: Final = 0.2
"""The share from which on it is getting scarce."""


class Bars(QWidget):
    """One line and one bar for each bucket."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buckets: tuple[Bucket, ...] = ()
        self._times = Clock()
        self.setFont(scaled(self.font(), 0.9))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_buckets(self, buckets: tuple[Bucket, ...], times: Clock) -> None:
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
        purpose = tr("to ask") if bucket.name == "user" else tr("to tell")
        left = tr("{left} of {total} {purpose}").format(
            left=bucket.remaining, total=bucket.total, purpose=purpose
        )
        if bucket.resets_at and bucket.remaining < bucket.total:
            at = self._times.time_of_day(bucket.resets_at)
            return tr("{left}, full at {at}").format(left=left, at=at)
        return left

    def _line_height(self) -> int:
        return self.fontMetrics().height() + _BAR + UNIT

    def sizeHint(self) -> QSize:
        width = max(
            (self.fontMetrics().horizontalAdvance(each) for each in self.lines()), default=0
        )
        return QSize(width, max(0, len(self._buckets) * self._line_height() - UNIT // 2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (bucket, line) in enumerate(zip(self._buckets, self.lines(), strict=True)):
            top = number * self._line_height()
            painter.setPen(look.subdued)
            height = self.fontMetrics().height()
            area = QRectF(0, top, self.width(), height)
            shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft, shown)
            share = bucket.remaining / max(1, bucket.total)
            track = QRectF(0, top + height + UNIT // 4, self.width(), _BAR)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.line)
            painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
            if share > 0:
                track.setWidth(max(_BAR, self.width() * share))
                painter.setBrush(look.accent if share > _LOW else look.warning)
                painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.end()
