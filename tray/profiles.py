"""The profiles of a user: one account each, with its own files, and what they have in common."""

import os
from collections.abc import Iterable, Mapping

from tray import common_settings, files, paths, profile_names, settings_file
from tray.common_settings import CommonSettings
from tray.language import tr
from tray.lean_contexts import suppress
from tray.lean_typing import Final
from tray.local_errors import BadFile, NotFound, ReadOnly, Refused
from tray.paths import Paths
from tray.profile_names import DEFAULT
from tray.sentences import reason

_KEYRING_ID: Final = "keyring-id"
_MOST_BYTES: Final = 4_096
_FIRST_PORT: Final = 17_887
_REMOVED: Final = ".removed"
"""The folder of removed profiles; no profile can be called so."""


def everything(environ: Mapping[str, str]) -> list[Paths]:
    """All profiles there are, the default one first."""
    default = paths.find_default(environ)
    names = profile_names.listed(default.profiles_folder)
    return [default, *(paths.of_profile(default, name, environ) for name in names)]


def shown(name: str) -> str:
    """The name of a profile as the user reads it."""
    return tr("Default") if name == DEFAULT else name


def existing(environ: Mapping[str, str], name: str) -> Paths:
    """The profile of that name.

    Raises:
        NotFound: there is none.
    """
    default = paths.find_default(environ)
    found = paths.of_profile(default, name, environ)
    if found.profile != DEFAULT and not os.path.isdir(found.data):
        raise NotFound(tr("There is no profile “{name}”.").format(name=name), kind="profile")
    return found


def create(environ: Mapping[str, str], name: str) -> Paths:
    """Make a profile, with the settings of the one that is in use now.

    Raises:
        Refused: there is one of that name, or none can be called so.
        ReadOnly: its folder cannot be made.
    """
    name = profile_names.checked(name)
    like = _in_use(environ, unlike=name)
    default = paths.find_default(environ)
    folder = default.profiles_folder
    if name == DEFAULT or profile_names.same_as(name, profile_names.listed(folder)):
        raise _exists(name)
    paths.make_private(folder)
    made = os.path.join(folder, name)
    try:
        os.mkdir(made, mode=0o700)
        if _other_of_same_name(folder, name):  # another process was as quick
            os.rmdir(made)
            raise _exists(name)
    except FileExistsError:
        raise _exists(name) from None
    except OSError as error:
        raise _unwritable(made, error) from error
    profile = paths.of_profile(default, name, environ)
    _take_settings(like, profile, everything(environ))
    return profile


def ensure(environ: Mapping[str, str], profile: Paths) -> bool:
    """Make the profile that is about to be used if there is none of its name; whether it was made.

    Raises:
        ReadOnly: its folder cannot be made.
    """
    if profile.profile == DEFAULT or os.path.isdir(profile.data):
        return False
    with suppress(Refused):  # another process was as quick
        create(environ, profile.profile)
    return True


def _in_use(environ: Mapping[str, str], *, unlike: str) -> Paths:
    """The profile whose settings a new one begins with: what runs now, or was switched to last."""
    default = paths.find_default(environ)
    named = environ.get(paths.PROFILE_VARIABLE, "")
    if not named or profile_names.key_of(named.strip()) == profile_names.key_of(unlike):
        named = paths.current(default)
    return paths.of_profile(default, named, environ)


def _other_of_same_name(folder: str, name: str) -> bool:
    key = profile_names.key_of(name)
    return sum(profile_names.key_of(each) == key for each in profile_names.listed(folder)) > 1


def _take_settings(like: Paths, made: Paths, all_profiles: Iterable[Paths]) -> None:
    """Begin with the settings of another, but serve the local API to nobody, at a port of its own.

    Settings that cannot be read are not taken; the new profile has the defaults then.
    """
    try:
        text = settings_file.read_text(like.settings_file)
        own: dict[str, object] = {"serve_api": False, "api_port": _free_port(all_profiles)}
        text = settings_file.edited(text, own, like.settings_file)
        files.replace_whole(made.settings_file, text.encode())
    except (BadFile, OSError):
        return


def _free_port(all_profiles: Iterable[Paths]) -> int:
    taken = {_port_of(each) for each in all_profiles}
    return next(port for port in range(_FIRST_PORT, 1 << 16) if port not in taken)


def _port_of(profile: Paths) -> object:
    try:
        path = profile.settings_file
        found = settings_file.parsed(settings_file.read_text(path), path)
    except BadFile:
        return _FIRST_PORT
    return found.get("api_port", _FIRST_PORT)


def rename(environ: Mapping[str, str], old: Paths, name: str) -> Paths:
    """Call a profile something else; nobody may be using it.

    Raises:
        Refused: another has that name, none can be called so, or it is the default one.
        ReadOnly: its folder cannot be renamed.
    """
    name = profile_names.checked(name)
    refuse_default(old, tr("The default profile keeps its name: older versions look for it."))
    folder = old.profiles_folder
    others = [each for each in profile_names.listed(folder) if each != old.profile]
    if name == DEFAULT or profile_names.same_as(name, others):
        raise _exists(name)
    was_current = _is_current(environ, old)
    target = os.path.join(folder, name)
    if target != old.data:
        move(old.data, target)
    if was_current:
        switch_to(environ, name)
    return paths.of_profile(paths.find_default(environ), name, environ)


def refuse_default(profile: Paths, sentence: str) -> None:
    """Refuse what cannot be done with the default profile.

    Raises:
        Refused: it is that.
    """
    if profile.profile == DEFAULT:
        raise Refused(sentence)


def move(source: str, target: str) -> None:
    """Give a profile's folder another place among the profiles, all at once or not at all.

    Raises:
        ReadOnly: that cannot be done.
    """
    try:
        paths.make_private(os.path.dirname(target))
        os.rename(source, target)
    except OSError as error:
        raise _unwritable(source, error) from error


def put_aside(environ: Mapping[str, str], profile: Paths, stamp: str) -> str:
    """Have a profile listed no more; return where all its files are kept.

    Raises:
        ReadOnly: its folder cannot be moved, or the default profile not be switched to.
    """
    target = os.path.join(profile.profiles_folder, _REMOVED, f"{profile.profile}~{stamp}")
    while os.path.exists(target):
        target += "~"
    if _is_current(environ, profile):
        switch_to(environ, DEFAULT)  # and not to another that comes to be called so
    move(profile.data, target)
    return target


def removed(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    """The removed profiles that can be brought back, the latest last: name and folder."""
    folder = os.path.join(paths.find_default(environ).profiles_folder, _REMOVED)
    try:
        found = [each for each in os.listdir(folder) if "~" in each]
    except OSError:
        return []
    parted = [(*each.rstrip("~").rpartition("~"), each) for each in found]
    ordered = sorted(parted, key=lambda each: (each[2], each[3]))
    return [(name, os.path.join(folder, each)) for name, _, _, each in ordered]


def bring_back(environ: Mapping[str, str], name: str) -> Paths:
    """Have a removed profile listed again, as it was; of several of that name the latest.

    Raises:
        NotFound: none of that name was removed.
        Refused: there is another one of that name by now.
        ReadOnly: its folder cannot be moved.
    """
    name = profile_names.checked(name)
    key = profile_names.key_of(name)
    found = [each for each in removed(environ) if profile_names.key_of(each[0]) == key]
    if not found:
        raise NotFound(tr("No profile “{name}” was removed.").format(name=name))
    default = paths.find_default(environ)
    if profile_names.same_as(name, profile_names.listed(default.profiles_folder)):
        raise _exists(name)
    move(found[-1][1], os.path.join(default.profiles_folder, found[-1][0]))
    return existing(environ, found[-1][0])


def _is_current(environ: Mapping[str, str], profile: Paths) -> bool:
    return paths.current(paths.find_default(environ)) == profile.profile


def switch_to(environ: Mapping[str, str], name: str) -> None:
    """Have what names no profile be about this one from now on.

    Raises:
        ReadOnly: that cannot be kept.
    """
    _write(paths.find_default(environ), paths.CURRENT, name)


def note_use(environ: Mapping[str, str], profile: Paths) -> None:
    """Switch to the profile whose tray the user starts by name; where that cannot be kept, do not.

    As long as there is no other profile, nothing is written.
    """
    if os.path.isdir(profile.profiles_folder):
        with suppress(ReadOnly):
            switch_to(environ, profile.profile)


def set_common(environ: Mapping[str, str], chosen: CommonSettings) -> None:
    """Keep what profiles have in common.

    Raises:
        ReadOnly: that cannot be done.
    """
    import json

    _write(paths.find_default(environ), common_settings.FILE, json.dumps(chosen._asdict()))


def _write(default: Paths, name: str, text: str) -> None:
    path = os.path.join(default.profiles_folder, name)
    try:
        files.replace_whole(path, text.encode())
    except OSError as error:
        raise _unwritable(path, error) from error


def keyring_scope(profile: Paths) -> str:
    """What tells a profile's secrets from the others' in the keyring; empty for the default one.

    It is made once, at random, and stays in the folder: a name may come to be another profile's.
    """
    if profile.profile == DEFAULT:
        return ""
    path = os.path.join(profile.data, _KEYRING_ID)
    with suppress(OSError):
        paths.make_private(profile.data)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, os.urandom(8).hex().encode())
        finally:
            os.close(descriptor)
    try:
        found = files.read_regular(path, max_bytes=_MOST_BYTES).decode("ascii", "replace").strip()
    except OSError:
        found = ""
    return f"profile {found or profile.profile}"


def size_of(profile: Paths, all_profiles: Iterable[Paths]) -> int:
    """How many bytes its files take, without those of others that lie below them."""
    others = {each.data for each in all_profiles} | {profile.profiles_folder}
    total = 0
    for top in dict.fromkeys((profile.data, profile.settings, profile.log)):
        for folder, below, names in os.walk(top):
            below[:] = [each for each in below if os.path.join(folder, each) not in others]
            for name in names:
                with suppress(OSError):
                    total += os.lstat(os.path.join(folder, name)).st_size
    return total


def _exists(name: str) -> Refused:
    return Refused(tr("There is a profile “{name}” already.").format(name=shown(name)))


def _unwritable(path: str, error: OSError) -> ReadOnly:
    return ReadOnly(
        tr("The profile's {path} cannot be written ({reason}). Make it writable for you.").format(
            path=path, reason=reason(error)
        )
    )
