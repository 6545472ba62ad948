"""Looks over what is said of clients, projects and tasks, and says what of it stays here."""

from collections.abc import Mapping
from typing import Final

from tray.api.address import Version, stored_address
from tray.errors import Refused
from tray.language import grouped, tr
from tray.model.field_words import word_for
from tray.model.limits import MAX_DESCRIPTION, one_line
from tray.model.plans import NOT_IN_V8, PAID_ONLY
from tray.model.typed_days import read_date
from tray.sentences import enumerated
from tray.store import account, remote_rows
from tray.store.catalogue import Kind
from tray.store.database import Database

_AMOUNTS: Final = ("estimated_hours", "rate_cents", "fixed_fee_cents", "estimated_seconds")
_DATES: Final = ("start_date", "end_date")
_NOTES: Final = ("notes", "external_reference")
TEXTS: Final = (*_NOTES, *_DATES)
FLAGS: Final = ("private", "template", "auto_estimates")
"""The columns that hold a text, and those that hold yes or no."""


def checked(values: Mapping[str, object]) -> dict[str, object]:
    """The columns as they are stored: an empty text is none.

    Raises:
        Refused: a negative amount, no date, a text that is too long.
    """
    return {name: _checked(name, value) for name, value in values.items()}


def _checked(name: str, value: object) -> object:
    if name in _NOTES and isinstance(value, str):
        return _text(name, value)
    if name in _DATES and isinstance(value, str):
        return _day(name, value)
    if name in _AMOUNTS and isinstance(value, int) and value < 0:
        raise Refused(
            tr("The {field} cannot be negative. Leave out the minus.").format(field=word_for(name)),
            field=name,
        )
    return value


def _text(name: str, text: str) -> str | None:
    clean = "\n".join(map(one_line, text.splitlines())).strip()
    if len(clean) > MAX_DESCRIPTION:
        raise Refused(
            tr("The {field} can have at most {most} characters. Shorten it.").format(
                field=word_for(name), most=grouped(MAX_DESCRIPTION)
            ),
            field=name,
        )
    return clean or None


def _day(name: str, text: str) -> str | None:
    if not text:
        return None
    try:
        return read_date(text).isoformat()
    except ValueError as error:
        raise Refused(
            tr("“{text}” is no {field}. Write it like 2026-12-24.").format(
                text=text, field=word_for(name)
            ),
            field=name,
        ) from error


def check_order(values: Mapping[str, object]) -> None:
    """Raise `Refused` if a project would end before it starts."""
    start, end = values.get("start_date"), values.get("end_date")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        raise Refused(tr("The end date lies before the start date. Correct one."), field="end_date")


def lacking(db: Database, kind: Kind, workspace_id: int) -> tuple[str, ...]:
    """The columns of a kind that the workspace's plan, or its server, does not keep."""
    found, known = account.read(db), remote_rows.of_row(db, "workspace", workspace_id)
    if found is None or known is None:
        return ()
    by_plan = () if known.base.get("premium") else PAID_ONLY.get(kind, ())
    is_v8 = stored_address(found.url).version is Version.V8
    return (*by_plan, *(NOT_IN_V8.get(kind, ()) if is_v8 else ()))


def remarks(
    db: Database, kind: Kind, workspace_id: int, values: Mapping[str, object]
) -> tuple[str, ...]:
    """What of these columns stays on this computer, as the workspace's plan has no such thing."""
    known = remote_rows.of_row(db, "workspace", workspace_id)
    if known is None or known.base.get("premium"):
        return ()
    if kind == "task":
        return (tr("The workspace's plan has no tasks, so this stays on this computer."),)
    lacking = [name for name in PAID_ONLY.get(kind, ()) if values.get(name)]
    if not lacking:
        return ()
    names = tr("archived clients") if kind == "client" else enumerated(map(word_for, lacking))
    return (
        tr("The workspace's plan has no {names}, so that stays on this computer.").format(
            names=names
        ),
    )
