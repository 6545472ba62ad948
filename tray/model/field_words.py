"""What things and their fields are called in a sentence."""

from tray.language import mark, tr_marked
from tray.lean_typing import Final

_FIELDS: Final = {
    "description": mark("description"),
    "project_id": mark("project"),
    "task_id": mark("task"),
    "client_id": mark("client"),
    "tag_ids": mark("tags"),
    "workspace_id": mark("workspace"),
    "billable": mark("billable"),
    "start": mark("start"),
    "stop": mark("stop"),
    "name": mark("name"),
    "colour": mark("colour"),
    "archived": mark("archived"),
    "private": mark("privacy"),
    "template": mark("template"),
    "auto_estimates": mark("automatic estimates"),
    "estimated_hours": mark("estimate"),
    "estimated_seconds": mark("estimate"),
    "rate_cents": mark("hourly rate"),
    "fixed_fee_cents": mark("fixed fee"),
    "start_date": mark("start date"),
    "end_date": mark("end date"),
    "notes": mark("notes"),
    "external_reference": mark("reference"),
    "user_id": mark("assignee"),
    "project": mark("project"),
    "task": mark("task"),
    "client": mark("client"),
    "tags": mark("tags"),
    "tag": mark("tag"),
    "workspace": mark("workspace"),
}
_KINDS: Final = {
    "entry": (mark("entry"), mark("entries")),
    "workspace": (mark("workspace"), mark("workspaces")),
    "project": (mark("project"), mark("projects")),
    "client": (mark("client"), mark("clients")),
    "task": (mark("task"), mark("tasks")),
    "tag": (mark("tag"), mark("tags")),
    "favourite": (mark("favourite"), mark("favourites")),
}


def english_word(field: str) -> str:
    """The word for a field of an entry, project, client, task or tag, as scripts read it."""
    return _FIELDS.get(field, field)


def word_for(field: str) -> str:
    """The same in the user's language."""
    return tr_marked(english_word(field))


def kind_word(kind: str) -> str:
    """One of a kind: ``project``, in the user's language."""
    return tr_marked(kind)


def kinds_word(kind: str) -> str:
    """Several of a kind: ``projects``."""
    return tr_marked(_KINDS[kind][1]) if kind in _KINDS else kind
