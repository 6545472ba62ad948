"""Has formats and typed words follow a language for a while, whichever of them has sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

from tray.model.locales import chosen
from tray.model.locales.chosen import Style

CODES: Final = ("en", "zh_CN", "de")


@contextmanager
def speaking(code: str, style: Style | None = None) -> Iterator[None]:
    """Write and read as in that language."""
    before = chosen.style()
    chosen.use_style(style or Style())
    try:
        with patch.object(chosen, "language", lambda: code):
            yield
    finally:
        chosen.use_style(before)
