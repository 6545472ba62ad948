"""Keeps the catalogues in resources/languages in step with the sentences of the sources.

    python packaging/languages.py            brings every catalogue up to date, and compiles them
    python packaging/languages.py add de     begins those of one more language

A language has a folder with one file for each part of the program, in gettext's format, which
translators' tools read. Compiled, they are one file beside it, made at every installation. A
sentence that changed a little keeps its translation, marked as fuzzy for somebody to look at.
"""

import ast
import os
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NamedTuple

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT: Final = Path(__file__).parents[1]
LANGUAGES: Final = ROOT / "resources/languages"
PARTS: Final = ("windows", "terminal", "shared")
_PACKAGES: Final = {
    **dict.fromkeys(("app", "desktop", "session", "ui", "workers"), "windows"),
    "cli": "terminal",
}
"""What is in none of these, or in several, is shared."""
CALLS: Final = {"tr": 1, "mark": 1, "ntr": 2, "ptr": 2, "Declared": 3}
"""What takes sentences, and how many texts come first."""
PLURALS: Final = {
    "zh_CN": "nplurals=1; plural=0;",
    "de": "nplurals=2; plural=n != 1;",
}
"""How each language counts; others are on https://docs.translatehouse.org under plural forms."""
UNREVIEWED: Final = {"de": "No native reader has reviewed this translation yet."}
"""What stands on top of the catalogues of a language."""
_ALIKE: Final = 0.85
"""From here on, a new sentence is an old one that was changed."""


class Key(NamedTuple):
    """What a translation is found by."""

    context: str
    text: str
    many: str = ""


def sentences() -> dict[Key, list[str]]:
    """Every sentence of the sources, in their order, with the files that it is in."""
    found: dict[Key, list[str]] = {}
    for path in sorted((ROOT / "tray").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for key in sentences_of(ast.parse(path.read_text("utf-8"))):
            places = found.setdefault(key, [])
            if place not in places:
                places.append(place)
    counted = {(key.context, key.text) for key in found if key.many}
    return {key: places for key, places in found.items() if key.many or key[:2] not in counted}


def sentences_of(module: ast.Module) -> Iterator[Key]:
    """The sentences of one module.

    Raises:
        SystemExit: one is no literal.
    """
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(call.func, ast.Name) and call.func.id in CALLS:
            texts = [_literal(argument) for argument in call.args[: CALLS[call.func.id]]]
            match call.func.id:
                case "ptr":
                    yield Key(*texts)
                case "ntr":
                    yield Key("", *texts)
                case _:
                    yield from (Key("", text) for text in texts if text)


def _literal(argument: ast.expr) -> str:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    raise SystemExit(f"line {argument.lineno}: {ast.unparse(argument)} is no literal")


def part_of(places: list[str]) -> str:
    """Which catalogue a sentence of these files belongs to."""
    parts = {_PACKAGES.get(place.split("/")[1], "shared") for place in places}
    return parts.pop() if len(parts) == 1 else "shared"


def catalogues(code: str) -> dict[str, polib.POFile]:
    """What the catalogues of a language should be, from what they are and the sources."""
    before = {_key(entry): entry for entry in _entries(code)}
    wanted = sentences()
    left_over = {key.text: entry for key, entry in before.items() if key not in wanted}
    made = {part: _empty(code) for part in PARTS}
    for key, places in wanted.items():
        entry = before.get(key) or _changed(key, left_over)
        made[part_of(places)].append(_entry(key, places, entry))
    return made


def _entries(code: str) -> Iterator[polib.POEntry]:
    for part in PARTS:
        path = LANGUAGES / code / f"{part}.po"
        if path.exists():
            yield from polib.pofile(str(path), encoding="utf-8")


def _key(entry: polib.POEntry) -> Key:
    return Key(entry.msgctxt or "", entry.msgid, entry.msgid_plural)


def _changed(key: Key, left_over: dict[str, polib.POEntry]) -> polib.POEntry | None:
    """The translation of what this sentence was before, to be looked at."""
    close = get_close_matches(key.text, left_over, n=1, cutoff=_ALIKE)
    if not close or bool(left_over[close[0]].msgid_plural) != bool(key.many):
        return None
    entry = left_over.pop(close[0])
    if entry.translated():
        entry.flags.append("fuzzy")
    return entry


def _entry(key: Key, places: list[str], before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=key.context or None,
        msgid=key.text,
        msgid_plural=key.many,
        occurrences=[(place, "") for place in places],
        flags=["python-brace-format"] if "{" in key.text else [],
    )
    if before is not None:
        entry.msgstr, entry.msgstr_plural = before.msgstr, before.msgstr_plural
        entry.tcomment = before.tcomment
        entry.flags += ["fuzzy"] if before.fuzzy else []
    if key.many and not entry.msgstr_plural:
        entry.msgstr_plural = {0: ""}
    return entry


def _empty(code: str) -> polib.POFile:
    if code not in PLURALS:
        raise SystemExit(f"How {code} counts is not known. Write its plural forms into PLURALS.")
    file = polib.POFile(wrapwidth=100)
    file.header = UNREVIEWED.get(code, "")
    file.metadata = {
        "Project-Id-Version": "Toggl Tray",
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[code],
    }
    return file


def update(code: str) -> None:
    """Bring the catalogues of a language up to date."""
    for part, file in catalogues(code).items():
        (LANGUAGES / code).mkdir(parents=True, exist_ok=True)
        (LANGUAGES / code / f"{part}.po").write_text(f"{file}\n", encoding="utf-8")
        done = sum(entry.translated() for entry in file)
        print(f"{code} {part}: {done} of {len(file)} sentences")


def compile_language(code: str, target: Path) -> None:
    """Compile what is translated into one file, as the program reads it."""
    whole = _empty(code)
    for entry in _entries(code):
        if entry.translated():
            whole.append(entry)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    unfinished.write_bytes(whole.to_binary())
    unfinished.replace(target)  # at once: a program that runs may read it just now


def compile_all() -> None:
    """Compile every language."""
    for folder in sorted(LANGUAGES.glob("*/")):
        compile_language(folder.name, LANGUAGES / f"{folder.name}.mo")


class CompileLanguages(BuildHookInterface[Any]):
    """Has hatch compile them whenever it installs or builds the program."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before what is built is collected."""
        compile_all()


def main() -> int:
    """Do what the arguments say."""
    there = [folder.name for folder in sorted(LANGUAGES.glob("*/"))]
    for code in sys.argv[2:] if sys.argv[1:2] == ["add"] else there:
        update(code)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
