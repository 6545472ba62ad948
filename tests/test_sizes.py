"""No file and no function is longer than a reader can keep in mind."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
MOST_LINES_OF_A_FILE: Final = 500
MOST_LINES_OF_A_FUNCTION: Final = 60


def sources() -> Iterator[tuple[str, str]]:
    for folder in ("tray", "tests", "packaging"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield str(file.relative_to(ROOT)), file.read_text("utf-8")


def test_no_file_is_too_long() -> None:
    lengths = {name: len(text.splitlines()) for name, text in sources()}
    assert len(lengths) > 500
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, text in sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(lengths) > 5_000
    assert {
        name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FUNCTION
    } == {}
