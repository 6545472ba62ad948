"""Ten terminals at once."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

from tests.cli.conftest import Program

TERMINALS = 10


def test_ten_first_starts_at_once(program: Program) -> None:
    with ThreadPoolExecutor(TERMINALS) as pool:
        done = list(pool.map(lambda n: program("start", f"first {n}"), range(TERMINALS)))
    assert [each.stderr for each in done] == [""] * TERMINALS
    assert all("Started first" in each.stdout for each in done)
    entries = json.loads(program("list", "--json").stdout)["entries"]
    assert {each["description"] for each in entries} == {f"first {n}" for n in range(TERMINALS)}
    assert [each["stop"] is None for each in entries].count(True) == 1


def test_ten_that_do_different_things(program: Program) -> None:
    """Each adds, starts, tags and stops; what a stop finds is whatever runs just then."""

    def day(number: int) -> None:
        program("add", f"added {number} @shared #tag-{number} 9:00-9:30", "--new")
        program("start", f"started {number} @shared #common")
        program("edit", "1", f"#edited-{number}")
        stopped = subprocess.run(
            [*program.command, "stop"], env=program.environ, capture_output=True, text=True
        )
        nothing = "toggl-tray: Nothing is running.\n"
        assert (stopped.returncode, stopped.stderr) in ((0, ""), (1, nothing))

    with ThreadPoolExecutor(TERMINALS) as pool:
        list(pool.map(day, range(TERMINALS)))
    entries = json.loads(program("list", "--json").stdout)["entries"]
    names = [each["description"] for each in entries]
    assert sorted(names) == sorted(
        f"{what} {n}" for what in ("added", "started") for n in range(TERMINALS)
    )
    assert all(each["stop"] is not None for each in entries)
    assert all(each["project"] == "shared" for each in entries)
    tags = {each["name"] for each in json.loads(program("tags", "--json").stdout)["tags"]}
    assert tags == {
        "common",
        *(f"{what}-{n}" for what in ("tag", "edited") for n in range(TERMINALS)),
    }
    assert "✗" not in program("doctor").stdout
