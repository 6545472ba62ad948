"""Writes what a report of a fault needs to a file, and nothing that was tracked or is secret.

What goes in is chosen by kind, not searched for what has to stay out: numbers, states, versions
and our own logs, in which nothing of the user's is written. Only free text is searched as well.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from tray.cli.context import Context
from tray.errors import ReadOnly, Refused, RemoteError, TrayError
from tray.language import tr
from tray.model import formats
from tray.sentences import reason
from tray.settings import Settings, load

_VARIABLES: Final = (
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_TYPE",
    "DESKTOP_SESSION",
    "LANG",
    "LC_ALL",
    "QT_QPA_PLATFORM",
)
"""What of the environment is written down; of all other variables, whether they are set at most."""
_ONLY_IF_SET: Final = ("DISPLAY", "WAYLAND_DISPLAY", "TOGGL_TRAY_HOME", "TOGGL_API_TOKEN")
_JOURNAL_LINES: Final = 200
_LOG_BYTES: Final = 128 * 1024
"""So much of the end of each log."""
_SHORTEST: Final = 3
"""Shorter names are not searched for in free text: they are in every other word."""
_HIDDEN: Final = "•••"

_HEADER: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z toggl-tray ")
_FRAME: Final = re.compile(r'\s+File ".*", line \d+|Traceback |During handling |The above exc')
_ERROR: Final = re.compile(r"((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit))(?::|$)")


def write(context: Context, path: str, desktop: Iterable[Sequence[object]]) -> None:
    """Write the report to a new file that only the user can read.

    Args:
        context: Of the command.
        path: Of the file.
        desktop: What was found of the desktop: topic, whether it works, and the detail.

    Raises:
        Refused: there is a file of that name already.
        ReadOnly: it cannot be written.
    """
    text = _text(context, desktop)
    try:
        with open(path, "x", encoding="utf-8", opener=_private) as file:
            file.write(text)
    except FileExistsError as error:
        raise Refused(
            tr("There is a file {path} already. Name another, or remove it.").format(path=path)
        ) from error
    except OSError as error:
        raise ReadOnly(
            tr("The report {path} cannot be written ({reason}).").format(
                path=path, reason=reason(error)
            )
        ) from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _text(context: Context, desktop: Iterable[Sequence[object]]) -> str:
    scrub = _scrubber(context)
    sections: dict[str, Callable[[], Iterable[str]]] = {
        "Program": _program,
        "Desktop": lambda: _desktop(context, desktop, scrub),
        "Settings": lambda: _settings(context, scrub),
        "Database": lambda: _database(context),
        "Account": lambda: _account(context),
        "Journal": lambda: _journal(context),
        "Log of the tray": lambda: map(scrub, _tail(context.paths.tray_log)),
        "Log of the local API": lambda: map(scrub, _tail(context.paths.api_log)),
        "Log of commands": lambda: map(scrub, _tail(context.paths.commands_log)),
        "Unexpected errors": lambda: map(scrub, _crashes(context.paths.crash_log)),
    }
    return "\n".join(
        "\n".join((f"== {title} ==", *_lines(read), "")) for title, read in sections.items()
    )


def _lines(read: Callable[[], Iterable[str]]) -> list[str]:
    """The lines of a section; what cannot be read is no reason to write no report."""
    try:
        return list(read()) or ["nothing"]
    except (TrayError, OSError) as error:
        return [f"cannot be read: {type(error).__name__}"]


def _program() -> Iterator[str]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from tray import __version__

    yield f"Toggl Tray {__version__}, Python {platform.python_version()}"
    yield platform.platform()
    for package in ("PySide6-Essentials", "requests", "keyring", "msgspec", "jeepney", "pynput"):
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} is not installed"


def _desktop(
    context: Context, found: Iterable[Sequence[object]], scrub: Callable[[str], str]
) -> Iterator[str]:
    for name in _VARIABLES:
        yield f"{name} = {scrub(context.environ.get(name, ''))}"
    for name in _ONLY_IF_SET:
        yield f"{name} is {'set' if context.environ.get(name) else 'not set'}"
    for topic, works, detail in found:
        yield f"{topic}: {works}, {scrub(str(detail))}"


def _settings(context: Context, scrub: Callable[[str], str]) -> Iterator[str]:
    loaded = load(context.paths.settings_file)  # the sentences on its faults quote the file
    yield f"{len(loaded.problems)} cannot be used"
    for key, value in loaded.settings._asdict().items():
        mark = "" if value == Settings._field_defaults[key] else " (changed)"
        shown = _without_user(value) if key == "proxy" else scrub(str(value))
        yield f"{key} = {shown}{mark}"


def _without_user(proxy: str) -> str:
    """The address of a proxy without name and password."""
    if proxy in ("", "none"):
        return proxy
    try:
        parts = urlsplit(proxy)
        place = f"{parts.scheme}://{parts.hostname}:{parts.port}"
    except ValueError:
        return "set, but no address"
    return place if parts.hostname else "set, but no address"


def _database(context: Context) -> Iterator[str]:
    db = context.db
    (version,) = db.row("PRAGMA user_version")
    (intact,) = db.row("PRAGMA quick_check(1)")
    size = os.path.getsize(context.paths.database)
    (sqlite,) = db.row("SELECT sqlite_version()")
    yield f"SQLite {sqlite}, version {version} of ours, {size:,} bytes"
    yield "intact" if intact == "ok" else "damaged"
    sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    for (table,) in list(db.rows(sql)):
        (count,) = db.row(f'SELECT count(*) FROM "{table}"')  # noqa: S608  # a name of our schema
        yield f"{table}: {count:,}"


def _account(context: Context) -> Iterator[str]:
    from tray.api.address import DEFAULT_URL, read_address
    from tray.store import account
    from tray.sync import status, status_text

    found = account.read(context.db)
    if found is None:
        return
    try:
        allowed = context.settings.unencrypted_server
        address = read_address(found.url, found.auth or None, unencrypted=allowed)
        server = "Toggl's own" if address.url == DEFAULT_URL else "another"
        yield f"server: {server}, {address.version}, {address.auth}, gateway: {address.gateway}"
    except RemoteError as error:
        yield f"server: {type(error).__name__}"
    now = status.read(context.db, now=context.now)
    failures = found.errors.failures
    yield f"state: {now.state}, trouble: {now.error_kind or 'none'}, failures: {failures}"
    yield f"pending: {now.pending}, refused: {now.refused}, conflicts: {now.conflicts}"
    yield f"last sync: {_moment(now.last_sync)}, next: {_moment(now.next_at)}"
    yield f"clock skew: {now.clock_skew} s, everything fetched: {now.history_complete}"
    for bucket in now.buckets:
        left = f"{bucket.remaining} of {bucket.total} requests left"
        yield f"{status_text.purpose(bucket, now.buckets)}: {left}"


def _moment(when: int | None) -> str:
    return formats.iso_utc(when) if when else "none"


def _journal(context: Context) -> Iterator[str]:
    """When there was something of which kind; the sentences name what was tracked."""
    from tray.store import journal

    for line in journal.latest(context.db, _JOURNAL_LINES)[::-1]:
        yield f"{formats.iso_utc(line.at)} {line.kind}"


def _tail(path: str) -> list[str]:
    try:
        with open(path, "rb") as file:
            file.seek(max(0, os.path.getsize(path) - _LOG_BYTES))
            return file.read(_LOG_BYTES).decode(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _crashes(path: str) -> Iterator[str]:
    """Where unexpected errors came up; their messages can quote anything, so they stay out."""
    for line in _tail(path):
        if _HEADER.match(line) or _FRAME.match(line):
            yield line
        elif found := _ERROR.match(line):
            yield found.group(1)


def _scrubber(context: Context) -> Callable[[str], str]:
    """Takes the user's folders, and every name that was ever tracked, out of a text."""
    folders = {context.paths.data: "DATA", os.path.expanduser("~"): "~"}
    try:
        names = _names(context)
    except TrayError:  # a database that cannot be read is what the report is about
        names = set()
    names |= {value for key, value in context.environ.items() if key.startswith("TOGGL_API_")}
    listed = sorted((each for each in names if len(each) >= _SHORTEST), key=len, reverse=True)
    either = "|".join(map(re.escape, listed)) or "(?!)"
    pattern = re.compile(f"(?<![0-9A-Za-z])(?:{either})(?![0-9A-Za-z])", re.IGNORECASE)

    def scrub(text: str) -> str:
        for folder, name in folders.items():
            text = text.replace(folder, name) if len(folder) > 1 else text
        return pattern.sub(_HIDDEN, text)

    return scrub


def _names(context: Context) -> set[str]:
    db, found = context.db, set[str]()
    for table in ("project", "client", "task", "tag", "workspace", "account"):
        found |= {str(name) for (name,) in db.rows(f"SELECT name FROM {table}")}  # noqa: S608
    found |= {str(text) for (text,) in db.rows("SELECT DISTINCT description FROM entry")}
    return found
