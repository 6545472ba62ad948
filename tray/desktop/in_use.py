"""Signs that a user who touches nothing is busy all the same: in a call, at a film, presenting."""

from collections.abc import Callable, Mapping, Sequence, Set
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray.desktop.support import Level, Support, missing
from tray.language import tr
from tray.lean_typing import Final, NamedTuple, Protocol


class InUseKind(Enum):
    """What can be a sign."""

    INHIBITOR = "inhibitor"
    """A program has asked that the screen stay on or the computer awake."""
    FULL_SCREEN = "full screen"
    """The window in front fills the screen."""
    PRESENTATION = "presentation"
    """The system's own mode for presentations is on."""
    MICROPHONE = "microphone"
    CAMERA = "camera"
    QUIET = "quiet"
    """The user has asked not to be disturbed."""
    DIALOG = "dialog"
    """Something asks that belongs to no other window, such as a keyring for its password."""


ALL: Final = frozenset(InUseKind)
BUSY: Final = ALL - {InUseKind.QUIET, InUseKind.DIALOG}
"""Those that can lengthen the time after which nobody is there."""


class InUseSign(NamedTuple):
    """One sign."""

    kind: InUseKind
    who: str = ""
    """The program, if it is known."""


class InUse(NamedTuple):
    """What was seen."""

    signs: tuple[InUseSign, ...]
    unknown: frozenset[InUseKind]
    """What was asked for, but could not be found out."""

    def busy(self, counted: Set[InUseKind] = BUSY) -> bool:
        """Whether there is a sign of one of these kinds."""
        return any(sign.kind in counted for sign in self.signs)

    @property
    def disturb_ok(self) -> bool | None:
        """Whether a message may be shown now; None if that cannot be said."""
        if self.busy({InUseKind.QUIET, InUseKind.PRESENTATION}):
            return False
        return None if InUseKind.QUIET in self.unknown else True


FoundSigns = Sequence[InUseSign] | None
"""None is that it cannot be said now."""


class Finder(Protocol):
    """Finds signs of some kinds, in one of the ways in which a desktop shows them."""

    @property
    def supports(self) -> Mapping[InUseKind, Support]:
        """The kinds, and whether this one can find them here."""

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """Call back once, now or within seconds."""

    def stop(self) -> None:
        """Let go of everything; nobody is called back any more."""


class InUseMonitor(QObject):
    """Asks all `finders` together; everything happens on the thread that made it."""

    polled = Signal(object)
    """The `InUse` that `poll` was for; several that wait for an answer get one together."""

    def __init__(self, finders: Sequence[Finder], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finders = tuple(finders)
        self._kinds: Set[InUseKind] = ALL
        self._waiting: set[int] = set()
        self._signs: list[InUseSign] = []
        self._known: set[InUseKind] = set()

    @property
    def supports(self) -> dict[InUseKind, Support]:
        """For each kind the best that any finder can do."""
        nobody = missing(tr("This system does not tell."))
        found = dict.fromkeys(InUseKind, nobody)
        for finder in self._finders:
            for kind, support in finder.supports.items():
                if found[kind] == nobody or found[kind].level is Level.MISSING or support.works:
                    found[kind] = support
        return found

    def poll(self, kinds: Set[InUseKind] = ALL) -> None:
        """Have `polled` say what there is of these kinds."""
        self._kinds = kinds
        if not self._waiting:
            self._waiting = {-1}
            QTimer.singleShot(0, self, self._poll)

    def stop(self) -> None:
        """Let go of everything. The object is not used any more, and no signal comes."""
        self.blockSignals(True)
        for finder in self._finders:
            finder.stop()

    @Slot()
    def _poll(self) -> None:
        if self.signalsBlocked():
            return
        self._signs.clear()
        self._known.clear()
        queried = [
            place
            for place, finder in enumerate(self._finders)
            if self._kinds & finder.supports.keys()
        ]
        self._waiting |= set(queried)
        for place in queried:
            self._finders[place].find(partial(self._take, place))
        self._take(-1, None)

    def _take(self, place: int, seen: FoundSigns) -> None:
        self._waiting.discard(place)
        if seen is not None:
            self._signs += seen
            supports = self._finders[place].supports
            self._known |= {kind for kind, each in supports.items() if each.level != Level.MISSING}
        if not self._waiting:
            signs = tuple(dict.fromkeys(sign for sign in self._signs if sign.kind in self._kinds))
            seen_kinds = {sign.kind for sign in signs}
            unknown = frozenset(self._kinds) - self._known - seen_kinds
            self.polled.emit(InUse(signs, unknown))
