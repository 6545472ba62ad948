"""Sentences that terminal and window share name no command, option, variable or window."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import tray

SHARED: Final = ("api", "credentials", "ipc", "model", "session", "store", "sync", "tracker")
_COMMAND: Final = re.compile(
    r"toggl-tray [a-z]|(^|\s)--[a-z]|\bTOGGL_\w+ to\b|Toggl Tray window|\bclick", re.IGNORECASE
)


def sentences(tree: ast.Module) -> Iterator[str]:
    """The texts in a module; docstrings, which stand alone, are for its readers only."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


@pytest.mark.parametrize("package", SHARED)
def test_no_command_is_named(package: str) -> None:
    folder = Path(tray.__file__).parent / package
    found = [
        f"{path.relative_to(folder.parent)}: {text}"
        for path in sorted(folder.rglob("*.py")) or [folder.with_suffix(".py")]
        for text in sentences(ast.parse(path.read_text("utf-8")))
        if _COMMAND.search(text)
    ]
    assert found == []
