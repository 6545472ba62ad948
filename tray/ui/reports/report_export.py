"""A report as a file or as text: the table as CSV or in lines, all of it as PDF or PNG."""

import io
from typing import Final, NamedTuple

from PySide6.QtCore import QByteArray, QMarginsF, QPoint, QRect
from PySide6.QtGui import (
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QRegion,
)
from PySide6.QtWidgets import QWidget

from tray import files
from tray.errors import ReadOnly
from tray.language import named, tr
from tray.model import day_names, durations
from tray.model.formats import TimeFormat
from tray.model.locales.chosen import ENGLISH
from tray.sentences import reason
from tray.session.snapshot import Goals
from tray.tracker.report_table import rows_of, write_csv
from tray.ui.labels import ThemedLabel, plain
from tray.ui.reports.chart_series import group_names
from tray.ui.reports.report_body import ReportBody
from tray.ui.reports.report_loader import ReportContent
from tray.ui.theme import LIGHT, TITLE, UNIT, palette_of

_WIDTH: Final = 120 * UNIT
_SCALE: Final = 2
"""Of a picture, so that it is sharp on every screen."""
_TALLEST: Final = 15_000
"""Pixels of a picture at most."""
_MARGIN_MM: Final = 12


class Export(NamedTuple):
    """A report, and how its times are written."""

    content: ReportContent
    times: TimeFormat
    goals: Goals

    def csv(self) -> bytes:
        """The table as a file for spreadsheets."""
        text = io.StringIO(newline="")
        by = self.content.wish.definition.by
        names = group_names(self.content.names, self.times)._replace(locale=ENGLISH)
        write_csv(self.content.report, by, names, text)
        return text.getvalue().encode("utf-8-sig")  # Excel reads UTF-8 only with a mark

    def text(self) -> str:
        """The table in lines, for a mail."""
        content, names = self.content, group_names(self.content.names, self.times)
        by = content.wish.definition.by
        lines = [
            named(" – ".join(row.names), durations.h_mm(row.group.seconds))
            for row in rows_of(content.report, by, names)
        ]
        running = content.report.running
        if running is not None and running.counts:
            lines.append(named(tr("Running"), durations.h_mm(running.seconds)))
        total = durations.h_mm(content.report.total.seconds)
        return "\n".join(
            [day_names.days(*content.report.range.days), *lines, named(tr("Total"), total)]
        )

    def png(self, path: str) -> None:
        """Write the page as a picture.

        Raises:
            ReadOnly: it cannot be written there.
        """
        page = self._page()
        height = min(page.height(), _TALLEST)
        picture = QImage(page.width() * _SCALE, height * _SCALE, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(_SCALE)
        picture.fill(LIGHT.window)
        page.render(picture)
        if not QImageWriter(path, QByteArray(b"png")).write(picture):
            raise ReadOnly(tr("The picture {path} cannot be written.").format(path=path))

    def pdf(self, path: str) -> None:
        """Write the page as sheets of A4.

        Raises:
            ReadOnly: it cannot be written there.
        """
        page, writer = self._page(), QPdfWriter(path)
        writer.setTitle(day_names.days(*self.content.report.range.days))
        size = QPageSize(QPageSize.PageSizeId.A4)
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        unit = QPageLayout.Unit.Millimeter
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, unit))
        painter = QPainter()
        if not painter.begin(writer):
            raise ReadOnly(tr("The file {path} cannot be written.").format(path=path))
        scale = writer.width() / page.width()
        painter.scale(scale, scale)
        sheet = int(writer.height() / scale)
        for top in range(0, page.height(), sheet):
            if top:
                writer.newPage()
            slice_ = QRect(0, top, page.width(), min(sheet, page.height() - top))
            page.render(painter, QPoint(), QRegion(slice_), QWidget.RenderFlag.DrawChildren)
        painter.end()

    def _page(self) -> QWidget:
        """The report on white, as wide as a sheet."""
        page = _Page(self)
        height = page.heightForWidth(_WIDTH) if page.hasHeightForWidth() else 0
        page.resize(_WIDTH, max(height, page.sizeHint().height()))
        return page


class _Page(ReportBody):
    """A report with its days above it, which is never shown in a window."""

    def __init__(self, export: Export) -> None:
        super().__init__(None)
        self.setPalette(palette_of(LIGHT))
        days = day_names.days(*export.content.report.range.days)
        heading = ThemedLabel(days, self, tint=plain, size=TITLE, bold=True)
        self.put_on_top(heading)
        self.resize(_WIDTH, 100 * UNIT)
        self.show_content(export.content, export.times, export.goals, "compact")
        self.ensurePolished()


def write(path: str, data: bytes) -> None:
    """Write a file whole.

    Raises:
        ReadOnly: it cannot be written there.
    """
    try:
        files.replace_whole(path, data)
    except OSError as error:
        sentence = tr("The file {path} cannot be written ({reason}).")
        raise ReadOnly(sentence.format(path=path, reason=reason(error))) from error
