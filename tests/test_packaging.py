"""What a stranger gets: the wheel, the pinned requirements and the top level of the repository."""

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from configparser import ConfigParser
from pathlib import Path
from runpy import run_path
from typing import Final, NamedTuple
from zipfile import ZipFile

import pytest
from PySide6.QtGui import QImage

import tray
from tray.cli.commands import COMMANDS
from tray.model.links import SCHEME, read_link

ROOT: Final = Path(__file__).parent.parent
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TOP_LEVEL: Final = {
    *("LICENSE", "README.md", "installer.iss", "pyproject.toml"),
    *("packaging", "resources", "tests", "tray"),
}


class Pinned(NamedTuple):
    """One entry of a requirements file."""

    name: str
    """As pip compares names: lower case, with hyphens."""
    pin: str
    """The requirement itself, without its hashes."""
    options: tuple[str, ...]
    """The lines below it, stripped."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_in(requirement: str) -> str:
    return normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])


def pinned(file: str) -> list[Pinned]:
    text = (ROOT / "packaging" / file).read_text(encoding="utf-8")
    entries = [entry.splitlines() for entry in re.split(r"\n(?! )", text.strip())]
    return [
        Pinned(
            name_in(first),
            first.removesuffix(" \\"),
            tuple(line.strip().removesuffix(" \\") for line in options),
        )
        for first, *options in entries
    ]


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment that has the wheel; nothing is downloaded."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    install = ("install", "--quiet", "--no-index", "--no-deps", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install)
    # The libraries are those of this environment. A folder named in a .pth file does not have its
    # own .pth files read, so the checkout stays out of sight.
    libraries = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(libraries, "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return programs


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    sources = [file for file in (ROOT / "tray").rglob("*") if "__pycache__" not in file.parts]
    resources = [file for file in (ROOT / "resources").rglob("*") if file.suffix != ".po"]
    assert packed == {
        *(str(file.relative_to(ROOT).as_posix()) for file in sources if file.is_file()),
        *(f"tray/{file.relative_to(ROOT).as_posix()}" for file in resources if file.is_file()),
    }
    assert {"tray/resources/icons/toggl-tray.svg", "tray/resources/languages/zh_CN.mo"} <= packed
    assert any(re.fullmatch(r"tray/store/migrations/0001_\w+\.sql", name) for name in packed)


def test_the_wheel_runs_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    place = run(
        installed / "python", "-c", "import tray; print(tray.__file__)", cwd=tmp_path
    ).strip()
    assert Path(place).is_relative_to(installed.parent)
    command = installed / "toggl-tray"
    assert tray.__version__ in run(command, "--version", cwd=tmp_path)
    status = run(command, "status", "--json", cwd=tmp_path, TOGGL_TRAY_HOME=str(tmp_path))
    assert isinstance(json.loads(status), dict)


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-test.txt"])
def test_requirements_are_exact_and_hashed_and_name_no_place(file: str) -> None:
    requirements = pinned(file)
    assert len(requirements) > 20
    for requirement in requirements:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.!]+( ; [\w.\s'<>=!()]+)?", requirement.pin), (
            requirement.pin
        )
        assert requirement.options, requirement.name
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", o) for o in requirement.options)


def test_every_dependency_is_pinned() -> None:
    groups = PROJECT["dependency-groups"]
    to_run = [*PROJECT["project"]["dependencies"], *groups["build"]]
    assert {name_in(each) for each in to_run} <= {p.name for p in pinned("requirements.txt")}
    assert {name_in(each) for each in groups["dev"]} <= {
        each.name for each in pinned("requirements-test.txt")
    }


def test_the_top_level_holds_only_what_was_agreed() -> None:
    # In a container the checkout often belongs to somebody else, which git takes amiss.
    files = run("git", "-c", "safe.directory=*", "ls-files").splitlines()
    top = {file.split("/")[0] for file in files if not file.startswith(".")}
    assert top - TOP_LEVEL == set()


def test_a_release_is_told_by_its_section_of_the_changelog() -> None:
    notes = run_path(str(ROOT / "packaging/release_notes.py"))["notes"]
    changelog = "# What is new\n\n## 1.10.0, 2027\n\n* New.\n\n## 1.1.0\n\n### Old\n\n* Old.\n"
    assert notes(changelog, "1.10.0") == "* New."
    assert notes(changelog, "1.1.0") == "### Old\n\n* Old."
    with pytest.raises(ValueError, match="says nothing of 1"):
        notes(changelog, "1.1")


def test_only_one_place_names_the_version() -> None:
    folders = ("packaging", "resources/icons", ".github/workflows")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
    texts = {
        file.name: file.read_bytes().decode(errors="replace")
        for file in (*files, ROOT / "installer.iss", ROOT / "pyproject.toml")
        if not file.name.startswith("requirements")
    }
    ours = re.compile(rf"(?<!==){re.escape(tray.__version__)}")  # what is pinned has one of its own
    assert [name for name, text in texts.items() if ours.search(text)] == []


def test_a_frozen_program_leaves_out_nothing_that_is_imported() -> None:
    spec = ast.parse((ROOT / "packaging/toggl-tray.spec").read_text(encoding="utf-8"))
    (excludes,) = (
        keyword.value
        for keyword in ast.walk(spec)
        if isinstance(keyword, ast.keyword) and keyword.arg == "excludes"
    )
    everywhere = ast.walk(OnOneSystem().visit(excludes))
    left_out = {str(each.value) for each in everywhere if isinstance(each, ast.Constant)}
    assert "tkinter" in left_out
    wanted = {
        (module, file.name)
        for file in (ROOT / "tray").rglob("*.py")
        for statement in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for module in modules_in(statement)
    }
    assert [each for each in wanted if each[0] in left_out] == []


class OnOneSystem(ast.NodeTransformer):
    """Takes out what depends on the system."""

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        return ast.copy_location(ast.Tuple(elts=[], ctx=ast.Load()), node)


def modules_in(statement: ast.AST) -> list[str]:
    """What is imported, and all that it is in."""
    match statement:
        case ast.Import(names):
            found = [each.name for each in names]
        case ast.ImportFrom(module, names, 0) if module:
            found = [module, *(f"{module}.{each.name}" for each in names)]
        case _:
            return []
    parts = [each.split(".") for each in found]
    return [".".join(each[: at + 1]) for each in parts for at in range(len(each))]


@pytest.mark.parametrize(
    ("set_by_launcher", "given_on"),
    [
        ({"LD_LIBRARY_PATH": "/opt/ours"}, {}),
        (
            {"LD_LIBRARY_PATH": "/opt/ours", "LD_LIBRARY_PATH_ORIG": "/mine"},
            {"LD_LIBRARY_PATH": "/mine"},
        ),
        ({"LD_LIBRARY_PATH": "/opt/ours", "_PYI_ARCHIVE_FILE": "/opt/ours/toggl-tray"}, {}),
        ({}, {}),
    ],
)
def test_what_a_frozen_program_starts_has_its_own_libraries(
    set_by_launcher: dict[str, str], given_on: dict[str, str]
) -> None:
    environ = {"PATH": "/usr/bin", **set_by_launcher}
    run_path(str(ROOT / "packaging/entry.py"))["give_back"](environ)
    assert environ == {"PATH": "/usr/bin", **given_on}


def test_the_icon_is_drawn_in_every_form() -> None:
    icons = ROOT / "resources/icons"
    made = run_path(str(ROOT / "packaging/make_icons.py"))
    ico = (icons / "toggl-tray.ico").read_bytes()
    assert ico[:4] == b"\0\0\1\0"
    assert tuple(ico[6 + 16 * at] or 256 for at in range(ico[4])) == made["ICO_SIZES"]
    drawn = made["drawn"](made["PNG_SIZE"])
    png = QImage(str(icons / "toggl-tray.png")).convertToFormat(drawn.format())
    shades = zip(png.constBits(), drawn.constBits(), strict=True)  # they do not keep their picture
    # Processors round the last bit of a shade each their own way.
    assert max(abs(kept - new) for kept, new in shades) <= 1, "run packaging/make_icons.py"


def test_the_menu_entry_names_what_there_is() -> None:
    entry = ConfigParser(interpolation=None)
    entry.read(ROOT / "resources/toggl-tray.desktop", encoding="utf-8")
    assert entry["Desktop Entry"]["MimeType"] == f"x-scheme-handler/{SCHEME.removesuffix(':')};"
    for action in entry["Desktop Entry"]["Actions"].rstrip(";").split(";"):
        _, word = entry[f"Desktop Action {action}"]["Exec"].split(" ")
        assert word in COMMANDS or read_link(word)
