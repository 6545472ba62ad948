"""What the fields of entries, projects, clients and tasks are called in a sentence."""

from typing import Final

_WORDS: Final = {
    "project_id": "project",
    "task_id": "task",
    "client_id": "client",
    "tag_ids": "tags",
    "workspace_id": "workspace",
    "archived": "archived",
    "private": "privacy",
    "auto_estimates": "automatic estimates",
    "estimated_hours": "estimate",
    "estimated_seconds": "estimate",
    "rate_cents": "hourly rate",
    "fixed_fee_cents": "fixed fee",
    "start_date": "start date",
    "end_date": "end date",
    "external_reference": "reference",
    "user_id": "assignee",
}


def word_for(field: str) -> str:
    """The word for a field, which most are themselves."""
    return _WORDS.get(field, field)
