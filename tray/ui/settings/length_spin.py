"""A field for a length in hours and minutes, whatever way it is typed."""

from typing import Final

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

from tray.errors import BadLine
from tray.model import durations
from tray.model.durations import HOUR, MINUTE
from tray.model.typed_times import read_length

_LARGE: Final = 120
"""Minutes from which on the arrows go by half-hours."""


class LengthSpin(QSpinBox):
    """Holds minutes and shows ``1:30``; takes ``90``, ``1h30m`` and ``1.5h`` as well."""

    def __init__(self, parent: QWidget, least: int, most: int) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSingleStep(HOUR // MINUTE // 2 if most > 10 * _LARGE else 5)
        self.setKeyboardTracking(False)  # 8:00 is one length, not 8, then 8:0, then 8:00

    def textFromValue(self, minutes: int) -> str:
        return durations.h_mm(minutes * MINUTE)

    def valueFromText(self, text: str) -> int:
        if text == self.specialValueText():
            return self.minimum()
        try:
            return read_length(text) // MINUTE
        except BadLine:
            return self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            is_good = text == self.specialValueText() or self._holds(read_length(text) // MINUTE)
        except BadLine:
            is_good = False
        state = QValidator.State.Acceptable if is_good else QValidator.State.Intermediate
        return state, text, position

    def _holds(self, minutes: int) -> bool:
        return self.minimum() <= minutes <= self.maximum()
