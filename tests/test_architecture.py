"""The pages for maintainers agree with the code: what they name is there, and all of it."""

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

import tray
from tray.store.database import Database

ROOT: Final = Path(__file__).parent.parent
PACKAGE: Final = Path(tray.__file__).parent
PAGES: Final = ("README.md", *(f".github/{name}.md" for name in ("ARCHITECTURE", "CONTRIBUTING")))
FOR_MAINTAINERS: Final = PAGES[1:]
ARCHITECTURE: Final = (ROOT / PAGES[1]).read_text(encoding="utf-8")
WORKFLOW: Final = ROOT / ".github/workflows/ci.yml"
ELSEWHERE: Final = {"backups/", "dist/", "tray/resources/"}
"""Folders beside the database, beside the sources once something is built, and in the wheel."""
_CODE: Final = (".py", ".sql", ".sh", ".toml", ".yml")


def code_spans(page: str) -> set[str]:
    """What a page sets in the type of code, blocks of it left out."""
    text = re.sub(r"^```.*?^```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.M | re.S)
    return set(re.findall(r"`([^`\n]+)`", text))


def headings(page: Path) -> set[str]:
    """The anchors of a page, as GitHub makes them."""
    found = re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in found}


def classes() -> set[str]:
    """The names of all classes of the program."""
    sources = (file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    return {name for text in sources for name in re.findall(r"^ *class (\w+)", text, re.M)}


@pytest.fixture(scope="module")
def words() -> set[str]:
    """Every word in the sources of the program, its tests and its tools."""
    folders = ("tray", "tests", "packaging", ".ci", ".github/workflows")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
    sources = [each for each in (*files, ROOT / "pyproject.toml") if each != Path(__file__)]
    return {
        word
        for file in sources
        if file.suffix in _CODE
        for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))
    }


def test_every_package_and_module_of_the_ground_is_named() -> None:
    packages = {
        f"`{file.parent.relative_to(PACKAGE).as_posix()}/`"
        for file in PACKAGE.rglob("__init__.py")
        if file.parent != PACKAGE
    }
    ground = {f"`{file.name}`" for file in PACKAGE.glob("*.py") if file.name != "__init__.py"}
    assert {each for each in packages | ground if each not in ARCHITECTURE} == set()


def test_the_layers_are_those_that_are_held() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    held = project["tool"]["importlinter"]["contracts"][0]["layers"]
    (drawn,) = re.findall(r"^```\n(__main__.*?)^```", ARCHITECTURE, re.M | re.S)
    assert [set(re.findall(r"\w+", line.split("  ")[0])) for line in drawn.splitlines()] == [
        set(re.findall(r"\w+", re.sub(r"\(.*?\)", "", layer))) for layer in held
    ]


def test_every_table_has_its_line_and_no_other_has(db: Database) -> None:
    tables = {
        name
        for (name,) in db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not name.startswith("sqlite_")
    }
    section = ARCHITECTURE.partition("## The tables")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.M)) == tables


@pytest.mark.parametrize(
    ("table", "heading"), [("outbox", "The way of a push"), ("absence", "The way of an absence")]
)
def test_every_state_is_explained(db: Database, table: str, heading: str) -> None:
    (sql,) = db.row("SELECT sql FROM sqlite_schema WHERE name = ?", (table,))
    uncommented = re.sub(r"--.*", "", sql)
    constraint = re.search(r"state IN \(([^)]*)\)", uncommented)
    assert constraint
    section = ARCHITECTURE.partition(f"## {heading}")[2].partition("\n## ")[0]
    states = set(re.findall(r"'(\w+)'", constraint[1]))
    assert len(states) > 3
    assert {each for each in states if f"`{each}`" not in section} == set()


@pytest.mark.parametrize("page", FOR_MAINTAINERS)
def test_every_path_exists(page: str) -> None:
    paths = {each for each in code_spans(page) if re.fullmatch(r"[\w./-]*(/|/[\w.-]+|\.py)", each)}
    assert len(paths) > 10
    missing = {
        each for each in paths if not (PACKAGE / each).exists() and not (ROOT / each).exists()
    }
    assert missing - ELSEWHERE == set()


@pytest.mark.parametrize("page", FOR_MAINTAINERS)
def test_every_name_is_one_of_the_code(page: str, words: set[str]) -> None:
    names = {each for each in code_spans(page) if re.fullmatch(r"\w+(\.\w+)*(\(\))?", each)}
    assert len(names) > 10
    parts = {part for each in names for part in re.findall(r"\w+", each)}
    titles = {each for each in parts if re.match(r"[A-Z]\w*[a-z]", each)}
    assert parts - titles - words == set()
    assert titles - classes() == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    file = ROOT / page
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([\w-]+))?\)", file.read_text("utf-8"))
    assert links
    for path, anchor in links:
        target = file.parent / path if path else file
        assert target.exists(), path
        assert not anchor or anchor in headings(target), anchor


def test_the_workflow_pins_every_action_and_leaves_out_only_what_is_there() -> None:
    workflow = WORKFLOW.read_text("utf-8")
    actions = re.findall(r"uses: (.*)", workflow)
    assert actions
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", each) for each in actions)
    left_out = re.findall(r"--ignore=(\S+)", workflow)
    assert left_out
    assert {each for each in left_out if not (ROOT / each).exists()} == set()
