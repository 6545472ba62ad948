"""Tries idle sources from the best to the last, and stays with the first that works.

Whether one works is often known only when a service has answered, so the choice is made later than
the object; and when the chosen one fails (its desktop shell was restarted, say) it is made anew.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from tray.desktop.idle import IdleSource, NullIdle, PassedOver
from tray.desktop.support import PENDING, Level, Support
from tray.language import tr
from tray.lean_typing import Final, NamedTuple

FIRST_AGAIN_MS: Final = 5_000
LAST_AGAIN_MS: Final = 3_600_000
"""How soon, and after many times how seldom, all are tried again when none works."""

Found = Callable[[IdleSource | str], None]


class IdleCandidate(NamedTuple):
    """A way of measuring that may work here."""

    name: str
    find: Callable[[QObject, Found], None]
    """Calls back once, now or later, with the source or with a phrase that says why there is none;
    instead it may raise, which is a reason too. What it makes until then belongs to the first
    argument."""


class ChosenIdle(IdleSource):
    """The first of `candidates` that works, in the shape of a source of its own."""

    def __init__(self, candidates: Sequence[IdleCandidate], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates = candidates
        self._passed: list[PassedOver] = []
        self._source: IdleSource | None = None
        self._again_ms = FIRST_AGAIN_MS
        self._round = 0
        """Tells an answer to the latest question from those that come too late."""
        self._support = PENDING
        self._again = QTimer(self, singleShot=True)
        self._again.setObjectName("idle-again")
        self._again.timeout.connect(self._choose)
        self._choose()

    @property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """Those tried before the one in use."""
        return tuple(self._passed)

    def stop(self) -> None:
        """Let go of the one in use."""
        super().stop()
        self._round += 1
        self._again.stop()
        self._drop()

    def _begin(self) -> None:
        if self._source and self._threshold_ms is not None:
            self._source.watch(self._threshold_ms / 1000)

    def _ask(self) -> None:
        if self._source:
            self._source.poll()
        else:
            self._answer(None)

    @Slot()
    def _choose(self) -> None:
        self._passed.clear()
        self._try(0)

    def _try(self, place: int) -> None:
        self._round += 1
        question = self._round
        if place == len(self._candidates):
            self._use(NullIdle(tr("This desktop does not say how long nobody was there."), self))
            self._again.start(self._again_ms)
            self._again_ms = min(self._again_ms * 2, LAST_AGAIN_MS)
            return
        name, find = self._candidates[place]

        def found(source: IdleSource | str) -> None:
            if question != self._round:
                if isinstance(source, IdleSource):
                    source.stop()
            elif isinstance(source, str):
                self._passed.append(PassedOver(name, source))
                self._try(place + 1)
            else:
                self._again_ms = FIRST_AGAIN_MS
                self._use(source)

        try:
            find(self, found)
        except Exception as failure:  # a desktop that surprises us is one that cannot be measured
            found(str(failure) or type(failure).__name__)

    def _use(self, source: IdleSource) -> None:
        self._drop()
        self._source = source
        source.setParent(self)  # so that it may be let go of from within its own signals
        self.name, self.signals = source.name, source.signals
        source.polled.connect(self._on_polled)
        source.idle.connect(self.idle)
        source.active.connect(self.active)
        source.changed.connect(self._on_changed)
        self._set_support(source.support)
        self._begin()
        if self._polling:
            source.poll()

    def _drop(self) -> None:
        source, self._source = self._source, None
        if source:
            source.stop()
            source.deleteLater()

    @Slot(object)
    def _on_polled(self, seconds: int | None) -> None:
        self._polling = False
        self.polled.emit(seconds)

    @Slot(object)
    def _on_changed(self, support: Support) -> None:
        self._set_support(support)
        if support.level is Level.MISSING:
            self._again.start(FIRST_AGAIN_MS)
        else:
            self._again.stop()
