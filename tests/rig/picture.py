"""A piece of the screen or an icon as pixels: their colours, and a PNG file of them."""

import struct
import zlib
from pathlib import Path
from typing import Final, NamedTuple

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

ALIKE: Final = 24
"""How far each channel may be off before two colours are not taken for the same."""


class Picture(NamedTuple):
    """Pixels without transparency."""

    width: int
    height: int
    rgb: bytes
    """Three bytes a pixel, row by row from the top."""

    @classmethod
    def from_bgrx(cls, width: int, height: int, data: bytes) -> "Picture":
        """From what an X server sends: blue, green, red and a byte to skip."""
        return cls(width, height, _mixed(data[2::4], data[1::4], data[::4]))

    @classmethod
    def from_argb(cls, width: int, height: int, data: bytes) -> "Picture":
        """From what a StatusNotifierItem sends, upon white."""
        red, green, blue = (_upon_white(data[at::4], data[::4]) for at in (1, 2, 3))
        return cls(width, height, _mixed(red, green, blue))

    def colour(self, x: int, y: int) -> Colour:
        """Of one pixel."""
        at = 3 * (y * self.width + x)
        red, green, blue = self.rgb[at : at + 3]
        return red, green, blue

    def share(self, colour: Colour) -> float:
        """How much of the picture has this colour or one much like it, 0 to 1."""
        channels = (self.rgb[::3], self.rgb[1::3], self.rgb[2::3])
        alike = sum(
            all(abs(have - want) <= ALIKE for have, want in zip(pixel, colour, strict=True))
            for pixel in zip(*channels, strict=True)
        )
        return alike / (self.width * self.height)

    def save(self, path: Path) -> None:
        """Write a PNG file."""
        row = 3 * self.width
        rows = b"".join(b"\0" + self.rgb[at : at + row] for at in range(0, row * self.height, row))
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        path.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", header)
            + _chunk(b"IDAT", zlib.compress(rows))
            + _chunk(b"IEND", b"")
        )


def _mixed(red: bytes, green: bytes, blue: bytes) -> bytes:
    rgb = bytearray(3 * len(red))
    rgb[::3], rgb[1::3], rgb[2::3] = red, green, blue
    return bytes(rgb)


def _upon_white(channel: bytes, alpha: bytes) -> bytes:
    return bytes(
        (value * opaque + 255 * (255 - opaque)) // 255
        for value, opaque in zip(channel, alpha, strict=True)
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
