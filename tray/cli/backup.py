"""The command for copies of the database: list, make, restore."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from tray.cli import account as shared
from tray.cli import formatting
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.errors import NotFound
from tray.language import ntr, tr
from tray.model import formats
from tray.model.formats import iso_utc
from tray.store import account, backup


class _Copy(NamedTuple):
    """One copy, as it is listed."""

    path: str
    made_at: int
    size_bytes: int
    content: backup.BackupContent


def configure_backup(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``backup``."""
    parser.add_argument("--json", action="store_true", help=tr("list as JSON"))
    actions = add_actions(parser)
    listing = add_action(
        actions, "list", explanation=tr("list the copies there are"), run=run_backup
    )
    listing.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=tr("as JSON")
    )
    add_action(actions, "make", explanation=tr("make a copy now, to be kept for good"), run=_make)
    restore = add_action(
        actions,
        "restore",
        explanation=tr("go back to a copy, after a copy of what is now"),
        run=_restore,
    )
    restore.add_argument("copy", help=tr("the name of a copy, the path of one, or “last”"))


def run_backup(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``backup`` and ``backup list``."""
    copies = [_looked_at(path) for path in backup.newest_first(context.paths.backups)]
    if options.json:
        formatting.print_json({"v": 1, "backups": [_json(each) for each in copies]})
    elif not copies:
        print(
            tr("No copies yet. One is made on each day with a change; `backup make` makes one now.")
        )
    else:
        print(formatting.table([_row(context, each) for each in copies], right=(2, 3)))


def _looked_at(path: str) -> _Copy:
    status = os.stat(path)
    return _Copy(path, int(status.st_mtime), status.st_size, backup.content_of(path))


def _json(copy: _Copy) -> dict[str, object]:
    latest = copy.content.latest_start
    return {
        "name": os.path.basename(copy.path),
        "path": copy.path,
        "made_at": iso_utc(copy.made_at),
        "size_bytes": copy.size_bytes,
        "entries": copy.content.entries,
        "last_entry": None if latest is None else iso_utc(latest),
    }


def _row(context: Context, copy: _Copy) -> list[str]:
    entries, latest = copy.content
    last = (
        ""
        if latest is None
        else tr("the last of {moment}").format(moment=formatting.moment(context, latest))
    )
    return [
        os.path.basename(copy.path),
        formatting.moment(context, copy.made_at),
        tr("{number:.1f} MB").format(number=copy.size_bytes / 1e6),
        tr("cannot be read") if entries is None else formatting.entries(entries),
        last,
    ]


def _make(context: Context, _: argparse.Namespace) -> None:
    path = backup.on_demand(context.db, context.now)
    print(tr("Made {path}.").format(path=path))


def _restore(context: Context, options: argparse.Namespace) -> None:
    from tray.store.recovery.restore import restore

    source = _found(context, options.copy)
    found = account.read(context.db)
    before = backup.before_restore(context.db, context.now)
    if found is not None and found.signed_in:
        with shared.silenced(context), _signed_in_if_it_fails(context):
            restore(context.db, source)
    else:
        restore(context.db, source)
    shared.notify_tray(context)
    entries, latest = backup.content_of(source)
    count = entries or 0
    if latest is None:
        text = ntr("Restored {count} entry.", "Restored {count} entries.", count)
    else:
        text = ntr(
            "Restored {count} entry, the last of {moment}.",
            "Restored {count} entries, the last of {moment}.",
            count,
        )
    moment = "" if latest is None else formatting.moment(context, latest)
    print(text.format(count=formats.number(count), moment=moment))
    print(tr("What was here before is kept in {before}.").format(before=before))


@contextmanager
def _signed_in_if_it_fails(context: Context) -> Iterator[None]:
    try:
        yield
    except BaseException:
        account.update(context.db, signed_in=True)
        shared.notify_tray(context)
        raise


def _found(context: Context, name: str) -> str:
    """The path of the copy that is named.

    Raises:
        NotFound: there is none.
    """
    copies = backup.newest_first(context.paths.backups)
    if name == "last" and copies:
        return copies[0]
    for path in copies:
        if name in (os.path.basename(path), os.path.basename(path).removesuffix(".db")):
            return path
    if os.path.isfile(name):
        return name
    raise NotFound(
        tr("There is no copy “{name}”. `toggl-tray backup list` shows which there are.").format(
            name=name
        )
    )
