"""The command that says what works on this computer and, if it does not, why."""

import argparse
import os
import sys
from collections.abc import Iterator
from typing import Final, NamedTuple

from tray import __version__, profiles, program, settings
from tray.cli import formatting
from tray.cli.context import Context
from tray.errors import TrayError
from tray.language import listed, mark, tr, tr_marked
from tray.sentences import together

_PROBE_SECONDS: Final = 30
_TOPICS: Final = (
    mark("program"),
    mark("profile"),
    mark("data folder"),
    mark("settings folder"),
    mark("log folder"),
    mark("settings"),
    mark("hooks"),
    mark("reminders"),
    mark("time zone"),
    mark("database"),
    mark("backups"),
    mark("account"),
    mark("server"),
    mark("requests left"),
    mark("keyring"),
    mark("desktop"),
    mark("running tray"),
    mark("tray icon"),
    mark("hotkeys"),
    mark("notifications"),
    mark("start at login"),
    mark("idle time"),
    mark("lock and sleep"),
)
"""What findings are on; in JSON they keep these names."""
_MARKS: Final = {True: "✓", False: "✗", None: "–"}


class Finding(NamedTuple):
    """One thing that was looked at."""

    topic: str
    works: bool | None
    """None: it does not, and need not."""
    detail: str
    """What was found, and what to do if it does not work."""


def configure_doctor(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``doctor``."""
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    parser.add_argument(
        "--report",
        metavar="FILE",
        help=tr(
            "write what a report of a fault needs to FILE: nothing that was tracked, no secret"
        ),
    )


def run_doctor(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``doctor``."""
    if options.report is not None:
        from tray.cli import fault_report

        fault_report.write(context, options.report, _desktop(context))
        print(
            tr("Written to {report}. Read it before you attach it to anything.").format(
                report=options.report
            )
        )
        return
    if options.json:
        listed = [finding._asdict() for finding in _findings(context)]
        formatting.print_json({"v": 1, "findings": listed})
        return
    columns = max(map(formatting.width, map(tr_marked, _TOPICS)))
    for finding in _findings(context):
        topic = tr_marked(finding.topic)
        space = " " * (columns - formatting.width(topic))
        row = [_MARKS[finding.works], topic + space, finding.detail]
        print(formatting.table([row]), flush=True)  # the next one may take some seconds


def _findings(context: Context) -> Iterator[Finding]:
    """Those come last that others are asked for, who may not answer."""
    yield _program()
    yield _profile(context)
    yield from _folders(context)
    yield _settings(context)
    yield _hooks(context)
    yield _reminders(context)
    yield _zone(context)
    yield _database(context)
    yield _backups(context)
    yield from _account(context)
    yield from _desktop(context)
    yield from _menu_entry(context)
    yield _keyring(context)


def _program() -> Finding:
    import platform

    version = f"Toggl Tray {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return Finding("program", True, version)


def _profile(context: Context) -> Finding:
    others = [each.profile for each in profiles.everything(context.environ)]
    name = profiles.shown(context.paths.profile)
    if len(others) == 1:
        return Finding("profile", True, tr("{name}, the only one").format(name=name))
    shown = listed(map(profiles.shown, others))
    return Finding("profile", True, tr("{name}, of {listed}").format(name=name, listed=shown))


def _folders(context: Context) -> list[Finding]:
    paths = context.paths
    folders = {
        "data folder": paths.data,
        "settings folder": paths.settings,
        "log folder": paths.log,
    }
    return [_folder(topic, folder) for topic, folder in folders.items()]


def _folder(topic: str, folder: str) -> Finding:
    present = folder
    while not os.path.exists(present):
        present = os.path.dirname(present)
    if not os.access(present, os.W_OK):
        return Finding(
            topic,
            False,
            tr("{folder} cannot be written; make {present} writable for you").format(
                folder=folder, present=present
            ),
        )
    if present != folder:
        return Finding(topic, True, tr("{folder} (made when it is needed)").format(folder=folder))
    return Finding(topic, True, folder)


def _settings(context: Context) -> Finding:
    path = context.paths.settings_file
    loaded = settings.load(path)
    problems = together(*loaded.problems, loaded.unknown)
    if problems:
        return Finding("settings", not loaded.problems, problems)
    state = (
        path
        if os.path.exists(path)
        else tr("all at their defaults; {path} would hold others").format(path=path)
    )
    return Finding("settings", True, state)


def _hooks(context: Context) -> Finding:
    from tray.hooks import hook_files

    folder = context.paths.hooks
    found = hook_files.find(folder)
    wrong = [each.problem for each in found if each.problem]
    if not context.settings.run_hooks:
        return Finding("hooks", None, tr("{folder}; none is run").format(folder=folder))
    if not found:
        return Finding("hooks", True, tr("{folder} (there are none)").format(folder=folder))
    names = listed(each.name for each in found)
    detail = tr("{folder}: {names}").format(folder=folder, names=names)
    return Finding("hooks", not wrong, together(detail, *wrong))


def _reminders(context: Context) -> Finding:
    chosen = context.settings
    if not chosen.remind_nothing_running:
        return Finding("reminders", True, tr("“Nothing is running” is off"))
    if not chosen.working_hours:
        never = tr(
            "“Nothing is running” never comes without working hours; set them in the settings"
        )
        return Finding("reminders", None, never)
    return Finding(
        "reminders",
        True,
        tr("“Nothing is running” comes {working_hours}").format(working_hours=chosen.working_hours),
    )


def _zone(context: Context) -> Finding:
    from datetime import datetime

    local = datetime.fromtimestamp(context.now, context.zone).astimezone(context.zone)
    name = context.settings.zone_name or tr("the computer's ({name})").format(name=local.tzname())
    return Finding(
        "time zone",
        True,
        tr("{name}, now {moment}, UTC{offset}").format(
            name=name, moment=f"{local:%Y-%m-%d %H:%M}", offset=f"{local:%z}"
        ),
    )


def _database(context: Context) -> Finding:
    try:
        (intact,) = context.db.row("PRAGMA quick_check(1)")
        (count,) = context.db.row("SELECT count(*) FROM entry")
    except TrayError as error:
        return Finding("database", False, str(error))
    if intact != "ok":
        return Finding(
            "database",
            False,
            tr("{database} is damaged: {intact}").format(
                database=context.paths.database, intact=intact
            ),
        )
    size = os.path.getsize(context.paths.database) / 1e6
    sqlite = sys.modules["sqlite3"].sqlite_version
    detail = tr("{database}, {entries}, {size:.1f} MB, SQLite {sqlite}").format(
        database=context.paths.database,
        entries=formatting.entries(count),
        size=size,
        sqlite=sqlite,
    )
    return Finding("database", True, detail)


def _backups(context: Context) -> Finding:
    from tray.store import backup

    copies = backup.newest_first(context.paths.backups)
    if not copies:
        return Finding("backups", True, tr("none yet; one is made on each day with a change"))
    return Finding(
        "backups",
        True,
        tr("{count}, the newest {path}").format(count=len(copies), path=copies[0]),
    )


def _account(context: Context) -> Iterator[Finding]:
    """What there is to say of the account; what that takes to import, others need not wait for."""
    from tray.cli.account_findings import findings

    return (Finding(*found) for found in findings(context))


def _menu_entry(context: Context) -> Iterator[Finding]:
    """What desktops of Linux know the program by, where there is one."""
    if sys.platform in ("win32", "darwin") or not _has_screen(context):
        return
    from tray.desktop.linux.desktop_entry import find_entry

    path = find_entry(context.environ)
    if path:
        yield Finding("menu entry", True, path)
        return
    missing = (
        "none, so that GNOME and KDE on Wayland show windows without the program's name and icon,"
        " KDE keeps no history of its notifications, and newer desktops may give it no hotkeys;"
        " `toggl-tray install` makes one"
    )
    yield Finding("menu entry", None, missing)


def _has_screen(context: Context) -> bool:
    return bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(context.environ))


def _keyring(context: Context) -> Finding:
    from tray.cli.account_findings import keyring_finding

    return Finding(*keyring_finding(context))


def _desktop(context: Context) -> list[Finding]:
    """What the desktop offers, and how it turned out in the tray if one runs."""
    running = {finding.topic: finding for finding in _found_by_tray(context)}
    probed = [running.pop(finding.topic, finding) for finding in _probed(context)]
    return [*probed, *running.values()]


def _found_by_tray(context: Context) -> list[Finding]:
    from tray.ipc.client import send
    from tray.ipc.protocol import Command, Message

    reply = send(context.paths, Message(Command.SUPPORT))
    if reply is None:
        return []
    if not reply.ok:
        return [Finding("running tray", False, reply.error)]
    return [Finding(*found) for found in reply.support]


def _probed(context: Context) -> list[Finding]:
    """Looked at in a process of its own, which loads Qt."""
    import json
    import subprocess

    if sys.platform not in ("win32", "darwin") and not _has_screen(context):
        return [Finding("desktop", True, tr("none in this session; commands work without"))]
    try:
        looked = subprocess.run(  # noqa: S603  # our own program
            program.probe_command(), capture_output=True, timeout=_PROBE_SECONDS, check=True
        )
        return [Finding(*found) for found in json.loads(looked.stdout)]
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        why = _reason(getattr(error, "stderr", b"") or str(error).encode())
        return [
            Finding("desktop", False, tr("the tray cannot be shown here: {why}").format(why=why))
        ]


def _reason(output: bytes) -> str:
    """The line of what Qt said that names the reason, else the last."""
    lines = output.decode(errors="replace").strip().splitlines() or [tr("it ended without a word")]
    return next((line for line in lines if "could not" in line.lower()), lines[-1])
