"""Says what an entry lacks that its workspace asks for."""

from collections.abc import Iterable, Sequence

from tray.language import tr
from tray.model.entities import What
from tray.sentences import enumerated


def missing(required: Iterable[str], what: What) -> list[str]:
    """The fields that are asked for and not there, as they are called in a sentence."""
    there = {
        "description": bool(what.description),
        "project": what.project_id is not None,
        "task": what.task_id is not None,
        "tag": bool(what.tag_ids),
    }
    return [name for name in required if not there.get(name, True)]


def _one(field: str) -> str:
    return {
        "description": tr("a description"),
        "project": tr("a project"),
        "task": tr("a task"),
        "tag": tr("a tag"),
    }.get(field, field)


def sentence(workspace: str, lacking: Sequence[str]) -> str:
    """What is wrong with an entry, and what to do."""
    names = enumerated(map(_one, lacking))
    return tr(
        "“{workspace}” asks for {names} in each entry. Add it, then this one is uploaded."
    ).format(workspace=workspace, names=names)
