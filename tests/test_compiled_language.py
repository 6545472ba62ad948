"""What is read of a compiled catalogue is what :mod:`gettext` reads of it."""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from runpy import run_path
from typing import Any, Final

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tray
from tray import chosen_language, language
from tray.compiled_language import CompiledLanguage

ROOT: Final = Path(tray.__file__).parents[1]
CODES: Final = sorted(set(language.LANGUAGES) - {"en"})
COUNTS: Final = (0, 1, 2, 3, 4, 5, 11, 21, 22, 100, 101, 1_000_000)
RULES: Final = (
    "nplurals=1; plural=0;",
    "nplurals=2; plural=n != 1;",
    "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2;",
)
"""How Chinese, German and Lithuanian count."""
words = st.text(st.sampled_from("aä中 {}~\1\5"), min_size=1, max_size=5)


def both(content: bytes) -> tuple[CompiledLanguage, GNUTranslations]:
    return CompiledLanguage(content), GNUTranslations(BytesIO(content))


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_of_the_catalogues(code: str, tmp_path: Path) -> None:
    tool: dict[str, Any] = run_path(str(ROOT / "packaging/languages.py"))
    tool["compile_language"](code, tmp_path / "compiled.mo")
    ours, known = both((tmp_path / "compiled.mo").read_bytes())
    for context, text, many in tool["sentences"]():
        assert ours.gettext(text) == known.gettext(text)
        assert ours.pgettext(context, text) == known.pgettext(context, text)
        for n in COUNTS if many else ():
            assert ours.ngettext(text, many, n) == known.ngettext(text, many, n)
        assert ours.gettext(f"{text}.") == known.gettext(f"{text}.")


@given(
    st.dictionaries(st.tuples(words | st.none(), words), words, max_size=20),
    st.dictionaries(words, words, max_size=8),
    st.sampled_from(RULES),
    words,
)
def test_any_catalogue(
    plain: dict[tuple[str | None, str], str], counted: dict[str, str], rule: str, other: str
) -> None:
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": rule}
    for (context, text), translation in plain.items():
        if context or text not in counted:
            file.append(polib.POEntry(msgctxt=context, msgid=text, msgstr=translation))
    forms = int(rule.partition("nplurals=")[2][0])
    for text, translation in counted.items():
        plural = {form: f"{translation}{form}" for form in range(forms)}
        file.append(polib.POEntry(msgid=text, msgid_plural=f"{text}s", msgstr_plural=plural))
    ours, known = both(file.to_binary())
    contexts = {context for context, _ in plain if context}
    for text in {other, *counted, *(text for _, text in plain)}:
        assert ours.gettext(text) == known.gettext(text)
        for context in contexts:
            assert ours.pgettext(context, text) == known.pgettext(context, text)
    for text in {other, *counted}:
        for n in COUNTS:
            assert ours.ngettext(text, f"{text}s", n) == known.ngettext(text, f"{text}s", n)


@pytest.mark.parametrize("content", [None, b"", b"\xde\x12\x04\x95", b"no translations at all"])
def test_a_file_that_is_none_leaves_english(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "de.mo").write_bytes(content)
    assert chosen_language.load(str(tmp_path / "de.mo")).gettext("Settings") == "Settings"
