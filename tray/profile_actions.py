"""What a user can do with profiles as wholes, where files, keyring and desktop have to follow."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Final, NamedTuple

from tray import profile_names, profiles
from tray.credentials import LOCAL_API, Patience, SecretStore
from tray.desktop.autostart import Autostart, user_autostart
from tray.errors import Refused, StorageError, TrayError
from tray.ipc import lock
from tray.language import ntr, tr
from tray.model import formats
from tray.paths import PROFILE_VARIABLE, Paths
from tray.program import autostart_command, tray_command
from tray.sentences import together
from tray.store import backup, feeds
from tray.store.database import Database
from tray.store.opening import open_database

_KEYRING_SECONDS: Final = 20


class ProfileState(NamedTuple):
    """What there is to say of a profile without using it."""

    paths: Paths
    account: str = ""
    """Whose account it is; empty if nobody has signed in."""
    url: str = ""
    running: str | None = None
    """The description of the entry that runs; None if none does."""
    running_since: int = 0
    """Epoch seconds."""
    unsent: int = 0
    """How many changes the account has not been told of."""
    size_bytes: int = 0
    has_tray: bool = False
    """Whether its tray runs."""

    @property
    def name(self) -> str:
        """As it is kept."""
        return self.paths.profile


def states(environ: Mapping[str, str]) -> list[ProfileState]:
    """Every profile, looked at without changing anything, be it a database of another version."""
    found = profiles.everything(environ)
    return [_state(each, found) for each in found]


def state_of(environ: Mapping[str, str], profile: Paths) -> ProfileState:
    """One of them."""
    return _state(profile, profiles.everything(environ))


def _state(profile: Paths, found: Iterable[Paths]) -> ProfileState:
    state = ProfileState(
        profile,
        size_bytes=profiles.size_of(profile, found),
        has_tray=lock.holder(profile.lock) is not None,
    )
    if not os.path.exists(profile.database):
        return state
    try:
        with Database(profile.database) as db:
            return _looked_into(db, state)
    except StorageError:
        return state  # damaged, or not ours to read: whoever opens it will say so


def _looked_into(db: Database, state: ProfileState) -> ProfileState:
    if not db.row("SELECT 1 FROM sqlite_schema WHERE name = 'outbox'"):
        return state  # of the first version, which had no accounts
    account = db.row("SELECT name, url FROM account WHERE signed_in")
    running = db.row("SELECT description, start FROM entry WHERE stop IS NULL")
    (unsent,) = db.row("SELECT count(*) FROM outbox WHERE (SELECT signed_in FROM account)")
    return state._replace(
        account=account[0] if account else "",
        url=account[1] if account else "",
        running=running[0] if running else None,
        running_since=running[1] if running else 0,
        unsent=unsent,
    )


def rename(environ: Mapping[str, str], old: Paths, name: str) -> Paths:
    """Call a profile something else, and have the desktop start it by the new name at login.

    Raises:
        Refused: it is in use, or the default one, or the name cannot be had.
        TrayError: its folder, or what starts at login, cannot be written.
    """
    profiles.refuse_default(
        old, tr("The default profile keeps its name: older versions look for it.")
    )
    name = profile_names.checked(name)
    with _kept_unused(old) as held:
        before = _autostart(environ, old)
        starts = before.enabled()
        _let_move(held)
        new = profiles.rename(environ, old, name)
    if starts:
        before.disable()
        _autostart(environ, new).enable(autostart_command(environ_of(environ, new)))
    return new


def remove(environ: Mapping[str, str], profile: Paths, *, now: int) -> str:
    """Have a profile no more, after a backup; return the folder that keeps all its files.

    Its secrets leave the keyring: who brings it back signs in again.

    Raises:
        Refused: it is in use, or the default one.
        TrayError: the backup cannot be made, or the folder not be moved.
    """
    profiles.refuse_default(
        profile,
        tr("The default profile stays. To part it from its account, sign out there."),
    )
    with _kept_unused(profile) as held:
        names = _back_up(profile, now)
        scope = profiles.keyring_scope(profile)
        _autostart(environ, profile).disable()
        _let_move(held)
        folder = profiles.put_aside(environ, profile, backup.stamp(now))
    store = SecretStore(scope=scope, patience=Patience(_KEYRING_SECONDS, _wait, may_ask=False))
    for each in names:
        store.delete(each)
    return folder


def _wait() -> None:
    """Wait for the keyring without a word: it may not ask for anything."""


def _back_up(profile: Paths, now: int) -> list[str]:
    """Make a last copy of the database; return under which names it has secrets."""
    names = [LOCAL_API]
    if not os.path.exists(profile.database):
        return names
    with open_database(profile.database) as db:
        backup.on_demand(db, now)
        account = db.row("SELECT url FROM account")
        names += [*account, *(each.keyring_name for each in feeds.everything(db))]
    return [name for name in names if name]


def question(state: ProfileState) -> str:
    """What is asked before a profile is removed, with what would be missed."""
    remarks = []
    if state.running is not None:
        remarks.append(tr("An entry runs in it."))
    if state.unsent:
        text = ntr(
            "{count} change was not sent to its account yet.",
            "{count} changes were not sent to its account yet.",
            state.unsent,
        )
        remarks.append(text.format(count=formats.number(state.unsent)))
    return together(*remarks, tr("Remove the profile “{name}”?").format(name=state.name))


@contextmanager
def _kept_unused(profile: Paths) -> Iterator[ExitStack]:
    """Keep a profile out of use in this block: what starts meanwhile would lose its files.

    Raises:
        Refused: its tray runs, or something else exchanges with its account.
    """
    with ExitStack() as held:
        for path in (profile.lock, profile.sync_lock):
            mine = lock.acquire(path)
            if mine is None:
                raise Refused(
                    tr(
                        "The profile “{name}” is in use. Quit its tray first, then try again."
                    ).format(name=profiles.shown(profile.profile))
                )
            held.callback(mine.release)
        yield held


def _let_move(held: ExitStack) -> None:
    """Windows moves no folder with an open file in it: who begins to use it now keeps it there."""
    if sys.platform == "win32":
        held.close()


def environ_of(environ: Mapping[str, str], profile: Paths) -> dict[str, str]:
    """The environment of whatever is about this profile."""
    return {**environ, PROFILE_VARIABLE: profile.profile}


def tell_login_apart(environ: Mapping[str, str]) -> None:
    """Have what starts at login name the default profile, now that there are others.

    It was written without a name as long as there was one profile only, and would start another
    one once that was switched to. What cannot be written stays, and the settings say so.
    """
    default = profiles.everything(environ)[0]
    named = autostart_command(environ_of(environ, default))
    plain = tray_command(environ)
    try:
        autostart = _autostart(environ, default)
        if named != plain and autostart.matches(plain):
            autostart.enable(named)
    except TrayError:
        return


def _autostart(environ: Mapping[str, str], profile: Paths) -> Autostart:
    return user_autostart(environ_of(environ, profile), sys.platform)


def switch(environ: Mapping[str, str], profile: Paths) -> None:
    """Have what names no profile be about this one from now on.

    Raises:
        ReadOnly: that cannot be kept.
    """
    profiles.switch_to(environ, profile.profile)
    tell_login_apart(environ)
