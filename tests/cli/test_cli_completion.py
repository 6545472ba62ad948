"""What is offered to a shell that asks how a command line could go on."""

import os
from argparse import Action, ArgumentParser
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Program
from tests.languages import speaking
from tray.cli.commands import COMMANDS
from tray.cli.completion import Candidates
from tray.cli.context import Context
from tray.model.setting_choices import WEEKDAYS
from tray.store import known_people
from tray.store.known_people import KnownPerson
from tray.store.opening import open_database
from tray.tracker import catalogue, entries, favourites
from tray.tracker.resolve import Draft

NOW = 1_770_984_000
Complete = Callable[[str], list[str]]

PROJECTS = ["Acme", "Big Co Site", "C:/x", "R&D", "客户"]
DAYS = [
    "today",
    "yesterday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]

TASK = [r"Chapter\ 2"]
PEOPLE = [r"Ann\ Smith", "bob@example.org"]


@pytest.fixture
def filled(program: Program) -> Program:
    """Projects, clients and tags, one of each archived; three entries and a favourite."""
    with open_database(f"{program.environ['TOGGL_TRAY_HOME']}/toggl-tray.db") as db:
        for name in [*PROJECTS, "Old project"]:
            made = catalogue.create_project(db, name, now=NOW)
        catalogue.archive(db, "project", made.created_id, now=NOW)
        for name in ("Client & Co", "Old client"):
            made = catalogue.create_client(db, name, now=NOW)
        catalogue.archive(db, "client", made.created_id, now=NOW)
        for name in ("two words", "会议", "Old tag"):
            made = catalogue.create_tag(db, name, now=NOW)
        catalogue.archive(db, "tag", made.created_id, now=NOW)
        catalogue.create_task(db, 1, "Chapter 2", now=NOW)
        for line in (
            Draft("Write report", "Acme", "Chapter 2", ("two words",), billable=True),
            Draft("写报告", "客户"),
            Draft("9:30 $ @home"),
        ):
            entries.add(db, line, start=NOW, stop=NOW + 60, now=NOW)
        favourites.pin(db, Draft("Stand-up"), now=NOW)
        with db.writing():
            ann, bob = (
                KnownPerson(7, "Ann Smith", "ann@example.org"),
                KnownPerson(8, "", "bob@example.org"),
            )
            known_people.keep(db, 1, [ann, bob])
        db.run("INSERT INTO outbox (of_table, row_id, state) VALUES ('entry', 1, 'refused')")
    os.makedirs(f"{program.environ['TOGGL_TRAY_HOME']}/profiles/工作")
    return program


@pytest.fixture
def complete(filled: Program, tmp_path: Path) -> Complete:
    """The candidates for what follows ``toggl-tray``, the cursor at its end."""

    def ask(typed: str) -> list[str]:
        line = f"toggl-tray {typed}"
        answer = tmp_path / "answer"
        environ = {
            "_ARGCOMPLETE": "1",
            "_ARGCOMPLETE_SHELL": "bash",
            "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
            "_ARGCOMPLETE_COMP_WORDBREAKS": " \t\n\"'><=;|&(:@",
            "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
        }
        done = filled(environ=environ)
        assert (done.stdout, done.stderr) == ("", "")
        text = answer.read_text(encoding="utf-8")
        return text.split("\v") if text else []

    return ask


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("", list(COMMANDS)),
        ("st", ["start", "stop", "status"]),
        ("--", ["--help", "--version", "--profile"]),
        (
            "start --",
            [
                *("--help", "--new", "--at", "--billable", "--no-billable"),
                *("--no-project", "--client", "--trim", "--yes", "--json", "--profile"),
            ],
        ),
        ("list --l", ["--limit"]),
        ("edit 1 --no-", ["--no-project", "--no-tags", "--no-billable"]),
        ("nonsense ", list(COMMANDS)),
        ("guide ", []),
        ("undo ", []),
        ("completion ", ["bash", "zsh", "fish"]),
        ("export --format ", ["csv", "json", "timewarrior", "icalendar", "org"]),
        ("import x --date-format ", ["ymd", "dmy", "mdy"]),
        ("lo", ["login", "logout"]),
        ("login --before ", ["upload", "keep", "later"]),
        ("login --auth ", ["basic", "bearer"]),
        ("logout --", ["--help", "--keep", "--forget", "--remove", "--profile"]),
        ("sync --", ["--help", "--upload", "--older", "--wait", "--profile"]),
        ("problems ", ["retry", "drop", "recreate", "take", "keep"]),
        ("problems retry ", ["1"]),
        (
            "projects ",
            [
                *("show", "rename", "create", "change", "archive", "restore", "delete", "merge"),
                *("tasks", "users", "add-task"),
            ],
        ),
        ("clients a", ["archive"]),
        ("--profile ", ["default", "工作"]),
        ("start x --profile 工", ["工作"]),
        ("profiles use ", ["default", "工作"]),
        ("profiles ", ["list", "create", "use", "rename", "remove", "restore", "timer"]),
        ("--profile 工作 edit ", ["last", "running"]),
        ("favourites ", ["pin", "move", "unpin", "start"]),
        ("favourites start ", ["1"]),
        ("hooks run s", ["start", "stop", "sync-problem"]),
        ("favourites move 1 ", ["1"]),
        ("favourites pin --entry ", ["last", "running", "3", "2", "1"]),
        ("edit ", ["last", "running", "3", "2", "1"]),
        ("delete 1 ", ["last", "running", "3", "2", "1"]),
        ("merge la", ["last"]),
        ("continue r", ["running"]),
        ("list ", ["today", "yesterday", "week", "month", "all", *WEEKDAYS]),
        ("list --from ", DAYS),
        ("list --to y", ["yesterday"]),
        ("start --at ", []),
        ("projects create ", []),
        ("projects create x --client ", [r"Client\ \&\ Co"]),
        ("projects change ", ["Acme", r"Big\ Co\ Site", "C:/x", r"R\&D", "客户"]),
        ("projects rename b", [r"Big\ Co\ Site"]),
        ("projects rename big ", []),
        ("projects restore ", [r"Old\ project"]),
        ("clients rename ", [r"Client\ \&\ Co"]),
        ("tags archive ", [r"two\ words", "会议"]),
        ("tags restore ", [r"Old\ tag"]),
        ("tasks assign Chapter ", [*TASK, "me", "nobody", *PEOPLE]),
        ("tasks create Acme x --assign ", ["me", *PEOPLE]),
        ("members role ", PEOPLE),
        ("projects users Acme add b", ["bob@example.org"]),
        ("edit 1 -p 客", ["客户"]),
        ("edit 1 -t ", [r"two\ words", "会议"]),
        ("edit 1 --tag 会", ["会议"]),
    ],
)
def test_candidates(complete: Complete, typed: str, candidates: list[str]) -> None:
    assert complete(typed) == candidates


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ('"Wr', [r"Write report @Acme/\"Chapter 2\" #\"two words\" \$"]),
        ('"写', ["写报告 @客户"]),
        ('"Text @A', ["Text @Acme"]),
        ('"Text @a', ["Text @Acme"]),
        ('"@Acme Text #', [r"@Acme Text #two\\ words", "@Acme Text #会议"]),
        ('"Text @b', [r"Text @Big\\ Co\\ Site"]),
        ("'Text @b", [r"Text @Big\ Co\ Site"]),
        (r"Text\ @b", [r"Text\ @Big\\\ Co\\\ Site"]),
        ("Text @b", [r"@Big\\\ Co\\\ Site"]),
        ('"Text @\\"b', [r"Text @\"Big Co Site\""]),
        ('"Text @\\"A', [r"Text @\"Acme\""]),
        ("'@Big\\ Co\\ S", [r"@Big\ Co\ Site"]),
        ('"Text @acme/', [r"Text @acme/Chapter\\ 2"]),
        ('"Text @acme/c', [r"Text @acme/Chapter\\ 2"]),
        ('"Text @客户/', []),
        ('"Text @Old', []),
        ('"Text @A @', []),
        ('"Text -15', []),
        ('"#two\\\\ words #会', [r"#two\\ words #会议"]),
        ("-15m @A", ["@Acme"]),
        ("--at -15m @A", ["@Acme"]),
        ("@客", ["@客户"]),
    ],
)
def test_lines(complete: Complete, typed: str, candidates: list[str]) -> None:
    assert complete(f"start {typed}") == candidates
    assert complete(f"favourites pin {typed}") == candidates or "--at" in typed
    assert complete(f"edit 1 {typed}") == candidates or "--at" in typed


def test_what_would_mean_something_is_escaped(complete: Complete) -> None:
    assert complete("start '9") == []
    assert complete("start '") == [
        r"\9:30 \$ \@home",
        "写报告 @客户",
        'Write report @Acme/"Chapter 2" #"two words" $',
    ]


def test_files(complete: Complete, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    (folder / "sub").mkdir(parents=True)
    for name in ("a b.csv", "a.json", ".hidden"):
        (folder / name).touch()
    assert complete(f"import {folder}/a") == [rf"{folder}/a\ b.csv", f"{folder}/a.json"]
    assert complete(f"export {folder}/") == [
        rf"{folder}/a\ b.csv",
        f"{folder}/a.json",
        f"{folder}/sub/",
    ]
    assert complete(f"import {folder}/.h") == [f"{folder}/.hidden"]
    assert complete(f"import {folder}/nowhere/") == []


def test_the_code_for_each_shell(program: Program) -> None:
    assert "complete " in program("completion", "bash").stdout
    assert program("completion", "zsh").stdout.startswith("#compdef toggl-tray\n")
    assert "--command toggl-tray" in program("completion", "fish").stdout
    assert "invalid choice: 'tcsh'" in program("completion", "tcsh", code=2).stderr
    assert "are required: shell" in program("completion", code=2).stderr
    assert "~/.bashrc" in program("completion", "--help").stdout


def test_days_are_offered_in_the_words_of_the_language(cli: Cli) -> None:
    candidates = Candidates(Context({"TOGGL_TRAY_HOME": str(cli.home)}))
    day, range_ = Action([], "day"), Action([], "range")
    with speaking("zh_CN"):
        found = [*candidates("", day, ArgumentParser())]
        assert {"今天", "昨天", "本周", "全部", "星期一", "today", "week", "monday"} <= {*found}
        assert {"上周", "last week"} <= {*candidates("", range_, ArgumentParser())}
    with speaking("de"):
        assert {"heute", "gestern", "montag"} <= {*candidates("", day, ArgumentParser())}
