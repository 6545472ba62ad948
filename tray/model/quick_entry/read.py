"""From a line as typed to the entry it describes, piece by piece from left to right."""

from collections.abc import Callable
from datetime import tzinfo

from tray.language import tr
from tray.lean_typing import TYPE_CHECKING
from tray.model.quick_entry.parsed_line import NO_PROJECT, LineSpan, QuickEntry, Reading, SpanKind
from tray.model.quick_entry.scan import shadow_of, unescaped
from tray.model.quick_entry.time_signs import may_be_time

if TYPE_CHECKING:
    from tray.model.quick_entry.times import When


def read_line(
    text: str,
    *,
    now: int,
    zone: tzinfo | None,
    latest: int | None = None,
    codes: tuple[str, ...] = (),
) -> Reading:
    """Return what `text` means; every text means something, if only a description.

    Args:
        text: the line, finished or still being typed (an open quote takes the rest).
        now: epoch seconds.
        zone: whose clocks and days are meant; None is the system's.
        latest: up to when a clock without a day may be meant; None is now.
        codes: the languages whose words are read beside English; without any the user's own.
    """

    def find(shadow: str, at: int) -> "When | None":
        if not may_be_time(shadow, at, codes):
            return None
        from tray.model.quick_entry.times import find_time

        return find_time(shadow, at, now=now, zone=zone, latest=latest, codes=codes)

    reader = _LineReader(text, find)
    at = 0
    while at < len(text):
        at = reader.take(at)
    return reader.reading()


class _LineReader:
    """A line half read. Its methods take what stands at an index and return where that ends."""

    def __init__(self, text: str, find: "Callable[[str, int], When | None]") -> None:
        self._text = text
        self._shadow = shadow_of(text)
        self._find_time = find
        self._entry = QuickEntry()
        self._words: list[str] = []
        self._pieces: list[LineSpan] = []
        self._problems: list[str] = []
        self._takers = {"@": self._project, "#": self._tag, "$": self._billable}

    def reading(self) -> Reading:
        description = " ".join(filter(None, self._words))
        entry = self._entry._replace(description=description)
        return Reading(entry, tuple(self._pieces), tuple(self._problems))

    def take(self, at: int) -> int:
        """Take the part, the word or the blank at index `at`."""
        mark = self._shadow[at]
        if mark == " ":
            return self._text_piece(at, at + 1)
        end = self._takers.get(mark, self._time)(at)
        return self._word(at) if end is None else end

    def _project(self, at: int) -> int | None:
        project, slash = self._name(at + 1, until=" /")
        if not project:
            return None
        is_none = self._shadow[at + 1 : slash] == NO_PROJECT and slash == self._find(" ", at)
        task, end = None, slash
        if self._shadow.startswith("/", slash):
            task, end = self._name(slash + 1, until=" ")
        if self._entry.project is not None or self._entry.no_project:
            return self._extra(SpanKind.PROJECT, at, end)
        if is_none:
            self._entry = self._entry._replace(no_project=True)
            return self._piece(SpanKind.PROJECT, at, end)
        self._entry = self._entry._replace(project=project, task=task or None)
        self._piece(SpanKind.PROJECT, at, slash)
        return self._piece(SpanKind.TASK, slash, end) if slash < end else end

    def _tag(self, at: int) -> int | None:
        tag, end = self._name(at + 1, until=" ")
        if not tag:
            return None
        if tag not in self._entry.tags:
            self._entry = self._entry._replace(tags=(*self._entry.tags, tag))
        return self._piece(SpanKind.TAG, at, end)

    def _billable(self, at: int) -> int | None:
        if self._find(" ", at) > at + 1:
            return None
        self._entry = self._entry._replace(billable=True)
        return self._piece(SpanKind.BILLABLE, at, at + 1)

    def _time(self, at: int) -> int | None:
        when = self._find_time(self._shadow, at)
        if when is None:
            return None
        if self._entry.start is not None:
            return self._extra(SpanKind.TIME, at, when.end)
        self._entry = self._entry._replace(start=when.start, stop=when.stop)
        return self._piece(SpanKind.TIME, at, when.end)

    def _extra(self, kind: str, at: int, end: int) -> int:
        if kind is SpanKind.PROJECT:
            text = tr(
                'A line has room for one project, and "{text}" is one more: take one of them out.'
            )
        else:
            text = tr(
                'A line has room for one time, and "{text}" is one more: take one of them out.'
            )
        self._problems.append(text.format(text=unescaped(self._text[at:end])))
        return self._piece(SpanKind.EXTRA, at, end)

    def _word(self, at: int) -> int:
        end = self._find(" ", at)
        self._words.append(unescaped(self._text[at:end]))
        return self._text_piece(at, end)

    def _name(self, at: int, *, until: str) -> tuple[str, int]:
        """Return the name at index `at`, empty if there is none, and where it ends."""
        if self._shadow.startswith('"', at):
            close = self._find('"', at + 1)
            return unescaped(self._text[at + 1 : close]), min(close + 1, len(self._text))
        end = min(self._find(mark, at) for mark in until)
        return unescaped(self._text[at:end]), end

    def _find(self, mark: str, at: int) -> int:
        """Return where `mark` next stands from index `at` on, or the end of the line."""
        index = self._shadow.find(mark, at)
        return len(self._shadow) if index < 0 else index

    def _text_piece(self, begin: int, end: int) -> int:
        """Note text, as one piece with text right before it."""
        if self._pieces and self._pieces[-1].kind is SpanKind.TEXT:
            begin = self._pieces.pop().begin
        return self._piece(SpanKind.TEXT, begin, end)

    def _piece(self, kind: str, begin: int, end: int) -> int:
        self._pieces.append(LineSpan(kind, begin, end))
        return end
