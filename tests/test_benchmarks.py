"""The runner of the benchmarks: which there are, and when it says that a target was missed."""

import importlib
import sys
from types import ModuleType

import pytest

from tests.benchmarks.__main__ import benchmarks, main
from tests.benchmarks.rows import Row, table


def test_every_benchmark_can_be_run() -> None:
    assert {"cli", "import", "store", "suggestions"} <= set(benchmarks())
    for name in benchmarks():
        module = importlib.import_module(f"tests.benchmarks.bench_{name}")
        assert module.run.__annotations__["return"] == list[Row]


def test_the_table() -> None:
    rows = [
        Row("status", 3.2149, "x", 4.0, "34.1 ms"),
        Row("memory", 1234.5, "MB", None),
        Row("start", 5.01, "x", 5.0),
    ]
    assert table(rows).splitlines() == [
        "status    3.21 x  <= 4 x  ok      34.1 ms",
        "memory  1,234 MB",
        "start     5.01 x  <= 5 x  MISSED",
    ]


@pytest.mark.parametrize(("value", "code"), [(1.0, 0), (1.1, 1)])
def test_a_missed_target_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: float, code: int
) -> None:
    module = ModuleType("bench_cli")
    module.__dict__["run"] = lambda: [Row("it", value, "s", 1.0)]
    monkeypatch.setitem(sys.modules, "tests.benchmarks.bench_cli", module)
    assert main(["cli"]) == code
    assert ("MISSED" in capsys.readouterr().out) == bool(code)


def test_a_benchmark_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cli", "nothing"]) == 2
    listed = ", ".join(benchmarks())
    assert capsys.readouterr().out == f"No such benchmark: nothing. There are: {listed}.\n"
