"""Which part of the program may import which library; the layers are held by `lint-imports`."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

import tray

USERS: Final = {
    "PySide6": {
        "tray.app",
        "tray.desktop",
        "tray.ipc.server",
        "tray.ipc.unix_socket",
        "tray.session",
        "tray.ui",
        "tray.workers",
    },
    "Xlib": {"tray.desktop"},
    "argcomplete": {"tray.cli"},
    "dateutil": {"tray.ical"},
    "icalendar": {"tray.ical"},
    "jeepney": {"tray.desktop"},
    "keyring": {"tray.credentials"},
    "secretstorage": {"tray.credentials"},
    "msgspec": {"tray.api", "tray.ipc", "tray.settings"},
    "pynput": {"tray.desktop"},
    "rapidfuzz": {"tray.model"},
    "requests": {"tray.api"},
    "sqlite3": {"tray.store"},
    "tomlkit": {"tray.settings_file"},
    "urllib3": {"tray.api"},
    "waitress": {"tray.hub"},
    "werkzeug": {"tray.hub"},
    "winrt": {"tray.desktop"},
}
"""Each library that is not for everyone, and the modules (with what is in them) that may use it."""

FREE: Final = {*sys.stdlib_module_names, "tray"} - USERS.keys()
"""What any part may import."""


LEAN: Final = {"tray.lean_typing", "tray.lean_contexts", "tray.lean_enum"}
"""What stands in for `typing` and `contextlib`, which readers know."""

LONGEST_CHAIN: Final = 15
"""So many modules stand above one another at most: each is one more to know for a reader."""


class Import(NamedTuple):
    """One import, as written or as ``import_module("name")``."""

    module: str
    """The importing module, such as ``tray.store.entries``."""
    name: str
    """What it imports, in full: ``tray.model`` or ``PySide6.QtCore``."""


def imports_of(module: str, source: str) -> Iterator[Import]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                yield from (Import(module, alias.name) for alias in node.names)
            case ast.ImportFrom(level=0, module=str(name)):
                yield Import(module, name)
                yield from (Import(module, f"{name}.{alias.name}") for alias in node.names)
            case ast.ImportFrom():
                raise AssertionError(f"{module}: imports are absolute here")
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield Import(module, name)


def all_imports() -> list[Import]:
    root = Path(tray.__file__).parent
    found: list[Import] = []
    for file in sorted(root.rglob("*.py")):
        parts = file.relative_to(root.parent).with_suffix("").parts
        module = ".".join(part for part in parts if part != "__init__")
        found += imports_of(module, file.read_text(encoding="utf-8"))
    return found


def longest_chain() -> tuple[str, ...]:
    """The modules of the longest way down, whatever is imported late or for its types only."""
    found = all_imports()
    modules = {each.module for each in found}
    below = defaultdict(set)
    for module, name in found:
        below[module].add(name)
        below[module] -= {name.rpartition(".")[0]} if name in modules else set()

    @cache
    def chain(module: str) -> tuple[str, ...]:
        ways = (chain(name) for name in below[module] & modules - {module, *LEAN})
        return (module, *max(ways, key=len, default=()))

    return max(map(chain, modules), key=len)


def test_no_chain_of_imports_is_too_long() -> None:
    assert len(longest_chain()) <= LONGEST_CHAIN, longest_chain()


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def may_import(module: str, library: str) -> bool:
    return library in FREE or any(is_in(module, user) for user in USERS.get(library, ()))


def test_each_library_is_imported_only_where_the_design_says() -> None:
    found = all_imports()
    assert any(is_in(each.module, "tray.store") and each.name == "sqlite3" for each in found)
    assert [each for each in found if not may_import(each.module, each.name.split(".")[0])] == []


def test_operating_systems_know_nothing_of_each_other() -> None:
    desktop = Path(tray.__file__).parent / "desktop"
    systems = [f"tray.desktop.{folder.parent.name}" for folder in desktop.glob("*/__init__.py")]
    crossing = [
        each
        for each in all_imports()
        for system in systems
        if is_in(each.name, system)
        and any(is_in(each.module, other) for other in systems if other != system)
    ]
    assert crossing == []


@pytest.mark.parametrize(
    ("source", "library"),
    [
        ("import sqlite3", "sqlite3"),
        ("import requests.adapters as a", "requests"),
        ("from PySide6 import QtCore", "PySide6"),
        ("def late():\n    from keyring.errors import KeyringError", "keyring"),
        ("import importlib\nimportlib.import_module('pynput.keyboard')", "pynput"),
        ("import numpy", "numpy"),
    ],
)
def test_no_way_of_importing_is_overlooked(source: str, library: str) -> None:
    names = [each.name.split(".")[0] for each in imports_of("tray.model.x", source)]
    assert library in names
    assert not may_import("tray.model.x", library)
    assert not any(may_import(f"{user}_too", library) for user in USERS.get(library, ()))
