"""The runner of the benchmarks: which there are, and when it says that a target was missed."""

import importlib
import mmap
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from tests.benchmarks.__main__ import benchmarks, main
from tests.benchmarks.processes import proportional_mb, resident_mb
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


@contextmanager
def in_memory(path: Path) -> Iterator[None]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        assert sum(content[:: mmap.PAGESIZE]) == 0
        yield


@pytest.mark.skipif(sys.platform != "linux", reason="as the kernel of Linux counts")
def test_what_is_resident_stays_the_same_as_others_come_to_share_it(tmp_path: Path) -> None:
    library, ready, over = tmp_path / "library", os.pipe(), os.pipe()
    library.write_bytes(bytes(32 << 20))
    with in_memory(library):
        other = os.fork()
        if not other:
            with in_memory(library):
                os.write(ready[1], b".")
                os.read(over[0], 1)
            os._exit(0)
        os.read(ready[0], 1)
        shared = proportional_mb(os.getpid()), resident_mb(os.getpid())
        os.write(over[1], b".")
        os.waitpid(other, 0)
        alone = proportional_mb(os.getpid()), resident_mb(os.getpid())
    assert alone[0] - shared[0] > 12
    assert abs(alone[1] - shared[1]) < 2
