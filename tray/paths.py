"""Where the program keeps its files, of one profile in a process.

With ``TOGGL_TRAY_HOME`` set, everything lies in that one folder. Without it, each kind goes where
the platform wants it: the XDG base directories on Linux and other Unixes, ``Library`` on macOS and
``%LOCALAPPDATA%`` on Windows. The rules are written out here because the library for them takes
longer to import than the command line may take to answer (see tests/benchmarks).

The socket has a folder of its own, in ``XDG_RUNTIME_DIR`` if that is the user's, else beside the
data. With ``TOGGL_TRAY_HOME`` it is ``run`` in there, unless that makes a longer path than a socket
may have; then it is the session's folder, or else one in ``/tmp``. Nobody has to guess which: the
lock file says where the socket is.

All this is the default profile's. Any other has all its files in one folder of its own, below
``profiles`` in that of the data, so that it is renamed, removed and brought back in one go.
"""

import os
import sys
from collections.abc import Mapping

from tray import profile_names
from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.local_errors import ReadOnly, UserError
from tray.profile_names import DEFAULT, PROFILES
from tray.sentences import reason

APP: Final = "toggl-tray"
HOME_VARIABLE: Final = "TOGGL_TRAY_HOME"
PROFILE_VARIABLE: Final = "TOGGL_TRAY_PROFILE"
CURRENT: Final = ".current"
"""The file in there with the name of the profile that was switched to last; no profile is so."""
_MOST_CURRENT_BYTES: Final = 512

MOST_SOCKET_BYTES: Final = 100
"""A socket's path may have 103 bytes on macOS, 107 on Linux; Qt wants some of them for itself."""


class Paths(NamedTuple):
    """Absolute folders and files; none of them needs to exist yet."""

    data: str
    """Folder of the database and its backups."""
    settings: str
    """Folder of ``settings.toml``."""
    log: str
    """Folder of the log files."""
    runtime: str
    """Folder of the socket, for nothing else and nobody else."""
    profile: str = DEFAULT
    """Whose they are."""
    profiles: str = ""
    """Folder of all other profiles; empty: in that of the data."""

    @property
    def profiles_folder(self) -> str:
        """Where all profiles but the default one lie, whichever this is."""
        return self.profiles or os.path.join(self.data, PROFILES)

    @property
    def lock(self) -> str:
        """The file that the first instance keeps locked; it says where its socket is."""
        return os.path.join(self.data, "tray.lock")

    @property
    def sync_lock(self) -> str:
        """The file that is kept locked by the one process that speaks with the account's server."""
        return os.path.join(self.data, "sync.lock")

    @property
    def socket(self) -> str:
        """Where the first instance listens; each data folder has its own, as it has its lock."""
        from binascii import crc32

        return os.path.join(self.runtime, f"{crc32(os.fsencode(self.data)):08x}.sock")

    @property
    def database(self) -> str:
        """The SQLite file."""
        return os.path.join(self.data, f"{APP}.db")

    @property
    def backups(self) -> str:
        """The folder of the rotating copies of the database."""
        return os.path.join(self.data, "backups")

    @property
    def settings_file(self) -> str:
        """The settings, as TOML."""
        return os.path.join(self.settings, "settings.toml")

    @property
    def hooks(self) -> str:
        """The folder of the user's own programs that are told what happens."""
        return hooks_folder(self.settings)

    @property
    def hooks_lock(self) -> str:
        """The file that is kept locked by the one process that runs hooks."""
        return os.path.join(self.data, "hooks.lock")

    @property
    def seen_version(self) -> str:
        """Which version was started last, so that what is new is said once."""
        return os.path.join(self.data, "seen-version")

    @property
    def mini_place(self) -> str:
        """Where on the screen the small window was left."""
        return os.path.join(self.data, "small-window")

    @property
    def tray_log(self) -> str:
        """What the tray does."""
        return os.path.join(self.log, "tray.log")

    @property
    def commands_log(self) -> str:
        """What commands do that speak with the server; two processes cannot rotate one file."""
        return os.path.join(self.log, "commands.log")

    @property
    def api_log(self) -> str:
        """What the process does that serves the local API."""
        return os.path.join(self.log, "api.log")

    @property
    def crash_log(self) -> str:
        """Where an unexpected error leaves its details."""
        return os.path.join(self.log, "crash.log")


def hooks_folder(settings_folder: str) -> str:
    """Where the user's own programs lie that are told what happens."""
    return os.path.join(settings_folder, "hooks")


def find(environ: Mapping[str, str], platform: str = sys.platform) -> Paths:
    """Decide the folders from the environment; `platform` is what `sys.platform` says.

    Without a name in ``TOGGL_TRAY_PROFILE`` it is the profile that was switched to last.

    Raises:
        UserError: ``TOGGL_TRAY_HOME`` names something that is not a folder, or
            ``TOGGL_TRAY_PROFILE`` what no profile can be called.
    """
    default = find_default(environ, platform)
    name = environ.get(PROFILE_VARIABLE, "").strip()
    return of_profile(default, name or current(default), environ, platform)


def of_profile(
    default: Paths, name: str, environ: Mapping[str, str], platform: str = sys.platform
) -> Paths:
    """The folders of a profile, whether or not there is one of that name yet.

    Raises:
        UserError: no profile can be called so.
    """
    name = profile_names.checked(name)
    if name == DEFAULT:
        return default
    folder = default.profiles_folder
    name = profile_names.same_as(name, profile_names.listed(folder)) or name
    own = os.path.join(folder, name)
    return Paths(own, own, own, _runtime(environ, platform, own), name, folder)


def current(default: Paths) -> str:
    """The profile that was switched to last, if it is there still; else the default one."""
    path = os.path.join(default.profiles_folder, CURRENT)
    try:
        with open(path, encoding="utf-8") as file:
            name = profile_names.checked(file.read(_MOST_CURRENT_BYTES))
    except (OSError, ValueError, UserError):
        return DEFAULT
    return profile_names.same_as(name, profile_names.listed(default.profiles_folder)) or DEFAULT


def find_default(environ: Mapping[str, str], platform: str = sys.platform) -> Paths:
    """The folders of the default profile.

    Raises:
        UserError: ``TOGGL_TRAY_HOME`` names something that is not a folder.
    """
    home = environ.get(HOME_VARIABLE, "")
    if home:
        folder = os.path.abspath(os.path.expanduser(home))
        if os.path.exists(folder) and not os.path.isdir(folder):
            raise UserError(
                tr(
                    "{variable} is set to {folder}, which is a file. Set it to a "
                    "folder, or unset it to use the usual places."
                ).format(variable=HOME_VARIABLE, folder=folder)
            )
        return Paths(folder, folder, folder, _runtime(environ, platform, folder))
    user = user_home(environ)
    if platform == "win32":
        local = environ.get("LOCALAPPDATA") or os.path.join(user, "AppData", "Local")
        folder = os.path.join(local, APP)
        log = os.path.join(folder, "log")
        return Paths(folder, folder, log, _runtime(environ, platform, folder))
    if platform == "darwin":
        support = os.path.join(user, "Library", "Application Support", APP)
        log = os.path.join(user, "Library", "Logs", APP)
        return Paths(support, support, log, _runtime(environ, platform, support))
    data = _xdg(environ, "XDG_DATA_HOME", os.path.join(user, ".local", "share"))
    return Paths(
        data,
        _xdg(environ, "XDG_CONFIG_HOME", os.path.join(user, ".config")),
        _xdg(environ, "XDG_STATE_HOME", os.path.join(user, ".local", "state")),
        _runtime(environ, platform, data),
    )


def user_home(environ: Mapping[str, str]) -> str:
    """The user's home; an empty name of it counts as none, as else the root would be taken.

    Raises:
        UserError: nobody knows one.
    """
    if environ.get("HOME"):
        return environ["HOME"]
    if os.environ.get("HOME") != "" or sys.platform == "win32":
        return os.path.expanduser("~")
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_dir
    except KeyError:
        raise UserError(
            tr(
                "HOME is empty, and this user has no home. Set HOME or {variable} to a folder."
            ).format(variable=HOME_VARIABLE)
        ) from None


def _xdg(environ: Mapping[str, str], variable: str, fallback: str) -> str:
    """Our folder under an XDG base directory; a relative one counts as unset, as XDG says."""
    base = environ.get(variable, "")
    return os.path.join(base if os.path.isabs(base) else fallback, APP)


def _runtime(environ: Mapping[str, str], platform: str, data: str) -> str:
    """The folder of the socket (on Windows, whose pipes lie in none, it goes unused)."""
    beside_data = os.path.join(data, "run")
    if platform == "win32":
        return beside_data
    session = environ.get("XDG_RUNTIME_DIR", "")
    in_session = [os.path.join(session, APP)] if _is_ours(session) else []
    named = environ.get(HOME_VARIABLE)
    choices = [beside_data, *in_session] if named else [*in_session, beside_data]
    last = f"/tmp/{APP}-{os.geteuid()}"  # noqa: S108 (tray/ipc/socket_folder.py looks who has made it)
    return next(filter(_fits_socket, choices), last)


def _is_ours(folder: str) -> bool:
    """Whether it is there and our user's: after `su`, XDG_RUNTIME_DIR may be another's."""
    try:
        return os.path.isabs(folder) and os.stat(folder).st_uid == os.geteuid()
    except OSError:
        return False


def _fits_socket(folder: str) -> bool:
    return len(os.fsencode(os.path.join(folder, "01234567.sock"))) <= MOST_SOCKET_BYTES


def make_private(folder: str) -> None:
    """Make `folder` (and its parents) for the user alone, if it is not there yet.

    Raises:
        ReadOnly: it cannot be made.
    """
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise ReadOnly(
            tr(
                "The folder {folder} cannot be made ({reason}). Make it writable, or "
                "set {variable} to a folder that is."
            ).format(folder=folder, reason=reason(error), variable=HOME_VARIABLE)
        ) from error
