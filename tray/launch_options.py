"""The options that stand beside any command: they say what it is about, not what it does."""

import sys
from collections.abc import MutableMapping, Sequence

from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.paths import HOME_VARIABLE, PROFILE_VARIABLE

PROFILE: Final = "--profile"
AT_LOGIN: Final = "--at-login"
"""The desktop starts the tray, not the user, who may have switched to another profile since."""


class LaunchOptions(NamedTuple):
    """What is left of a command line, and what was taken out of it."""

    arguments: list[str]
    debug: bool = False
    named: bool = False
    """Whether the user has named the profile here."""
    at_login: bool = False
    """Whether the desktop starts the tray, and nothing is to be seen if one runs already."""


def take(arguments: Sequence[str], environ: MutableMapping[str, str]) -> LaunchOptions:
    """Take them out of a command line; folder and profile go into the environment.

    Raises:
        SystemExit: one is not complete; the user has been told.
    """
    rest, name = without_profile(arguments)
    if rest[:1] == ["--home"] and rest[1:2]:
        environ[HOME_VARIABLE] = rest[1]
        rest = rest[2:]
    if rest[:1] == ["--no-hooks"]:
        environ["TOGGL_TRAY_NO_HOOKS"] = "1"
        rest = rest[1:]
    if debug := rest[:1] == ["--debug"]:
        rest = rest[1:]
    at_login = rest[:1] == [AT_LOGIN]
    if name is not None:
        if not name.strip():
            sys.stderr.write("toggl-tray: " + tr("--profile needs the name of a profile.") + "\n")
            raise SystemExit(2)
        environ[PROFILE_VARIABLE] = name
    return LaunchOptions(rest[at_login:], debug, name is not None and not at_login, at_login)


def without_profile(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words without ``--profile NAME``, and the name; empty if it is missing, None if all is.

    What stands behind ``--`` is text, whatever it looks like. The last name counts.
    """
    end = words.index("--") if "--" in words else len(words)
    rest: list[str] = []
    name: str | None = None
    found = iter(words[:end])
    for word in found:
        if word == PROFILE:
            name = next(found, "")
        elif word.startswith(f"{PROFILE}="):
            name = word.partition("=")[2]
        else:
            rest.append(word)
    return [*rest, *words[end:]], name
