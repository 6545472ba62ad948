"""Reads a backup that `json_out` wrote, the output of ``list --json``, and reports in names."""

import json
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from tray.errors import BadFile, Refused
from tray.language import mark, tr, tr_marked
from tray.model import colours, limits
from tray.model.field_words import kinds_word
from tray.sentences import capital, together
from tray.store.catalogue import Kind
from tray.store.columns import FILLED_IN
from tray.tracker import thing_fields
from tray.tracker.transfer import json_reports
from tray.tracker.transfer.content import (
    JSON_VERSION,
    Content,
    EntryLabel,
    ImportProblem,
    ImportRow,
    ListedThing,
    make_label,
    quoted,
    storable,
)
from tray.tracker.transfer.import_progress import READ, Tell, counted, silent
from tray.tracker.transfer.people import Person

Thing = dict[str, Any]
Result = TypeVar("Result")

_LISTS: Final[dict[str, Kind]] = {
    "clients": "client",
    "projects": "project",
    "tasks": "task",
    "tags": "tag",
}
_KIND_OF: Final = {"entries": "entry"}
"""Of a part, where it is not the part without its last letter."""
_MOMENT: Final = mark("Write it like 2026-11-21T09:30:00Z.")


def read_json(
    text: str,
    path: str,
    *,
    users: Collection[str] = (),
    own: Person | None = None,
    tell: Tell = silent,
    parsed: object = None,
) -> Content:
    """What the backup or report in `text` holds.

    Args:
        text: Of the file.
        path: Of the file.
        users: Whose rows are wanted, by name; see `people.choose`.
        own: Who is signed in.
        tell: Is told how far it is.
        parsed: The value of the JSON, if somebody has read it already.

    Raises:
        NeedsChoice: it is a report of several people.
        BadFile: it is not JSON, or JSON of something else.
    """
    parts = _parts(text, path, parsed)
    remarks: tuple[str, ...] = ()
    if "entries" not in parts:
        parts, remarks = json_reports.as_backup(parts, path, users=users, own=own)
    content = _BackupReader(parts, path, tell).content()
    return content._replace(remarks=(*remarks, *content.remarks))


def _parts(text: str, path: str, parsed: object) -> Thing:
    parts: Any = parsed
    try:
        if parts is None:
            parts = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(
            tr(
                "{path} is not complete JSON: {msg} in line {lineno}, column {colno}. "
                "Export it again."
            ).format(path=path, msg=error.msg, lineno=error.lineno, colno=error.colno)
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadFile(
            tr("{path} is not JSON that can be read. Export it again.").format(path=path)
        ) from error
    if not isinstance(parts, dict) or not {"entries", "data"} & parts.keys():
        raise BadFile(json_reports.what_it_is(parts, path))
    if parts.get("v", JSON_VERSION) != JSON_VERSION:
        raise BadFile(
            tr(
                "{path} was made by a later version of Toggl Tray, as its “v” is not "
                "{version}. Update Toggl Tray to import it."
            ).format(path=path, version=JSON_VERSION)
        )
    return parts


class _BackupReader:
    """Turns the parts of a backup into content, and the errors in them into problems."""

    def __init__(self, parts: Thing, path: str, tell: Tell) -> None:
        self._parts = parts
        self._path = path
        self._tell = tell
        self._problems: list[ImportProblem] = []
        self._workspaces = [
            storable(name) for name in self._list("workspaces") if isinstance(name, str)
        ]

    def content(self) -> Content:
        listed: list[ListedThing] = []
        for part, kind in _LISTS.items():
            listed += self._read(part, partial(self._listed, kind))
        favourites = list(self._read("favourites", self._favourite))
        return Content(
            list(self._read("entries", self._row)),
            self._problems,
            workspaces=self._workspaces,
            listed=listed,
            favourites=favourites,
        )

    def _list(self, part: str) -> list[Any]:
        found = self._parts.get(part, [])
        if not isinstance(found, list):
            raise BadFile(
                tr("In {path}, “{part}” is not a list. Export it again.").format(
                    path=self._path, part=part
                )
            )
        return found

    def _read(self, part: str, read: Callable[[Thing], Result]) -> Iterator[Result]:
        """What `read` makes of each thing in a part."""
        things = counted(self._list(part), self._tell, begin=0, end=READ)
        for number, thing in enumerate(things, start=1):
            try:
                if not isinstance(thing, dict):
                    raise Refused(tr("It is not an object with names and values. Export it again."))
                yield read(thing)
            except Refused as error:
                place = tr("{kind}, number {number}")
                if error.field:
                    place = tr("{kind}, number {number}, {field}")
                self._problems.append(
                    ImportProblem(
                        place.format(
                            kind=capital(kinds_word(_KIND_OF.get(part, part.removesuffix("s")))),
                            number=number,
                            field=error.field,
                        ),
                        str(error),
                    )
                )

    def _listed(self, kind: Kind, thing: Thing) -> ListedThing:
        name = _text(thing, "name")
        if not name.strip():
            raise Refused(tr("It has no name. Give it one."), field="name")
        values: dict[str, object] = {"archived": _flag(thing, "archived")}
        names: Thing = {**thing, "tags": []}
        if kind == "tag":
            names["tags"] = [name]
        else:
            names[kind] = name
        values |= thing_fields.checked(_filled_in(kind, thing))
        if kind == "project":
            values["billable"] = _flag(thing, "billable")
            if thing.get("colour") is not None:
                values["colour"] = colours.check(_text(thing, "colour"))
        return ListedThing(kind, self._label({**names, "billable": False}), values)

    def _favourite(self, thing: Thing) -> tuple[str, EntryLabel]:
        description, label = _text(thing, "description"), self._label(thing)
        limits.check_description(description)
        return description, label

    def _row(self, thing: Thing) -> ImportRow:
        description, label = _text(thing, "description"), self._label(thing)
        start = _moment(thing, "start")
        stop = None if thing.get("stop") is None else _moment(thing, "stop")
        limits.check_description(description)
        limits.check_times(start, stop)
        return ImportRow(description, label, start, stop)

    def _label(self, thing: Thing) -> EntryLabel:
        return make_label(
            _text(thing, "project"),
            _text(thing, "client") if "client" in thing else None,
            task=_text(thing, "task"),
            tags=_texts(thing, "tags"),
            billable=_flag(thing, "billable"),
            workspace=_text(thing, "workspace") or next(iter(self._workspaces), None),
        )


def _filled_in(kind: Kind, thing: Thing) -> dict[str, object]:
    """What a thing need not say of itself, as far as it does: texts, numbers, and yes or no."""
    found: dict[str, object] = {}
    for name in FILLED_IN.get(kind, set()) & thing.keys():
        value = thing[name]
        if name in thing_fields.FLAGS:
            found[name] = _flag(thing, name)
        elif name in thing_fields.TEXTS:
            found[name] = _text(thing, name)
        elif isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
            found[name] = value
        elif value is not None:
            raise Refused(tr("It is not a whole number. Write one."), field=name)
    return found


def _text(thing: Thing, field: str) -> str:
    """A text that may be missing."""
    value = thing.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(tr("It is not a text. Put it in quotation marks."), field=field)
    return storable(value)


def _texts(thing: Thing, field: str) -> list[str]:
    value = thing.get(field)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Refused(tr('It is not a list of texts. Write it like ["one", "two"].'), field=field)
    return value


def _flag(thing: Thing, field: str) -> bool:
    value = thing.get(field, False)
    if not isinstance(value, bool):
        raise Refused(tr("It is neither true nor false. Write one of them."), field=field)
    return value


def _moment(thing: Thing, field: str) -> int:
    text = _text(thing, field)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(
            together(tr("{text} is not a moment.").format(text=quoted(text)), tr_marked(_MOMENT)),
            field=field,
        ) from error
    if moment.tzinfo is None:
        raise Refused(
            together(
                tr("{text} does not say in which time zone.").format(text=quoted(text)),
                tr_marked(_MOMENT),
            ),
            field=field,
        )
    return int(moment.timestamp())
