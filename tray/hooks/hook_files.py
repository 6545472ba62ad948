"""The hooks in their folder: which file is told what, and which may not run."""

import os
import re
import stat
import sys

from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.store.hook_events import EVENTS

HOOK_VARIABLE: Final = "TOGGL_TRAY_HOOK"
"""By it a command knows that a hook has run it; its value is the hook's name."""
_NAME: Final = re.compile(rf"({'|'.join(EVENTS)})(?:[-._].*)?")
_ASIDE: Final = re.compile(r".*(~|\.(bak|disabled|md|off|old|orig|sample|swp|tmp|txt))", re.I)
"""What editors leave, and what its user has put aside."""
_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH
_MAY_RUN: Final = stat.S_IXUSR


class Hook(NamedTuple):
    """A program in the folder."""

    event: str
    name: str
    path: str
    problem: str = ""
    """Why it is not run, as a sentence; empty: it is."""


def find(folder: str) -> list[Hook]:
    """Every hook in the order in which they run: by name."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    wrong = _problem_with_folder(folder)
    return [
        Hook(event, name, path, wrong or _problem_with(path))
        for name in names
        if (event := event_of(name)) and not os.path.isdir(path := os.path.join(folder, name))
    ]


def event_of(name: str) -> str:
    """What a file of that name is told of; empty if it is no hook."""
    found = _NAME.fullmatch(name)
    return "" if found is None or _ASIDE.fullmatch(name) else found[1]


def _problem_with_folder(folder: str) -> str:
    """Why nothing in it is run: whoever can write there could put in what the user then runs."""
    if sys.platform == "win32":
        return ""
    real = os.path.realpath(folder)
    status = os.stat(real)
    if status.st_uid != os.geteuid():
        return tr("The folder {folder} is not yours, so no hook in it is run.").format(
            folder=folder
        )
    if status.st_mode & _OTHERS:
        return tr(
            "Others can write in {folder}, so no hook in it is run. Take that right from them: "
            "chmod go-w."
        ).format(folder=folder)
    return _problem_above(real, folder)


def _problem_above(real: str, folder: str) -> str:
    """Why it is not safe to be where it is: others could put another folder in its place."""
    parent = os.path.dirname(real)
    while parent != real:
        status = os.stat(parent)
        strange = status.st_uid not in (0, os.geteuid())
        if strange or (status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX):
            return tr(
                "Others can change {parent}, in which {folder} lies, so no hook in it is run."
            ).format(parent=parent, folder=folder)
        real, parent = parent, os.path.dirname(parent)
    return ""


def _problem_with(path: str) -> str:
    """Why a file is not run."""
    name = os.path.basename(path)
    try:
        status = os.stat(path)  # of what a link leads to, which is what would run
    except OSError:
        return tr("The hook {name} leads to nothing, so it is not run.").format(name=name)
    if sys.platform == "win32":
        return ""
    if not stat.S_ISREG(status.st_mode):
        return tr("The hook {name} is no file, so it is not run.").format(name=name)
    if status.st_uid != os.geteuid():
        return tr("The hook {name} is not your own file, so it is not run.").format(name=name)
    if status.st_mode & _OTHERS:
        return tr(
            "Others can write to the hook {name}, so it is not run. Take that right from them: "
            "chmod go-w."
        ).format(name=name)
    if not status.st_mode & _MAY_RUN:
        return tr("The hook {name} may not be executed: chmod +x.").format(name=name)
    return ""
