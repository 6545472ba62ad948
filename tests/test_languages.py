"""The translations are whole, in step with the sources, and have the places of their sentences."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from runpy import run_path
from string import Formatter
from typing import Any, Final

import polib
import pytest

import tray
from tray import chosen_language, language
from tray.cli.parser_words import PLACEHOLDERS

ROOT: Final = Path(tray.__file__).parents[1]
FOLDER: Final = ROOT / "resources/languages"
CODES: Final = sorted(set(language.LANGUAGES) - {"en"})
COMPLETE: Final = {
    (code, part) for code in ("de", "zh_CN") for part in ("windows", "terminal", "shared")
}
"""The catalogues in which nothing may be missing."""
AT_ONCE: Final = {"tr", "ntr", "ptr", "tr_marked"}


@cache
def tool() -> dict[str, Any]:
    return run_path(str(ROOT / "packaging/languages.py"))


def catalogues() -> Iterator[tuple[str, str]]:
    for code in CODES:
        for part in ("windows", "terminal", "shared"):
            yield code, part


def entries(code: str, part: str) -> polib.POFile:
    return polib.pofile(str(FOLDER / code / f"{part}.po"), encoding="utf-8")


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("code", CODES)
def test_they_are_in_step_with_the_sources(code: str) -> None:
    """`python packaging/languages.py` brings them into step."""
    made = tool()["catalogues"](code)
    there = {part: (FOLDER / code / f"{part}.po").read_text("utf-8") for part in made}
    wrong = [part for part, file in made.items() if f"{file}\n" != there[part]]
    assert wrong == []


@pytest.mark.parametrize(("code", "part"), sorted(COMPLETE))
def test_nothing_is_untranslated_or_in_doubt(code: str, part: str) -> None:
    assert [entry.msgid for entry in entries(code, part) if not entry.translated()] == []


@pytest.mark.parametrize(("code", "part"), list(catalogues()))
def test_a_translation_has_the_places_of_its_sentence(code: str, part: str) -> None:
    """One for a single thing may say “1”, where the English one does."""
    wrong = []
    for entry in entries(code, part):
        *others, last = translations(entry)
        wanted = places(entry.msgid_plural or entry.msgid)
        fits = places(last) == wanted and all(
            places(each) in (wanted, places(entry.msgid)) for each in others
        )
        if last and not fits:
            wrong.append((entry.msgid, last))
    assert wrong == []


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(Path(tray.__file__).parent.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


SPLIT: Final = ("&From", "&to")
ANSWERS: Final = (
    *("&Keep it", "&Remove it and stop", "Remove it and go &on", "&Give it to something else…"),
    *("Keep it as a separate &entry", "&Split there", "&Back"),
)
DIALOGS: Final = (
    (*ANSWERS, *SPLIT),
    ("Stop &at", "&Stop then", "Stop &now", "Still &working", SPLIT[1]),
)
"""The sentences with a letter for Alt that stand in one window."""


def letters(text: str) -> list[str]:
    return re.findall(r"&(\w)", text.lower())


@pytest.mark.parametrize(("code", "part"), sorted(COMPLETE))
def test_what_is_typed_is_called_as_in_the_usage_lines(code: str, part: str) -> None:
    called = {entry.msgid: entry.msgstr for entry in entries(code, "terminal")}
    wrong = [
        (word, text)
        for entry in entries(code, part)
        for word in re.findall(r"\b[A-Z]{2,}\b", entry.msgid)
        if word in PLACEHOLDERS
        for text in translations(entry)
        if called[word] not in text
    ]
    assert wrong == []


@pytest.mark.parametrize("code", ["en", *CODES])
def test_a_letter_chooses_one_thing_in_a_window(code: str) -> None:
    translated = {text: text for dialog in DIALOGS for text in dialog}
    if code != "en":
        every = entries(code, "windows")
        has_letter = {entry.msgid for entry in every if letters(entry.msgid)}
        assert has_letter == {*translated}, "every one is in a dialog here"
        translated = {entry.msgid: entry.msgstr for entry in every if entry.msgid in translated}
    for dialog in DIALOGS:
        chosen = [letter for text in dialog for letter in letters(translated[text])]
        assert len(chosen) == len(dialog) == len({*chosen}), chosen


def test_no_sentence_has_two_plurals() -> None:
    """A catalogue finds them by the first form, so that one would be said for the other."""
    texts = Counter(key[:2] for key in tool()["sentences"]())
    assert [text for text, times in texts.items() if times > 1] == []


GROUPED: Final = re.compile(r":,\}")
GROUPS_ITSELF: Final = {
    "tray/language.py": "is what groups them",
    "tray/sentences.py": "is where those are that can be stored",
    "tray/cli/fault_report.py": "is English, for those who mend the program",
    "tray/ipc/protocol.py": "speaks to programs",
}


def keeps_sentences(module: ast.Module) -> bool:
    """Whether its sentences are those that can be stored, which group numbers when shown."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "tray.sentences"
        and not {"tr", "ntr"}.isdisjoint(each.name for each in node.names)
        for node in ast.walk(module)
    )


def test_large_numbers_are_grouped_as_the_language_does() -> None:
    """By `formats.number`, or in a sentence that can be stored."""
    found = {
        place
        for place, module in modules()
        if GROUPED.search((ROOT / place).read_text("utf-8")) and not keeps_sentences(module)
    }
    assert found == set(GROUPS_ITSELF)


def test_every_sentence_is_a_literal() -> None:
    for _, module in modules():
        list(tool()["sentences_of"](module))


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated when the module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for default in (*child.args.defaults, *filter(None, child.args.kw_defaults)):
                yield from ast.walk(default)
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from at_import(child)


def test_nothing_is_translated_before_the_language_is_known() -> None:
    found = [
        f"{place}:{node.lineno}"
        for place, module in modules()
        for node in at_import(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in AT_ONCE
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    ['tr(f"Stop at {time}")', "tr(sentence)", 'tr("Stop" + " now")', 'ntr("one", many, 2)'],
)
def test_what_is_no_literal_is_refused(source: str) -> None:
    with pytest.raises(SystemExit, match=r"line 1: .* is no literal"):
        list(tool()["sentences_of"](ast.parse(source)))


def test_a_changed_sentence_keeps_its_translation_to_be_looked_at() -> None:
    key = tool()["Key"]
    old = polib.POEntry(msgid="Stop the entry now", msgstr="现在停止")
    found = tool()["_changed"](key("", "Stop this entry now"), {old.msgid: old})
    assert (found.msgstr, found.fuzzy) == ("现在停止", True)
    assert tool()["_changed"](key("", "Something else"), {old.msgid: old}) is None


def test_what_was_compiled_is_what_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "de"
    folder.mkdir()
    (folder / "windows.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Start"\nmsgstr "Anfang"\n\nmsgctxt "verb"\nmsgid "Start"\nmsgstr "Beginnen"\n\n'
        'msgid "{n} entry"\nmsgid_plural "{n} entries"\n'
        'msgstr[0] "{n} Eintrag"\nmsgstr[1] "{n} Einträge"\n\n'
        '#, fuzzy\nmsgid "Stop"\nmsgstr "Vielleicht"\n',
        encoding="utf-8",
    )
    compiled = dict(tool())
    compiled["compile_language"].__globals__["LANGUAGES"] = tmp_path
    try:
        compiled["compile_language"]("de", tmp_path / "de.mo")
    finally:
        compiled["compile_language"].__globals__["LANGUAGES"] = FOLDER
    assert {each.name for each in tmp_path.iterdir()} == {"de", "de.mo"}, "nothing half-written"
    read = chosen_language.load(str(tmp_path / "de.mo"))
    assert [read.gettext("Start"), read.pgettext("verb", "Start")] == ["Anfang", "Beginnen"]
    assert [read.ngettext("{n} entry", "{n} entries", n) for n in (1, 2)] == [
        "{n} Eintrag",
        "{n} Einträge",
    ]
    assert [read.gettext("Stop"), read.pgettext("noun", "Start")] == ["Stop", "Start"]


def test_a_catalogue_that_is_not_there_is_english(tmp_path: Path) -> None:
    read = chosen_language.load(str(tmp_path / "xx.mo"))
    assert [read.ngettext("{n} entry", "{n} entries", n) for n in (0, 1)] == [
        "{n} entries",
        "{n} entry",
    ]
