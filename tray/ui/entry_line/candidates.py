"""What the dialog offers below the line, for what stands in it and where the caret is."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from tray.language import tr
from tray.model.calendar_event import CalendarEvent
from tray.model.distinctions import one_of_each_name
from tray.model.entities import Project, Tag, Task, What
from tray.model.new_project import NewProject
from tray.model.quick_entry.parsed_line import LineSpan, Reading, SpanKind
from tray.model.quick_entry.write import write_project, write_tag
from tray.store.catalogue import Names
from tray.tracker.naming import folded
from tray.ui import wording
from tray.ui.entry_line.candidate_row import MOST, CandidateKind, CandidateRow
from tray.ui.entry_line.line_names import only_project, projects_named
from tray.ui.new_project_text import client_text, new_projects

if TYPE_CHECKING:
    from tray.model.suggest import Index, Name, NameMatch, Ranges

_LATELY: Final = 100
"""Things done lately whose projects and tags are offered first."""
_OF_NEW: Final = 0
"""In place of a workspace: that of new things."""
_LONE: Final = re.compile(r'(?:^|\s)([@＠#＃]["＂“”]?)$')
"""A mark right before the caret; if nothing follows, no name has begun yet."""


_Thing = TypeVar("_Thing", Project, Task, Tag)


class CandidateSources(NamedTuple):
    """What candidates are taken from."""

    history: "Index | None"
    """Everything ever done; None while it is not loaded yet."""
    recent: Sequence[What]
    """What was done last, which stands in for it."""
    names: Names
    meeting: CalendarEvent | None = None
    """What is on now in a calendar of the user's own."""


class _Replaced(NamedTuple):
    """The part of the line that a name taken from the list replaces."""

    text: str
    begin: int
    end: int

    def candidate(self, offer: CandidateKind, name: str, written: str) -> CandidateRow:
        """One that puts `written` there, with the caret behind it and a blank."""
        before, rest = self.text[: self.begin] + written, self.text[self.end :]
        if not rest.startswith(("/", "／")):  # else a task follows, which belongs to it
            before, rest = f"{before} ", rest.lstrip()
        return CandidateRow(offer, name, completed=before + rest, caret=len(before))


def candidates(
    text: str, reading: Reading, caret: int, sources: CandidateSources, *, now: int
) -> list[CandidateRow]:
    """The rows below the line, the best first.

    Args:
        text: what stands in the line.
        reading: how the grammar understands it.
        caret: where the caret is in it, in characters.
        sources: the history and the names.
        now: epoch seconds.
    """
    piece = _piece_at(reading, caret)
    if piece is None:
        lone = _LONE.search(text[:caret])
        if lone is None or text[caret : caret + 1].strip():
            return _entries(reading, sources, now=now)
        spot = _Replaced(text, lone.start(1), caret)
        if lone[1][0] in "@＠":
            return _projects("", spot, sources, now=now)
        return _tags("", spot, sources, reading, now=now)
    spot = _Replaced(text, piece.begin, piece.end)
    if piece.kind is SpanKind.TAG:
        typed = text[piece.begin + 1 : piece.end].strip(' "＂“”')
        return _tags(typed, spot, sources, reading, now=now) or _entries(reading, sources, now=now)
    if piece.kind is SpanKind.PROJECT:
        return _projects(reading.entry.project or "", spot, sources, now=now)
    begin = next(each.begin for each in reading.spans if each.kind is SpanKind.PROJECT)
    return _tasks(reading, spot._replace(begin=begin), sources.names)


def _piece_at(reading: Reading, caret: int) -> LineSpan | None:
    """The name that the caret is in or right behind."""
    named = (SpanKind.PROJECT, SpanKind.TASK, SpanKind.TAG)
    pieces = (piece for piece in reading.spans if piece.kind in named)
    return next((piece for piece in pieces if piece.begin < caret <= piece.end), None)


def _projects(
    typed: str, spot: _Replaced, sources: CandidateSources, *, now: int
) -> list[CandidateRow]:
    names = sources.names
    used = [what.project_id for what in _lately(sources, now=now)]
    found = [
        _project(names.projects[match.id], match, spot, names)
        for match in _matching(typed, _in_use(names.projects.values(), used))
    ]
    if not typed or projects_named(typed, names):
        return found
    new = [_new_project(each, typed, spot) for each in new_projects(typed, names)]
    return [*found[: MOST - len(new)], *new]


def _new_project(new: NewProject, typed: str, spot: _Replaced) -> CandidateRow:
    if not new.client:
        return spot.candidate(CandidateKind.NEW_PROJECT, typed, write_project(typed))
    row = spot.candidate(CandidateKind.NEW_PROJECT, new.name, write_project(new.label))
    return row._replace(beside=client_text(new))


def _project(project: Project, match: "NameMatch", spot: _Replaced, names: Names) -> CandidateRow:
    written = write_project(names.project(project))
    client = names.clients.get(project.client_id or 0)
    beside = names.distinctions.projects.get(project.id) or (client.name if client else "")
    found = spot.candidate(CandidateKind.PROJECT, project.name, written)
    return found._replace(ranges=match.ranges, beside=beside, colour=project.colour)


def _tasks(reading: Reading, spot: _Replaced, names: Names) -> list[CandidateRow]:
    called, typed = reading.entry.project or "", reading.entry.task or ""
    project = only_project(called, names)
    if project is None:
        return []
    tasks = [task for task in names.tasks.values() if task.project_id == project.id]
    found = [
        spot.candidate(CandidateKind.TASK, match.name, write_project(called, match.name))._replace(
            ranges=match.ranges, beside=names.project(project), colour=project.colour
        )
        for match in _matching(typed, _in_use(tasks, ()))
    ]
    if not typed or any(folded(task.name) == folded(typed) for task in tasks):
        return found
    new = spot.candidate(CandidateKind.NEW_TASK, typed, write_project(called, typed))
    return [*found[: MOST - 1], new]


def _tags(
    typed: str, spot: _Replaced, sources: CandidateSources, reading: Reading, *, now: int
) -> list[CandidateRow]:
    """The tags of the workspace of the line's project; of all, as long as it names none."""
    project = only_project(reading.entry.project or "", sources.names)
    workspace_id = project.workspace_id if project else None
    offered = one_of_each_name(sources.names.tags.values(), workspace_id)
    used = [tag for what in _lately(sources, now=now) for tag in what.tag_ids]
    return [
        spot.candidate(CandidateKind.TAG, match.name, write_tag(match.name))._replace(
            ranges=match.ranges
        )
        for match in _matching(typed, _in_use(offered, used))
    ]


def _lately(sources: CandidateSources, *, now: int) -> Sequence[What]:
    """What was done lately, most first."""
    if sources.history is None:
        return sources.recent
    return [each.done.what for each in sources.history.search("", now=now, limit=_LATELY)]


def _in_use(things: Iterable[_Thing], used: Sequence[int | None]) -> list[_Thing]:
    """Those that are not archived; the first of what is used comes first."""
    ranks = {thing_id: rank for rank, thing_id in reversed([*enumerate(used)])}
    active = [thing for thing in things if not thing.archived]
    return sorted(active, key=lambda thing: ranks.get(thing.id, len(used)))


def _matching(typed: str, things: Iterable[Project | Task | Tag]) -> "list[NameMatch]":
    from tray.model.suggest import match_names

    return match_names(typed, [_searched(thing.id, thing.name) for thing in things], MOST)


@lru_cache(maxsize=4_096)
def _searched(thing_id: int, name: str) -> "Name":
    """A name as it is searched for; the same ones are with each key."""
    from tray.model import pinyin
    from tray.model.suggest import Name

    return Name(thing_id, name, " ".join(pinyin.keys(name)))


def _entries(reading: Reading, sources: CandidateSources, *, now: int) -> list[CandidateRow]:
    """What was done before, by its description and in the light of the project."""
    entry, names = reading.entry, sources.names
    on_now = _meeting(entry.description, sources, now=now)
    if sources.history is None:
        recent = () if entry.description else sources.recent
        return [*on_now, *(_entry(what, (), names) for what in recent)][:MOST]
    project = only_project(entry.project, names) if entry.project else None
    project_id = project.id if project else None
    found = sources.history.search(entry.description, now=now, project_id=project_id, limit=MOST)
    done = [
        _entry(suggestion.done.what, suggestion.ranges, names)
        for suggestion in found
        if _is_in_use(suggestion.done.what, names)
    ]
    taken = {each.what for each in on_now}
    return [*on_now, *(each for each in done if each.what not in taken)][:MOST]


def _meeting(typed: str, sources: CandidateSources, *, now: int) -> list[CandidateRow]:
    """The meeting that is on now, if its title begins so; as it was tracked the last time."""
    event, names = sources.meeting, sources.names
    if event is None or not event.title or not folded(event.title).startswith(folded(typed)):
        return []
    title, history = event.title, sources.history
    before = history.search(title, now=now, limit=MOST) if history is not None else ()
    known = (each.done.what for each in before if each.done.what.description == title)
    what = next((each for each in known if _is_in_use(each, names)), None)
    shown = _entry(what or What(_OF_NEW, title), (), names)
    on = tr("on now · {calendar}").format(calendar=event.calendar)
    beside = "  ".join(filter(None, (shown.beside, on)))
    colour = shown.colour or event.colour
    return [shown._replace(offer=CandidateKind.MEETING, beside=beside, colour=colour)]


def _is_in_use(what: What, names: Names) -> bool:
    """Whether its project and task are still there, and not archived since."""
    project, task = names.projects.get(what.project_id or 0), names.tasks.get(what.task_id or 0)
    return (what.project_id is None or (project is not None and not project.archived)) and (
        what.task_id is None or (task is not None and not task.archived)
    )


def _entry(what: What, ranges: "Ranges", names: Names) -> CandidateRow:
    project = wording.project(what, names)
    tags = [f"#{names.tags[tag].name}" for tag in what.tag_ids if tag in names.tags]
    beside = [*tags, "$" if what.billable else "", project if what.description else ""]
    return CandidateRow(
        CandidateKind.ENTRY,
        what.description or project,
        ranges if what.description else (),
        "  ".join(filter(None, beside)),
        names.projects[what.project_id].colour if what.project_id else "",
        what,
    )
