"""Guesses from the server's words which field of an item it refuses.

Fields are named as in `EntryFields` and `ProjectFields`; ``since`` and ``start_date`` are bounds of
a question, ``workspace_id`` and ``created_with`` what else is sent.
"""

import re
from typing import Final

_KNOWN: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), field)
    for pattern, field in (
        (r"start_date must not be earlier|invalid start_date", "start_date"),
        (r"'since'|\bsince is expected|invalid since", "since"),
        (r"created_with", "created_with"),
        (r"billable|billing", "billable"),
        (r"colou?r", "colour"),
        (r"name\b.*(taken|blank|empty|exists|maximum|long)|already exists", "name"),
        (r"stop time|duration|stop can't|invalid stop|999 hours|\"stop\"", "stop"),
        (r"in this period|start time|start can't|invalid start|\"start\"", "start"),
        (r"\btask|\btid\b", "task_id"),
        (r"\bproject|\bpid\b", "project_id"),
        (r"\bclient|\bcid\b", "client_id"),
        (r"\btags?\b|\btag_", "tags"),
        (r"description", "description"),
        (r"workspace|\bwid\b", "workspace_id"),
    )
)
"""The first that is found counts. Sources: toggl-api notes on the official desktop client's list
of messages, and the messages in the swagger of v9."""


def field_in(words: str) -> str | None:
    """The field that a refusal is about, if its words betray it."""
    return next((field for pattern, field in _KNOWN if pattern.search(words)), None)
