"""Starting the program when the user logs in: what there is to ask and to say."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tray.desktop.support import Support
from tray.paths import PROFILE_VARIABLE
from tray.profile_names import DEFAULT, key_of


class Autostart(Protocol):
    """The place in which this desktop looks for what to start at login.

    Every method may raise `ReadOnly`, with the sentence for the user.
    """

    @property
    def support(self) -> Support:
        """Whether the desktop will look there."""

    def enabled(self) -> bool:
        """Whether the program will be started, as far as can be known."""

    def matches(self, command: Sequence[str]) -> bool:
        """Whether `command` is what is started; if not, the program was moved: enable it anew."""

    def enable(self, command: Sequence[str]) -> None:
        """Have `command`, an absolute path with its arguments, started at every login."""

    def disable(self) -> None:
        """Have nothing started any more."""


def user_autostart(environ: Mapping[str, str], platform: str, *, unsure: str = "") -> Autostart:
    """The place of this system, for the profile that ``TOGGL_TRAY_PROFILE`` names.

    Args:
        environ: says where it is.
        platform: what `sys.platform` says.
        unsure: what to do where nobody may look there.
    """
    profile = environ.get(PROFILE_VARIABLE) or DEFAULT
    if platform == "win32":
        from tray.desktop.windows.autostart import APPROVED, RUN, RunKeyAutostart
        from tray.desktop.windows.registry import UserKey

        return RunKeyAutostart(UserKey(RUN), UserKey(APPROVED), entry_name(profile))
    if platform == "darwin":
        from tray.desktop.macos.autostart import LaunchAgent

        return LaunchAgent(environ, file_suffix(profile))
    from tray.desktop.linux.autostart import XdgAutostart

    return XdgAutostart(environ, unsure, file_suffix(profile), entry_name(profile))


def entry_name(profile: str) -> str:
    """What the user reads in the system's list of what starts."""
    return "Toggl Tray" if profile == DEFAULT else f"Toggl Tray – {profile}"


def file_suffix(profile: str) -> str:
    """What a profile's file has behind the name of the program's, in plain ASCII."""
    from binascii import crc32

    return "" if profile == DEFAULT else f"-{crc32(key_of(profile).encode()):08x}"
