"""What a file to import holds, in names, before it meets the database."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from tray import language
from tray.errors import BadFile, Refused
from tray.language import tr
from tray.model import limits
from tray.model.entities import Kind

JSON_VERSION: Final = 1
"""Of the shape of the JSON that is written, and can be read."""


class EntryLabel(NamedTuple):
    """What an entry is about apart from its description; many entries share one."""

    project: str = ""
    client: str | None = None
    """Of the project. Empty: it has none; None: the file does not say."""
    task: str = ""
    tags: tuple[str, ...] = ()
    billable: bool = False
    workspace: str | None = None
    """None: the file does not say."""


class ImportRow(NamedTuple):
    """One entry of the file."""

    description: str
    label: EntryLabel
    start: int
    stop: int | None
    other: tuple[int, int] | None = None
    """Start and stop as they can be read too, in the hour that the clocks repeat."""


class ListedThing(NamedTuple):
    """A client, project, task or tag that the file lists by itself."""

    kind: Kind
    label: EntryLabel
    """Names it, and what it belongs to; of a tag it is the only one."""
    values: dict[str, object]
    """The other columns of a new one: ``archived``, ``colour``, ``billable``."""


class NeedsChoice(BadFile):
    """The file can be imported once the user has said how; `choice` names what there is to say."""

    def __init__(self, sentence: str, choice: Literal["dates", "people", "problems"]) -> None:
        super().__init__(sentence)
        self.choice = choice


class ImportProblem(NamedTuple):
    """Why something in the file cannot be imported."""

    place: str
    """Such as ``Line 12, Start date``."""
    sentence: str
    drops: bool = True
    """Whether the whole row is lost by it, not only one of its cells."""

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class Content(NamedTuple):
    """Everything that could be read, and what could not."""

    rows: Sequence[ImportRow]
    problems: Sequence[ImportProblem]
    remarks: tuple[str, ...] = ()
    """What the user should know besides, a sentence each."""
    in_zone: bool = False
    """Whether the times were written without one, so that they depend on the zone given."""
    workspaces: Sequence[str] = ()
    listed: Sequence[ListedThing] = ()
    favourites: Sequence[tuple[str, EntryLabel]] = ()
    """Description and label each, in order."""
    proposed: bool = False
    """Whether the rows are only proposed, so that each is taken only if the user says so."""


def quoted(text: str) -> str:
    """`text` as it is named in a sentence, not too much of it."""
    return language.quoted(limits.one_line(text), 40)


def storable(text: str) -> str:
    """`text` without halves of surrogate pairs, which JSON can hold and a database cannot."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def make_label(
    project: str,
    client: str | None,
    *,
    task: str = "",
    tags: Iterable[str] = (),
    billable: bool = False,
    workspace: str | None = None,
) -> EntryLabel:
    """A label with clean names.

    Raises:
        Refused: a name is too long, there are too many tags, or a task has no project.
    """
    clean_task = _clean("task", task)
    if clean_task and not project.strip():
        raise Refused(tr("A task needs a project. Name it, or remove the task."), field="task")
    clean_tags = tuple(dict.fromkeys(filter(None, (_clean("tag", tag) for tag in tags))))
    limits.check_tags(len(clean_tags))
    return EntryLabel(
        _clean("project", project),
        client if client is None else _clean("client", client),
        clean_task,
        clean_tags,
        billable,
        workspace,
    )


def _clean(kind: str, name: str) -> str:
    """A name that may be missing."""
    if not name or name.isspace():
        return ""
    try:
        return limits.clean_name(kind, name)
    except Refused as error:
        raise Refused(str(error), field="tags" if kind == "tag" else kind) from error
