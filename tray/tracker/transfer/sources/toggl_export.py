"""Toggl's export of a workspace's data: lists of things by number in a ZIP, and reports by year.

The ZIP holds ``projects.json``, ``clients.json``, ``tags.json``, ``tasks/ID.json`` and
``workspace_users.json``; the yearly CSV reports lie in it or beside it. A folder may be given in
its place, in which all that lies unpacked, or the ZIP and the reports.
"""

import io
import json
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from tray.errors import BadFile, Refused
from tray.language import listed, tr
from tray.model import colours
from tray.settings import Settings, problem_with
from tray.tracker import thing_fields
from tray.tracker.naming import folded
from tray.tracker.transfer.content import (
    Content,
    EntryLabel,
    ImportProblem,
    ImportRow,
    ListedThing,
    make_label,
    quoted,
    storable,
)
from tray.tracker.transfer.csv_in import read_csv, titles_of
from tray.tracker.transfer.file_text import MAX_BYTES, text_in
from tray.tracker.transfer.sources.collecting import number_of, text_of, things_of
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import NO, SURE, ReadOptions, not_of

TITLE: Final = "Toggl Track data export"
_LISTS: Final = ("projects.json", "clients.json", "tags.json", "workspace_users.json")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError)
"""What is raised about a file in an archive; a `RuntimeError` if it is encrypted."""
_MOST_FILES: Final = 50_000
_MOST_MONEY: Final = 1e12
_REPORT_BEGINS: Final = "toggl"
"""The names of reports beside the ZIP, in lower case; no other file there is looked at."""

Part = Callable[[], bytes]


def _inside(given: GivenFile) -> dict[str, Part]:
    """What reads each file of the export, by its name without folders above it.

    Raises:
        BadFile: the archive cannot be opened, or would not fit.
    """
    if given.names:
        found = {name: _file_in(given, name) for name in given.names}
        for name in given.names:
            if name.lower().endswith(".zip") and "/" not in name:
                archive = given.part(name)
                if archive.is_zip:
                    found |= _zipped(archive)
    elif given.is_zip:
        found = _zipped(given)
    else:
        raise not_of(TITLE, given)
    root = min((name for name in found if name.endswith("projects.json")), default="", key=len)
    prefix = root.removesuffix("projects.json")
    return {name.removeprefix(prefix): part for name, part in found.items()}


def _file_in(given: GivenFile, name: str) -> Part:
    return lambda: given.part(name).data


def _zipped(given: GivenFile) -> dict[str, Part]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(given.data))
        members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BadFile(
            tr("{path} is not a whole ZIP archive. Export it again.").format(path=given.path)
        ) from error
    whole = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES or whole > MAX_BYTES:
        raise BadFile(
            tr("{path} holds more than {size} MB, which is not read.").format(
                path=given.path, size=MAX_BYTES >> 20
            )
        )

    def reader(member: zipfile.ZipInfo) -> Part:
        def read_member() -> bytes:
            try:
                with archive.open(member) as file:
                    return file.read(member.file_size + 1)  # whatever it claims to hold
            except _BROKEN as error:
                raise BadFile(
                    tr("{name} in {path} cannot be unpacked. Export it again.").format(
                        name=quoted(storable(member.filename)), path=given.path
                    )
                ) from error

        return read_member

    return {member.filename: reader(member) for member in members if not member.is_dir()}


def recognise(given: GivenFile) -> int:
    """By the lists in it."""
    if not given.names and not given.is_zip:
        return NO
    try:
        found = _inside(given).keys()
    except BadFile:
        return NO
    return SURE if {"projects.json", "clients.json"} & found and found & set(_LISTS) else NO


def read(given: GivenFile, options: ReadOptions) -> Content:
    """The things that are listed, and the entries of the reports."""
    parts = _inside(given)
    if not set(_LISTS) & parts.keys():
        raise not_of(TITLE, given)
    lists = _Lists(given.path, parts)
    listed = list(lists.everything())
    zone_name = "" if options.zone_named else lists.zone_of(options)
    if zone_name:
        options = options._replace(zone=Settings(time_zone=zone_name).zone)
    found = [*_reports(given, parts)]
    rows: list[ImportRow] = []
    problems = list(lists.problems)
    remarks: list[str] = []
    for name, text in found:
        content = read_csv(
            text,
            name,
            zone=options.zone,
            date_format=options.date_format,
            users=options.users,
            own=options.own,
            tell=options.tell,
        )
        rows += content.rows
        problems += [each._replace(place=f"{name}: {each.place}") for each in content.problems]
        remarks += [each for each in content.remarks if each not in remarks]
    remarks.append(_read_from([name for name, _ in found], zone_name))
    return Content(
        rows, problems, tuple(remarks), in_zone=bool(found) and not zone_name, listed=listed
    )


def _read_from(names: list[str], zone_name: str) -> str:
    if not names:
        return tr(
            "There is no report of time in it: Toggl exports time as one CSV file for each year. "
            "Put those beside it, and import again."
        )
    files = listed(map(quoted, names))
    if zone_name:
        sentence = tr("Time was read from {files}, in {zone_name}, the zone in the export.")
        return sentence.format(files=files, zone_name=zone_name)
    return tr("Time was read from {files}.").format(files=files)


def _reports(given: GivenFile, parts: dict[str, Part]) -> Iterator[tuple[str, str]]:
    """The reports in the export, and beside a ZIP those that Toggl named."""
    found = {os.path.basename(name): part for name, part in parts.items() if _is_csv(name)}
    if not given.names:
        folder = GivenFile(os.path.dirname(os.path.abspath(given.path)), b"")
        for name in _beside(folder):
            if _is_csv(name) and name.lower().startswith(_REPORT_BEGINS):
                found.setdefault(name, _file_in(folder, name))
    for name, part in sorted(found.items()):
        text = text_in(part(), name)
        if {"start date", "start time"} <= titles_of(text[:65_536]):
            yield name, text


def _beside(folder: GivenFile) -> list[str]:
    try:
        return sorted(os.listdir(folder.path))
    except OSError:  # files in it can be read, but not listed
        return []


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv")


class _Lists:
    """The lists of an export, and the problems in them."""

    def __init__(self, path: str, parts: dict[str, Part]) -> None:
        self.problems: list[ImportProblem] = []
        self._path = path
        self._parts = parts
        self._clients = {_id(each.get("id")): _name(each) for each in self._list("clients.json")}
        self._projects: dict[str, EntryLabel] = {}

    def everything(self) -> Iterator[ListedThing]:
        """Clients, projects, tasks and tags, as far as they can be read."""
        yield from self._read("clients.json", self._client)
        yield from self._read("projects.json", self._project)
        for name in sorted(self._parts):
            if name.startswith("tasks/") and name.endswith(".json"):
                yield from self._read(name, self._task)
        yield from self._read("tags.json", self._tag)

    def zone_of(self, options: ReadOptions) -> str:
        """The zone of the user whose export it is; empty if that is not clear."""
        users = self._list("workspace_users.json")
        own = options.own.email if options.own else ""
        mine = [each for each in users if folded(text_of(each.get("email"))) == folded(own)]
        names = {text_of(each.get("timezone")) for each in mine or users}
        name = names.pop() if len(names) == 1 else ""
        return "" if not name or problem_with("time_zone", name) else name

    def _list(self, name: str) -> list[dict[str, Any]]:
        if name not in self._parts:
            return []
        try:
            return things_of(json.loads(self._parts[name]()))
        except (ValueError, RecursionError) as error:
            raise BadFile(
                tr("{name} in {path} is not JSON that can be read. Export it again.").format(
                    name=name, path=self._path
                )
            ) from error

    def _read(
        self, name: str, read: Callable[[dict[str, Any]], ListedThing | None]
    ) -> Iterable[ListedThing]:
        for number, thing in enumerate(self._list(name), start=1):
            try:
                listed = read(thing)
            except Refused as error:
                place = tr("{name}, number {number}").format(name=name, number=number)
                self.problems.append(ImportProblem(place, str(error), drops=False))
                continue
            if listed is not None:
                yield listed

    def _client(self, thing: dict[str, Any]) -> ListedThing | None:
        label = make_label("", _name(thing))
        values: dict[str, object] = {"archived": thing.get("archived") is True}
        return ListedThing("client", label, values) if label.client else None

    def _project(self, thing: dict[str, Any]) -> ListedThing | None:
        client = self._clients.get(_id(thing.get("client_id", thing.get("cid"))), "")
        label = make_label(_name(thing), client)
        if not label.project:
            return None
        self._projects[_id(thing.get("id"))] = label
        values: dict[str, object] = {
            "archived": thing.get("active") is False,
            "billable": thing.get("billable") is True,
            **_more(thing),
        }
        colour = text_of(thing.get("color"))
        if colour:
            values["colour"] = colours.check(colour)
        return ListedThing("project", label, values)

    def _task(self, thing: dict[str, Any]) -> ListedThing | None:
        project = self._projects.get(_id(thing.get("project_id")))
        if project is None or not _name(thing).strip():
            return None
        label = make_label(project.project, project.client, task=_name(thing))
        return ListedThing("task", label, {"archived": thing.get("active") is False})

    def _tag(self, thing: dict[str, Any]) -> ListedThing | None:
        label = make_label("", None, tags=[_name(thing)])
        return ListedThing("tag", label, {"archived": False}) if label.tags else None


def _id(value: object) -> str:
    return str(value)[:40]


def _name(thing: dict[str, Any]) -> str:
    return storable(text_of(thing.get("name")))


def _more(thing: dict[str, Any]) -> dict[str, object]:
    """What a project need not have, as far as it has it."""
    found: dict[str, object] = {}
    for ours, theirs in (("rate_cents", "rate"), ("fixed_fee_cents", "fixed_fee")):
        amount = number_of(thing.get(theirs))
        found[ours] = round(amount * 100) if amount is not None and amount < _MOST_MONEY else None
    private = thing.get("is_private")
    found["private"] = private if isinstance(private, bool) else None
    found["start_date"] = text_of(thing.get("start_date")) or None
    return thing_fields.checked({name: each for name, each in found.items() if each is not None})
