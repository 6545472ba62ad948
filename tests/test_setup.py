"""packaging/run.sh on a machine made of stand-ins, which note what they were asked to do."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

PACKAGING: Final = Path(__file__).parent.parent / "packaging"
CATALOGUE: Final = "resources/languages/zh_CN/windows.po"
TOOLS: Final = (
    *("cat", "cksum", "cp", "dirname", "env", "head", "id", "ln", "mkdir", "readlink"),
    *("rm", "sed", "sh", "tr"),
)
"""What a bare system has."""

PYTHON: Final = """#!/bin/sh
echo "python $*" >>"$CALLS"
case "$*" in
    --version) echo "Python 3.11.2" ;;
    *version_info\\ *) [ ! -e "$MACHINE/old" ] ;;
    "-m venv "*) mkdir "$3/bin" && ln -s "$0" "$3/bin/python" && cp "$MACHINE/program" \\
        "$3/bin/toggl-tray" ;;
    *pip\\ install*) [ ! -e "$MACHINE/offline" ] ;;
esac
"""
PROGRAM: Final = """#!/bin/sh
printf '<%s>' "$@"
"""
DPKG_QUERY: Final = """#!/bin/sh
echo "installed libgl1 "
echo "installed libglib2.0-0t64 libglib2.0-0 (= 2.84.0), other (= 1)"
echo "config-files libegl1 "
"""
APT_GET: Final = """#!/bin/sh
echo "apt-get $*" >>"$CALLS"
"""


class Machine:
    """A checkout at a path with spaces, and a PATH with stand-ins only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checkout = folder / "a clone" / "with spaces"
        shutil.copytree(PACKAGING, self.checkout / "packaging")
        (self.checkout / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
        (self.checkout / CATALOGUE).parent.mkdir(parents=True)
        (self.checkout / CATALOGUE).touch()
        for tool in TOOLS:
            real = shutil.which(tool)
            assert real, tool
            self._place("bin").mkdir(exist_ok=True)
            self._place(f"bin/{tool}").symlink_to(real)
        self.add("bin/python3", PYTHON)
        self.add("program", PROGRAM)

    def _place(self, name: str) -> Path:
        return self.folder / name

    def add(self, name: str, text: str = "") -> None:
        self._place(name).unlink(missing_ok=True)
        self._place(name).write_text(text, encoding="utf-8")
        self._place(name).chmod(0o755)

    def remove(self, name: str) -> None:
        self._place(name).unlink()

    def start(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run packaging/run.sh; the calls of before are forgotten."""
        self.add("calls")
        return subprocess.run(
            ["sh", str(self.checkout / "packaging" / "run.sh"), *arguments],
            env={
                "PATH": str(self._place("bin")),
                "CALLS": str(self._place("calls")),
                "MACHINE": str(self.folder),
            },
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def calls(self) -> str:
        return self._place("calls").read_text(encoding="utf-8")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_first_start_installs_and_the_second_only_starts(machine: Machine) -> None:
    first = machine.start("edit", "two words", "")
    assert (first.returncode, first.stdout) == (0, "<edit><two words><>")
    assert "-m venv" in machine.calls
    assert "--require-hashes" in machine.calls
    assert all(line.startswith("toggl-tray: ") for line in first.stderr.splitlines())
    second = machine.start("status")
    assert (second.stdout, second.stderr, machine.calls) == ("<status>", "", "")


def test_what_was_left_half_made_is_made_anew(machine: Machine) -> None:
    machine.add("offline")
    broken = machine.start()
    assert broken.returncode == 1
    assert broken.stderr.endswith("could not be installed; pip says why above\n")
    machine.remove("offline")
    assert machine.start("x").stdout == "<x>"
    assert "-m venv" in machine.calls


@pytest.mark.parametrize("file", ["pyproject.toml", "packaging/requirements.txt", CATALOGUE])
def test_new_requirements_are_installed_into_what_is_there(machine: Machine, file: str) -> None:
    machine.start()
    with (machine.checkout / file).open("a", encoding="utf-8") as changed:
        changed.write("# changed\n")
    assert machine.start("x").stdout == "<x>"
    assert "pip install" in machine.calls
    assert "-m venv" not in machine.calls


def test_a_moved_checkout_is_set_up_anew(machine: Machine) -> None:
    machine.start()
    machine.checkout = machine.checkout.rename(machine.folder / "moved")
    assert machine.start("x").stdout == "<x>"
    assert "-m venv" in machine.calls


def test_a_replaced_python_is_noticed(machine: Machine) -> None:
    machine.start()
    (machine.folder / "bin" / "python3").rename(machine.folder / "bin" / "python3.12")
    (machine.folder / "bin" / "python3").symlink_to("python3.12")
    assert machine.start("x").stdout == "<x>"
    assert "-m venv" in machine.calls


def test_two_set_ups_do_not_meet(machine: Machine) -> None:
    venv = machine.checkout / ".venv"
    venv.mkdir()
    (venv / "setting-up").write_text(f"{os.getpid()}\n", encoding="utf-8")
    assert "another set-up is at work" in machine.start().stderr
    assert venv.is_dir()


def test_an_old_python_gets_one_sentence(machine: Machine) -> None:
    machine.add("old")
    done = machine.start()
    assert done.returncode == 1
    assert done.stderr.startswith(
        "toggl-tray: Python 3.11 or newer is needed, and Python 3.11.2 is"
    )
    assert done.stderr.count("\n") == 1


def test_without_apt_it_says_what_to_install_and_goes_on(machine: Machine) -> None:
    done = machine.start("x")
    assert done.stdout == "<x>"
    assert "no apt-get here, so please see to it that there are Python 3.11 or newer" in done.stderr


def test_apt_installs_what_is_missing_and_no_more(machine: Machine) -> None:
    machine.add("bin/dpkg-query", DPKG_QUERY)
    machine.add("bin/apt-get", APT_GET)
    machine.add("bin/id", "#!/bin/sh\necho 0\n")
    assert machine.start("x").stdout == "<x>"
    (install,) = [line for line in machine.calls.splitlines() if line.startswith("apt-get install")]
    packages = install.split()
    assert "libegl1" in packages
    assert not {"libgl1", "libglib2.0-0", "shellcheck"} & set(packages)


def test_who_may_not_install_is_told_what_to_ask_for(machine: Machine) -> None:
    machine.add("bin/dpkg-query", DPKG_QUERY)
    machine.add("bin/apt-get", APT_GET)
    machine.add("bin/id", "#!/bin/sh\necho 1000\n")
    done = machine.start("x")
    assert done.stdout == "<x>"
    assert "only root may install what is missing: apt-get install libdbus-1-3" in done.stderr
    assert "apt-get" not in machine.calls
