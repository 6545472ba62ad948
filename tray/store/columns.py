"""Which tables and columns the user's data has: undo, sync and recovery go through these lists."""

from collections.abc import Mapping

from tray.lean_typing import Final
from tray.model.entities import What

ACTIVITY: Final = What._fields
"""What is done, as an entry, a favourite and a past activity have it: named as the fields are."""

COLUMNS: Final = {
    "workspace": ("name",),
    "client": ("workspace_id", "name", "archived", "notes", "external_reference"),
    "project": (
        *("workspace_id", "name", "client_id", "colour", "archived", "billable", "private"),
        *("template", "auto_estimates", "estimated_hours", "rate_cents", "fixed_fee_cents"),
        *("start_date", "end_date"),
    ),
    "task": ("project_id", "name", "archived", "estimated_seconds", "user_id"),
    "tag": ("workspace_id", "name", "archived"),
    "entry": (*ACTIVITY, "start", "stop"),
    "favourite": ("position", *ACTIVITY),
    "saved_report": ("name", "definition"),
    "absence": ("entry_id", "cause", "state", "stretches"),
}
"""The tables whose rows the user changes, and their columns beside ``id``."""

FILLED_IN: Final = {
    "client": {"notes", "external_reference"},
    "project": {*COLUMNS["project"][COLUMNS["project"].index("private") :]},
    "task": {"estimated_seconds", "user_id"},
}
"""The columns that are empty until a user or the server fills them in, by table."""

SYNCED: Final = ("client", "project", "task", "tag", "entry")
"""The tables whose rows the server has too; those that others refer to come first."""


ColumnValue = int | str | None
"""What a column holds, as JSON has it: flags are 0 or 1, tags a text."""
RowValues = dict[str, ColumnValue]
"""Some columns of a row, or all; what they refer to goes by our ids."""


def text(values: Mapping[str, object], column: str) -> str:
    """The text in a column; empty if it is not among these, or holds none."""
    value = values.get(column)
    return value if isinstance(value, str) else ""


def number(values: Mapping[str, object], column: str) -> int | None:
    """The number, moment or id in a column; None if it is not among these, or holds none."""
    value = values.get(column)
    return value if isinstance(value, int) else None


def json_object(columns: tuple[str, ...]) -> str:
    """The SQL expression for these columns of a row as a JSON object."""
    return "json_object(" + ", ".join(f"'{column}', {column}" for column in columns) + ")"


def image_of(text: str) -> RowValues:
    """The columns of a row as such an object has them."""
    import json  # which who only writes them does not need

    image: RowValues = json.loads(text)
    return image
