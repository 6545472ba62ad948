"""Prints what .github/CHANGELOG.md says of a version: the notes of its release."""

import re
import sys
from pathlib import Path
from typing import Final

CHANGELOG: Final = Path(__file__).parent.parent / ".github/CHANGELOG.md"


def notes(changelog: str, version: str) -> str:
    """The section of a version, without its heading.

    Raises:
        ValueError: there is none, or it is empty.
    """
    found = re.search(
        rf"^## {re.escape(version)}(?![\w.])[^\n]*\n(.*?)(?=^## |\Z)",
        changelog,
        re.MULTILINE | re.DOTALL,
    )
    text = found[1].strip() if found else ""
    if not text:
        raise ValueError(f"{CHANGELOG.name} says nothing of {version}.")
    return text


if __name__ == "__main__":
    print(notes(CHANGELOG.read_text(encoding="utf-8"), sys.argv[1].removeprefix("v")))
