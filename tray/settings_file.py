"""The text of the settings file: TOML, read with care, and changed without touching the rest."""

from tray import files
from tray.language import tr
from tray.lean_typing import Final
from tray.local_errors import BadFile
from tray.sentences import reason

_MAX_BYTES: Final = 64 << 10
"""Twenty times what every setting takes with its comment."""
_LONG: Final = 10
"""Digits of no number that is a setting."""
_MAX_DOTS: Final = 100
"""In a line: tomllib keeps every beginning of a dotted key, which of 50,000 parts fills 5.8 GB."""


def read_text(path: str) -> str:
    """What is written in the file; nothing if it is not there.

    Raises:
        BadFile: it cannot be read, or is not UTF-8.
    """
    try:
        return files.read_regular(path, max_bytes=_MAX_BYTES).decode().removeprefix("\ufeff")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise BadFile(
            tr("The settings in {path} cannot be read ({reason}).").format(
                path=path, reason=reason(error)
            )
        ) from error
    except UnicodeDecodeError as error:
        raise _not_toml(path, error) from error


def parsed(text: str, path: str) -> dict[str, object]:
    """The keys and values of the file, unchecked.

    Raises:
        BadFile: it is not TOML.
    """
    plain = _plain_values(text)
    if plain is not None:
        return plain
    import tomllib

    if any(line.count(".") > _MAX_DOTS for line in text.splitlines()):
        raise _not_toml(path, tr("a line has more than {most} dots").format(most=_MAX_DOTS))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_toml(path, error) from error


def _plain_values(text: str) -> dict[str, object] | None:
    """The values of a text that has one to a line, as a rule; None if only tomllib can tell.

    That takes longer to load than all else that a command does before it looks at the database.
    """
    found: dict[str, object] = {}
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.isprintable():
            return None
        key, _, value = map(str.strip, line.partition("="))
        if key.startswith("#") or not line.strip():
            continue
        inner = value[1:-1]
        if not (key.isidentifier() and key.isascii()) or key in found:
            return None
        if value in ("true", "false"):
            found[key] = value == "true"
        elif value.isdecimal() and value.isascii() and len(value) < _LONG and value[0] != "0":
            found[key] = int(value)
        elif value == f'"{inner}"' and not {'"', "\\"} & {*inner}:
            found[key] = inner
        else:
            return None
    return found


def _not_toml(path: str, reason: object) -> BadFile:
    return BadFile(
        tr(
            "The settings in {path} are not valid TOML ({reason}). Mend or remove that line."
        ).format(path=path, reason=reason)
    )


def edited(text: str, changed: dict[str, object], path: str) -> str:
    """The text of the file with other values for some keys; everything else stays as written."""
    import tomlkit  # takes longer than most commands
    from tomlkit.exceptions import TOMLKitError

    if text and not text.endswith("\n"):
        text += "\n"
    try:
        document = tomlkit.parse(text)
        for key, value in changed.items():
            document[key] = value
        return document.as_string()
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise _not_toml(path, error) from error
