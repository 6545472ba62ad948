"""Output that goes into pipes, closed and full files, other encodings and terminals."""

import json
import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal

Shell = Callable[[str], CompletedProcess[str]]


@pytest.fixture
def many(program: Program) -> Program:
    """More entries than fit into a pipe."""
    from tests.benchmarks.data import make

    make(f"{program.environ['TOGGL_TRAY_HOME']}/toggl-tray.db", entries=5_000, now=1_770_984_000)
    return program


@pytest.mark.parametrize(
    "command", ["list all", "list all --json", "export", "export --format json"]
)
def test_a_reader_that_has_seen_enough(many: Program, shell: Shell, command: str) -> None:
    done = shell(f"set -o pipefail; toggl-tray {command} | head -n 2; exit ${{PIPESTATUS[0]}}")
    assert done.stdout.count("\n") == 2
    assert done.stderr == ""


def test_a_reader_that_never_was_there(shell: Shell) -> None:
    done = shell("toggl-tray start x | true; exit ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == ("", "")
    shell("toggl-tray nonsense 2>&1 | true")


def test_closed_streams(shell: Shell) -> None:
    assert shell("toggl-tray start x >&-").stderr == ""
    assert shell("toggl-tray status <&-").stdout.startswith("x\n")
    assert shell("toggl-tray <&-").stdout.startswith("x\n")
    assert shell("toggl-tray stop >&- 2>&- <&-; [ $? = 0 ]").stderr == ""
    assert shell("toggl-tray stop 2>&-; [ $? = 1 ]").stdout == ""
    assert shell("toggl-tray nonsense >&- 2>&-; [ $? = 2 ]").stdout == ""
    assert shell("toggl-tray list").stdout.count("\n") == 2


def test_a_full_disk_for_the_output(shell: Shell) -> None:
    sentence = "toggl-tray: No space left on device. Nothing that was tracked is lost.\n"
    for command in ("start x", "list", "status --json", "--help", "export", "stop"):
        assert shell(f"toggl-tray {command} >/dev/full; [ $? = 3 ]").stderr == sentence
    assert shell("toggl-tray stop >/dev/full; [ $? = 1 ]").stderr.endswith("Nothing is running.\n")
    assert shell("toggl-tray status >/dev/full 2>/dev/full; [ $? = 3 ]").stderr == ""
    assert shell("toggl-tray nonsense 2>/dev/full; [ $? = 2 ]").stderr == ""
    assert shell("toggl-tray stop --nonsense 2>/dev/full; [ $? = 2 ]").stderr == ""
    assert shell("toggl-tray list").stdout.count("\n") == 2


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "gb18030"},
    ],
)
def test_encodings_that_cannot_show_everything(program: Program, environ: dict[str, str]) -> None:
    text = "写报告 – “Café” 😀"
    program("start", text)
    encoding = environ.get("PYTHONIOENCODING", "ascii")
    shown = text.encode(encoding, "replace").decode(encoding)
    done = program.run([*program.command, "status"], encoding=encoding, environ=environ)
    assert done.stdout.startswith(f"{shown}\n")
    answer = program("list", "--json", environ=environ).stdout
    assert answer.isascii()
    assert json.loads(answer)["entries"][0]["description"] == text
    program("nonsense", code=2, environ=environ)
    program("stop", "--at", "no “moment”", code=1, environ=environ)


@pytest.mark.parametrize("locale", ["C", "POSIX", "nonsense.UTF-8"])
def test_words_are_utf8_even_without_a_locale(program: Program, locale: str) -> None:
    program("start", "日本 @客户", "--new", environ={"LC_ALL": locale})
    assert program("status", environ={"LC_ALL": locale}).stdout.startswith("日本 · 客户\n")


def test_words_that_are_no_text(program: Program) -> None:
    program("start", b"caf\xe9 \xff")
    assert program("status").stdout.startswith("caf� �\n")
    program("projects", "create", b"\xff")
    assert program("list", b"\xff", code=1).stdout == ""
    assert program("list", "-s", b"\xff").stdout.count("\n") == 1


def test_json_is_in_utf8_where_that_is_understood(program: Program) -> None:
    program("start", "写报告")
    assert '"写报告"' in program("list", "--json").stdout


def test_colours_only_where_they_are_wanted(program: Program) -> None:
    program("start", "Report @Acme", "--new")
    program("projects", "change", "Acme", "--colour", "#0080ff")
    command = [sys.executable, "-m", "tray", "list"]
    with Terminal(command, program.environ) as terminal:
        assert terminal.ends() == 0
        dot = "\x1b[38;2;0;128;255m●\x1b[0m Acme"
        assert f"\x1b[1mReport\x1b[0m \x1b[2m·\x1b[0m {dot}" in terminal.raw
        assert "\x1b[1mToday, " in terminal.raw
    for plain in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        with Terminal(command, {**program.environ, **plain}) as terminal:
            assert terminal.ends() == 0
            assert "Report · Acme" in terminal.raw
            assert "\x1b" not in terminal.raw
    with Terminal(command, {**program.environ, "NO_COLOR": ""}) as terminal:
        assert terminal.ends() == 0
        assert dot in terminal.raw
    assert "\x1b" not in program("list").stdout


def test_columns_are_aligned_in_colour_too(program: Program) -> None:
    for name in ("客户", "Acme"):
        program("projects", "create", name, "--client", "X")
    with Terminal([sys.executable, "-m", "tray", "projects"], program.environ) as terminal:
        assert terminal.ends() == 0
        assert terminal.text.splitlines() == ["2  ● Acme  X", "1  ● 客户  X"]
