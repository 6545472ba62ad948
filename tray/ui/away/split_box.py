"""The time line with the moment of its cut, to be typed or moved by a minute."""

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from tray.errors import BadLine
from tray.language import tr
from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.formats import TimeFormat
from tray.model.typed_times import read_stop
from tray.ui import plain_text
from tray.ui.away.text import MomentFormatter
from tray.ui.away.timeline_bar import TimelineBar, TimelineScene, TimeMark, stepped
from tray.ui.entries.fields import PanelLineEdit
from tray.ui.labels import ThemedLabel, subdued, warning
from tray.ui.theme import SMALL, UNIT


class SplitBox(QWidget):
    """Strip and field always say the same; a text that cannot be read is said so, and kept."""

    moved = Signal(object)
    """The user moved the cut to this moment."""
    ended = Signal(object)
    """The user has what is cut out end at this moment."""

    def __init__(self, parent: QWidget, *, caption: str = "") -> None:
        super().__init__(parent)
        self._scene = TimelineScene(0, 1, 0, 0, 0)
        self._times = TimeFormat()
        self._now = 0
        self.strip = TimelineBar(self)
        label, self.line = self._field(caption or tr("&From"))
        self.to, self.until = self._field(tr("&to"))
        self.earlier = self._step_button("−", tr("A minute earlier"))
        self.later = self._step_button("+", tr("A minute later"))
        self.note = ThemedLabel("", self, size=SMALL)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for widget in (label, self.line, self.earlier, self.later, self.to, self.until):
            row.addWidget(widget)
        row.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.strip)
        column.addLayout(row)
        self._settled: dict[PanelLineEdit, int] = {}
        """What counted in each field before something was typed into it."""
        self.strip.moved.connect(self._on_moved)
        self.line.by_user.connect(self._on_typed)
        self.line.editingFinished.connect(self._on_finished)
        self.until.by_user.connect(self._on_end_typed)
        self.until.editingFinished.connect(self._on_finished)
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)

    def _field(self, caption: str) -> tuple[ThemedLabel, PanelLineEdit]:
        line = PanelLineEdit(self)
        line.setFixedWidth(12 * UNIT)
        line.setAccessibleName(caption.replace("&", ""))
        label = ThemedLabel(caption, self)
        label.setBuddy(line)
        return label, line

    def _step_button(self, text: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(plain_text.tooltip(name))
        button.setAutoRepeat(True)
        button.setFixedSize(4 * UNIT, 4 * UNIT)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def show_scene(self, scene: TimelineScene, times: TimeFormat, *, now: int) -> None:
        """Show this; what is being typed stays."""
        self._times, self._now = times, now
        self._scene = scene._replace(marks=self._marks(scene))
        self.strip.show_scene(self._scene)
        message = MomentFormatter(times, now=now).at(scene.cut)
        self.strip.setAccessibleName(tr("Cut at {time}").format(time=message))
        for field, moment in ((self.line, scene.cut), (self.until, scene.until)):
            if moment is not None and not (field.hasFocus() and field.isModified()):
                field.setText(times.time_of_day(moment))
                self._settled[field] = moment
                self.note.setText("")
        for part in (self.to, self.until):
            part.setVisible(scene.until is not None)
        self.earlier.setEnabled(scene.cut > scene.least)
        self.later.setEnabled(scene.cut < scene.most)

    def _marks(self, scene: TimelineScene) -> list[TimeMark]:
        """The cut first; begin and end of the absence and of the line as far as there is room."""
        edges = (scene.cut, scene.until or scene.most, scene.most, scene.begin, scene.end)
        moments = dict.fromkeys((*edges, scene.least))
        time_of_day = self._times.time_of_day
        return [
            TimeMark(each, tr("now") if each == self._now else time_of_day(each))
            for each in moments
        ]

    def _read(self, field: PanelLineEdit, least: int) -> int:
        """The moment that stands in a field.

        Raises:
            BadLine: it is none, or one at which somebody was there.
        """
        scene, calendar = self._scene, Calendar(self._times.zone)
        moment = read_stop(field.text(), least, calendar=calendar, now=self._now)
        if moment - moment % MINUTE == scene.most - scene.most % MINUTE:
            return min(moment, scene.most)
        if least <= moment <= scene.most:
            return moment
        moments = MomentFormatter(self._times, now=self._now)
        within = moments.between(least, scene.most)
        raise BadLine(tr("Take a moment within {times}.").format(times=within))

    @Slot(object)
    def _on_moved(self, moment: int) -> None:
        self.line.setModified(False)
        self.moved.emit(moment)

    @Slot()
    def _on_typed(self) -> None:
        self._tell(self.line, self._scene.least, self.moved)

    @Slot()
    def _on_end_typed(self) -> None:
        self._tell(self.until, self._scene.cut, self.ended)

    def _tell(self, field: PanelLineEdit, least: int, signal: SignalInstance) -> None:
        """Tell the moment of a field, or say why it is none."""
        try:
            moment = self._read(field, least)
        except BadLine as error:
            signal.emit(self._settled[field])  # no half of a time counts, such as 22 of 22:45
            self.note.set_tint(warning)
            self.note.setText(str(error))
            self.note.setToolTip(plain_text.tooltip(str(error)))
            return
        self.note.set_tint(subdued)
        self.note.setText("")
        signal.emit(moment)

    @Slot()
    def _on_finished(self) -> None:
        """A field is left: it says again what counts."""
        for field, moment in ((self.line, self._scene.cut), (self.until, self._scene.until)):
            if moment is not None:
                field.setModified(False)
                field.setText(self._times.time_of_day(moment))
                self._settled[field] = moment
        self.note.setText("")

    @Slot()
    def _on_earlier(self) -> None:
        self._step(-1)

    @Slot()
    def _on_later(self) -> None:
        self._step(1)

    def _step(self, minutes: int) -> None:
        scene = self._scene
        self._on_moved(stepped(scene.cut, minutes, least=scene.least, most=scene.most))
