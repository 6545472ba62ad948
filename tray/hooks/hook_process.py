"""Runs one hook: what it is given, what it may know, and for how long."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Final, NamedTuple

from tray.hooks.hook_files import HOOK_VARIABLE, Hook
from tray.paths import HOME_VARIABLE, PROFILE_VARIABLE
from tray.sentences import reason, tr

SECONDS: Final = 10
"""How long a hook may run."""
_KEPT: Final = frozenset(
    (
        *("HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER"),
        *("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"),
        *("APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "OS", "PATHEXT"),
        *("PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)", "SYSTEMDRIVE", "SYSTEMROOT"),
        *("TEMP", "TMP", "USERNAME", "USERPROFILE", "WINDIR", HOME_VARIABLE, PROFILE_VARIABLE),
    )
)
"""What a hook has of our environment. All else stays here, as tokens and passwords stand in it."""
_KEPT_BEGIN: Final = ("LC_", "XDG_")
_LEFT_OUT: Final = "XDG_ACTIVATION_TOKEN"
_MOST_OUTPUT: Final = 2_000
"""How many bytes of what it writes are read."""
_NO_WINDOW: Final = 0x0800_0000
"""Windows would show a console for it."""


class HookResult(NamedTuple):
    """What came of it."""

    output: str
    """What it wrote, on one line, as far as it is kept."""
    failure: str
    """Why it failed, as a sentence; empty: it did not."""


def environment(environ: Mapping[str, str], hook: Hook) -> dict[str, str]:
    """What a hook has of our environment, and who it is."""
    kept = {
        name: value
        for name, value in environ.items()
        if (name.upper() in _KEPT or name.startswith(_KEPT_BEGIN)) and name != _LEFT_OUT
    }
    return {**kept, HOOK_VARIABLE: hook.name, "TOGGL_TRAY_EVENT": hook.event}


def run(
    hook: Hook, message: bytes, environ: Mapping[str, str], *, seconds: float = SECONDS
) -> HookResult:
    """Run a hook to its end, or until its time is over.

    Files stand in for pipes: what it starts and leaves behind keeps nobody waiting.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(message)
        given.seek(0)
        try:
            process = _started(hook, given, taken, environ)
        except OSError as error:
            sentence = tr("The hook {name} cannot be started: {reason}.")
            return HookResult("", sentence.format(name=hook.name, reason=reason(error)))
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            sentence = tr("The hook {name} took more than {seconds} seconds and was ended.")
            failure = sentence.format(name=hook.name, seconds=seconds)
            return HookResult(_output(taken), failure)
        output = _output(taken)
    if code == 0:
        return HookResult(output, "")
    if output:
        sentence = tr("The hook {name} failed with exit code {code}: {output}")
        return HookResult(output, sentence.format(name=hook.name, code=code, output=output))
    sentence = tr("The hook {name} failed with exit code {code}.")
    return HookResult(output, sentence.format(name=hook.name, code=code))


def _started(
    hook: Hook, given: IO[bytes], taken: IO[bytes], environ: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  # the user's own program, as hook_files has made sure
        _command(hook.path, environ),
        stdin=given,
        stdout=taken,
        stderr=subprocess.STDOUT,
        env=environment(environ, hook),
        cwd=os.path.dirname(hook.path),
        start_new_session=True,
        creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
    )


def _command(path: str, environ: Mapping[str, str]) -> list[str]:
    """On Windows all but programs is opened by what the user has chosen for its ending."""
    if sys.platform == "win32" and not path.lower().endswith((".exe", ".com")):
        return [environ.get("COMSPEC", "cmd.exe"), "/d", "/c", path]
    return [path]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End it with all it has started."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _output(taken: IO[bytes]) -> str:
    taken.seek(0)
    text = taken.read(_MOST_OUTPUT).decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
