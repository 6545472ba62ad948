"""One name stands for one thing: no class and no module shares its name with an unlike one."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

import tray

MIRRORED_MODULES: Final = {
    "absences": "rows of the store, and what a user can do with them",
    "account": "what the commands of the account share, and the row of the store",
    "autostart": "one for each operating system, behind one that chooses",
    "backup": "the command, and the copies",
    "catalogue": "commands, what a user can do, and rows: of projects, clients, tasks and tags",
    "entries": "commands, what a user can do, and rows: of entries",
    "favourites": "commands, what a user can do, and rows: of favourites",
    "hotkeys": "one for an operating system, behind what all do alike",
    "idle": "one for each operating system, behind what all do alike",
    "in_use": "one for each operating system, behind what all do alike",
    "journal": "the command, and the rows",
    "power": "one for each operating system, behind what all do alike",
    "problems": "the command, the decisions themselves, and their window",
    "saved_reports": "what a user can do, and rows: of saved reports",
    "status": "the command, and what it shows",
    "timer": "commands, and what a user can do: start, stop, continue",
    "workspaces": "the command, and what a user can do with one",
    "us_layout": "the positions of keys, and what macOS calls them",
}
"""Module names that several layers, or several operating systems, have for the same subject."""

MIRRORED_CLASSES: Final[dict[str, str]] = {}
"""The same of classes."""

HOUSE_WORDS: Final = {
    "asked",
    "circumstances",
    "doorman",
    "echo",
    "engaged",
    "errand",
    "errands",
    "heard",
    "noted",
    "noticed",
    "poke",
    "said",
    "senses",
    "surroundings",
    "told",
    "untold",
    "wishes",
}
"""Words with a meaning of their own here once, for which the field has a standard one."""


class Named(NamedTuple):
    """Something of ours, and where it stands."""

    name: str
    place: str


@cache
def modules() -> list[tuple[Path, ast.Module]]:
    root = Path(tray.__file__).parent
    found = ((path, path.read_text("utf-8")) for path in sorted(root.rglob("*.py")))
    return [(path.relative_to(root), ast.parse(text)) for path, text in found]


def classes() -> Iterator[Named]:
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                yield Named(node.name, str(path))


def identifiers(tree: ast.Module) -> Iterator[str]:
    """Every name that a module gives to something."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def shared(named: Iterator[Named], expected: dict[str, str]) -> dict[str, list[str]]:
    places = defaultdict(list)
    for name, place in named:
        places[name].append(place)
    return {name: at for name, at in places.items() if len(at) > 1 and name not in expected}


def test_no_class_name_stands_for_two_things() -> None:
    assert shared(classes(), MIRRORED_CLASSES) == {}


def test_no_module_name_stands_for_two_things() -> None:
    named = (Named(path.stem, str(path)) for path, _ in modules() if path.stem[:2] != "__")
    assert shared(named, MIRRORED_MODULES) == {}


def test_every_exception_is_one_still() -> None:
    stems = [path.stem for path, _ in modules()]
    names = [name for name, _ in classes()]
    assert [name for name in MIRRORED_MODULES if stems.count(name) < 2] == []
    assert [name for name in MIRRORED_CLASSES if names.count(name) < 2] == []


def house_names(path: Path, tree: ast.Module) -> set[str]:
    return {name for name in (path.stem, *identifiers(tree)) if words(name) & HOUSE_WORDS}


@pytest.mark.parametrize("package", sorted({path.parts[0] for path, _ in modules()}))
def test_no_name_is_of_a_language_of_our_own(package: str) -> None:
    found = {
        f"{path}: {name}"
        for path, tree in modules()
        if path.parts[0] == package
        for name in house_names(path, tree)
    }
    assert sorted(found) == []
