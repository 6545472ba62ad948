"""Draws the program's icon, resources/icons/toggl-tray.svg, as PNG and ICO, and as ICNS here."""

import struct
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS: Final = Path(__file__).parent.parent / "resources/icons"
PNG_SIZE: Final = 256
ICO_SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 256)
"""What Windows shows at 100 to 250 per cent, in lists and as tiles."""


ICNS_SIZES: Final = {b"ic07": 128, b"ic08": 256, b"ic09": 512}
"""What macOS calls each size."""


def drawn(size: int) -> QImage:
    """The icon as a square picture."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ICONS / "toggl-tray.svg")).render(painter)
    painter.end()
    return image


def png(size: int) -> bytes:
    """The icon as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn(size).save(buffer, "PNG")  # type: ignore[call-overload]  # takes any device
    return bytes(data.data())


def ico() -> bytes:
    """The icon in all sizes, as an ICO file that holds a PNG for each."""
    pictures = [png(size) for size in ICO_SIZES]
    offset = 6 + 16 * len(pictures)
    entries = b""
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        # A size of 256 is written as 0.
        entries += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return struct.pack("<3H", 0, 1, len(pictures)) + entries + b"".join(pictures)


def icns() -> bytes:
    """The icon as an ICNS file."""
    entries = b""
    for name, size in ICNS_SIZES.items():
        picture = png(size)
        entries += name + struct.pack(">I", len(picture) + 8) + picture
    return b"icns" + struct.pack(">I", len(entries) + 8) + entries


def main() -> int:
    """Write all of them."""
    (Path(__file__).parent / "toggl-tray.icns").write_bytes(icns())
    (ICONS / "toggl-tray.png").write_bytes(png(PNG_SIZE))
    (ICONS / "toggl-tray.ico").write_bytes(ico())
    return 0


if __name__ == "__main__":
    sys.exit(main())
