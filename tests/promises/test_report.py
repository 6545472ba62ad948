"""The runner of the promises: which there are, its table, and when one counts as broken."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.promises.__main__ import PROMISES, main
from tests.promises.report import Row, Scope, table


def test_every_promise_can_be_measured() -> None:
    for name in PROMISES:
        module = importlib.import_module(f"tests.promises.{name}")
        assert module.run.__annotations__["return"] == Iterator[Row]


def test_the_table() -> None:
    rows = [
        Row("entries lost", 0, "", 0, "seed 7", "of 1,000 runs"),
        Row("memory", 1.25, "x", 1.2),
        Row("a start takes", 5, "s", None),
    ]
    cells = [line.split("|")[1:-1] for line in table(rows).splitlines()[2:]]
    assert [[cell.strip() for cell in row] for row in cells] == [
        ["entries lost", "≤ 0", "0 (of 1,000 runs)", "seed 7"],
        ["memory", "≤ 1.2 x", "1.25 x **BROKEN**", ""],
        ["a start takes", "", "5 s", ""],
    ]


@pytest.mark.parametrize(("value", "code"), [(0.0, 0), (1.0, 1)])
def test_a_broken_promise_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    value: float,
    code: int,
) -> None:
    hours: list[float | None] = []

    def run(scope: Scope) -> Iterator[Row]:
        hours.append(scope.hours)
        yield Row("it", value, "", 0, "seed 1")

    module = ModuleType("kills")
    module.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, "tests.promises.kills", module)
    assert main(["kills", "--hours", "2", "--json", str(tmp_path / "figures.json")]) == code
    assert hours == [2]
    assert "| it " in capsys.readouterr().out
    found = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert found["hours"] == 2
    assert [each["broken"] for each in found["promises"]] == [bool(code)]


def test_an_unknown_promise(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eternity"]) == 2
    assert "eternity" in capsys.readouterr().out


def test_how_far_a_run_goes() -> None:
    assert Scope().count(1, 10) == 1
    assert Scope(0.5).count(1, 10) == 10
    assert Scope(share=0.1).count(200, 10_000) == 20
    assert not Scope().is_over
    over = Scope(0)
    over.begin("it")
    assert over.is_over
