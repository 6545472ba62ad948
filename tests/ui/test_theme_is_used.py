"""No widget sets a colour or a distance of its own: the theme names them all."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

UI: Final = Path(__file__).parents[2] / "tray" / "ui"
FREE: Final = {
    "legible.py": "what is read on any colour is white or nearly black",
    "icon.py": "is drawn on the panel, which is not ours",
}
DISTANCES: Final = {
    *("setContentsMargins", "setSpacing", "addSpacing", "setFixedHeight", "setFixedWidth"),
    *("setFixedSize", "setMinimumHeight", "setMinimumWidth", "setMinimumSize", "resize"),
    *("setHorizontalSpacing", "setVerticalSpacing", "setPixelSize", "setPointSize"),
}
FILES: Final = sorted(str(each.relative_to(UI)) for each in UI.rglob("*.py"))


def literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value not in (0, "")


def offences(tree: ast.AST) -> Iterator[str]:
    """What a file sets by itself, each with its line."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        own_colour = name in ("QColor", "fromRgb") and any(map(literal, node.args))
        own_distance = name in DISTANCES and any(map(literal, node.args))
        sizes = node.args[1:2] if name == "sized" else []
        sizes += [each.value for each in node.keywords if each.arg == "size"]
        own_size = any(isinstance(getattr(each, "value", None), float) for each in sizes)
        if own_colour or own_distance or own_size:
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if name == "setStyleSheet" and any(
            word in ast.unparse(node) for word in ("color", "background", "border", "px", "pt")
        ):
            yield f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("file", [each for each in FILES if each not in FREE])
def test_no_widget_has_a_colour_or_a_distance_of_its_own(file: str) -> None:
    assert list(offences(ast.parse((UI / file).read_text("utf-8")))) == []


@pytest.mark.parametrize("file", FREE)
def test_every_exception_is_still_needed(file: str) -> None:
    assert list(offences(ast.parse((UI / file).read_text("utf-8"))))


@pytest.mark.parametrize(
    "line",
    [
        "sized(font, 0.9)",
        "Label(size=1.5)",
        "QColor('#fff')",
        "QColor(0, 0, 9)",
        "box.setSpacing(7)",
        "w.setStyleSheet('color: red')",
    ],
)
def test_a_colour_and_a_pixel_are_found(line: str) -> None:
    assert list(offences(ast.parse(line)))
