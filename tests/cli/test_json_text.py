"""JSON is what Python's own writer makes of it, but for what no terminal may have."""

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tray.cli.json_text import writer

TEXTS = st.text() | st.text('\0\t\n\x1b\x7f\x85\u2028\u202e\u2066\ufff9"\\é写😀\ud800 ')
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda each: st.lists(each) | st.dictionaries(TEXTS, each) | st.tuples(each, each),
    max_leaves=12,
)


@given(VALUES, st.booleans(), st.integers(0, 8))
@example({}, False, 4)
@example({"of": [], "in": [{}, ()], "1": [True, 1, 1.0, None]}, False, 4)
def test_it_is_laid_out_as_pythons_own(value: object, ascii_only: bool, margin: int) -> None:
    line = "\n" + " " * margin
    made = writer(ascii_only=ascii_only)(value, line)
    plain = json.dumps(value, ensure_ascii=ascii_only, indent=2)
    assert made == "".join(
        f"\\u{ord(char):04x}" if is_unsafe(char) else char for char in plain
    ).replace("\n", line)


def is_unsafe(char: str) -> bool:
    """Whether it moves the cursor, or turns the direction of writing."""
    if char in "\n\t":
        return False
    turns = unicodedata.bidirectional(char) in ("LRE", "RLE", "PDF", "LRO", "RLO")
    isolates = unicodedata.bidirectional(char) in ("LRI", "RLI", "FSI", "PDI")
    return (
        unicodedata.category(char) in ("Cc", "Zl", "Zp")
        or turns
        or isolates
        or "\ufff9" <= char <= "\ufffb"
    )


@pytest.mark.parametrize("text", ["\x7f", "\x9b31m", "\u2029", "\u202d", "\u2069", "\ufffb"])
def test_what_is_an_escape_means_the_same(text: str) -> None:
    made = writer(ascii_only=False)([text, {text: text}], "\n")
    assert text not in made
    assert json.loads(made) == [text, {text: text}]
