"""The text of the settings file: TOML, read with care, and changed without touching the rest."""

from tray import files
from tray.language import tr
from tray.lean_typing import Final
from tray.local_errors import BadFile
from tray.sentences import reason

_MAX_BYTES: Final = 64 << 10
"""Twenty times what every setting takes with its comment."""
_MAX_DOTS: Final = 100
"""In a line: tomllib keeps every beginning of a dotted key, which of 50,000 parts fills 5.8 GB."""


def read_text(path: str) -> str:
    """What is written in the file; nothing if it is not there.

    Raises:
        BadFile: it cannot be read, or is not UTF-8.
    """
    try:
        return files.read_regular(path, max_bytes=_MAX_BYTES).decode("utf-8-sig")
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
    if not text:
        return {}
    import tomllib

    if any(line.count(".") > _MAX_DOTS for line in text.splitlines()):
        raise _not_toml(path, tr("a line has more than {most} dots").format(most=_MAX_DOTS))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_toml(path, error) from error


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
