"""What `list` shows, of which days, in which columns."""

import re
import sys
import tracemalloc
from datetime import date
from types import FrameType

import pytest

from tests.benchmarks.data import make
from tests.cli.conftest import NOON, Cli
from tray.cli.main import main
from tray.model.typed_days import read_day


@pytest.fixture
def filled(cli: Cli) -> Cli:
    """Entries of eight days, the latest running."""
    cli("add", "January 2026-01-05 9:00-10:00")
    cli("add", "Last week 2026-02-08 9:00-10:00")
    cli("add", "Monday 2026-02-09 9:00-10:00")
    cli("add", "Yesterday @Acme 2026-02-12 22:00-1:00", "--new")
    cli("add", "Report @Acme/Text #a #b $ 9:00-10:30", "--new")
    cli("start", "Call 100%_\\", "--at", "11:45")
    return cli


TODAY = (
    "Today, 13 February  2:45:00\n"
    "6  11:45-now    0:15:00  Call 100%_\\\n"
    "5  09:00-10:30  1:30:00  Report · Acme / Text · #a #b · $\n"
    "4  00:00-01:00  1:00:00  Yesterday · Acme (of 2026-02-12 22:00-01:00+1, 3:00:00)\n"
)
WHOLE = "Yesterday · Acme (of 2026-02-12 22:00-01:00+1, 3:00:00)"
YESTERDAY = f"Yesterday, 12 February  2:00:00\n4  22:00-00:00+1  2:00:00  {WHOLE}\n"
BOTH_DAYS = (
    f"Today, 13 February  1:00:00\n4  00:00-01:00  1:00:00  {WHOLE}\n\n"
    f"{YESTERDAY}\nTotal  3:00:00\n"
)
NEWEST_TWO = (
    "Today, 13 February  1:45:00\n"
    "6  11:45-now    0:15:00  Call 100%_\\\n"
    "5  09:00-10:30  1:30:00  Report · Acme / Text · #a #b · $\n"
)
MONDAY = "Monday 9 February  1:00:00\n3  09:00-10:00  1:00:00  Monday\n"
SUNDAY = "Sunday 8 February  1:00:00\n2  09:00-10:00  1:00:00  Last week\n"
JANUARY = "Monday 5 January  1:00:00\n1  09:00-10:00  1:00:00  January\n"
WEEK = f"{TODAY}\n{YESTERDAY}\n{MONDAY}\nTotal  5:45:00\n"
MONTH = f"{TODAY}\n{YESTERDAY}\n{MONDAY}\n{SUNDAY}\nTotal  6:45:00\n"
ALL = f"{TODAY}\n{YESTERDAY}\n{MONDAY}\n{SUNDAY}\n{JANUARY}\nTotal  7:45:00\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], TODAY),
        (["today"], TODAY),
        (["Yesterday"], YESTERDAY),
        (["monday"], MONDAY),
        (["friday"], TODAY),
        (["2026-02-08"], SUNDAY),
        (["week"], WEEK),
        (["month"], MONTH),
        (["all"], ALL),
        (["--from", "yesterday"], f"{TODAY}\n{YESTERDAY}\nTotal  4:45:00\n"),
        (["--to", "2026-01-31"], JANUARY),
        (["--from", "2026-02-08", "--to", "2026-02-08"], SUNDAY),
        (["--from", "0001-01-01", "--to", "9999-12-31"], ALL),
        (["-n", "2"], NEWEST_TWO),
        (["all", "--limit", "2"], NEWEST_TWO),
        (["-s", "MONDAY"], MONDAY),
        (
            ["--search", "0%_\\"],
            "Today, 13 February  0:15:00\n6  11:45-now  0:15:00  Call 100%_\\\n",
        ),
        (["week", "-s", "mon"], MONDAY),
        (["-s", "y", "-n", "1"], BOTH_DAYS),
    ],
)
def test_list(filled: Cli, words: list[str], expected: str) -> None:
    assert filled("list", *words) == expected


@pytest.mark.parametrize(
    "words",
    [
        ["sunday"],
        ["1999-01-01"],
        ["9999-12-31"],
        ["--from", "2026-02-14"],
        ["--from", "today", "--to", "yesterday"],
        ["-s", "nothing"],
        ["-s", "\udcff"],
        ["month", "-s", "January"],
    ],
)
def test_nothing_to_list(filled: Cli, words: list[str]) -> None:
    if words == ["sunday"]:
        filled("delete", "2")
    advice = "No entries there. `toggl-tray start` starts one, `toggl-tray list week` looks wider."
    if "-s" in words:
        advice = "No entry there contains that. `toggl-tray list -s TEXT` looks in all of them."
    assert filled("list", *words) == f"{advice}\n"
    assert filled.json("list", *words, "--json") == {"v": 1, "entries": []}


def test_as_json(filled: Cli) -> None:
    answer = filled.json("list", "--json")
    assert answer == {
        "v": 1,
        "entries": [
            {
                "id": 6,
                "description": "Call 100%_\\",
                "project": None,
                "client": None,
                "workspace": "My workspace",
                "task": None,
                "tags": [],
                "billable": False,
                "start": "2026-02-13T11:45:00Z",
                "stop": None,
                "duration_seconds": 900,
                "listed_seconds": 900,
            },
            {
                "id": 5,
                "description": "Report",
                "project": "Acme",
                "client": None,
                "workspace": "My workspace",
                "task": "Text",
                "tags": ["a", "b"],
                "billable": True,
                "start": "2026-02-13T09:00:00Z",
                "stop": "2026-02-13T10:30:00Z",
                "duration_seconds": 5400,
                "listed_seconds": 5400,
            },
            {
                "id": 4,
                "description": "Yesterday",
                "project": "Acme",
                "client": None,
                "workspace": "My workspace",
                "task": None,
                "tags": [],
                "billable": False,
                "start": "2026-02-12T22:00:00Z",
                "stop": "2026-02-13T01:00:00Z",
                "duration_seconds": 10800,
                "listed_seconds": 3600,
            },
        ],
    }


@pytest.mark.parametrize("word", ["tomorrow", "2026-02-30", "13/2/2026", "weeks", "\udcff"])
def test_what_is_not_a_day(cli: Cli, word: str) -> None:
    sentence = (
        f"“{word}” is not a day. Write today, yesterday, monday, or a date such as 2026-02-13."
    )
    for words in ([word], ["--from", word], ["--to", word]):
        assert cli.fails(1, "list", *words) == sentence.replace("\udcff", "?")


def test_a_day_and_a_range_are_not_both_possible(cli: Cli) -> None:
    sentence = "Give either a day, or --from and --to."
    assert cli.fails(1, "list", "week", "--from", "today") == sentence
    assert cli.fails(1, "list", "all", "--to", "today") == sentence


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "9" * 5_000, "²"])
def test_a_limit_is_a_number(cli: Cli, number: str) -> None:
    complaint = cli.misused("list", "-n", number)
    assert complaint == f"argument -n/--limit: “{number}” is not a whole number from 1 on"


def test_the_day_begins_and_times_look_as_the_user_wants(cli: Cli) -> None:
    cli("add", "Late 2026-02-13 1:00-2:00")
    cli("add", "Early 10:30-11:15")
    cli.settings("day_start_hour = 4", "time_format = '12h'")
    assert cli("list", "week") == (
        "Today, 13 February  0:45:00\n"
        "2  10:30 AM-11:15 AM  0:45:00  Early\n"
        "\n"
        "Yesterday, 12 February  1:00:00\n"
        "1  1:00 AM+1-2:00 AM+1  1:00:00  Late\n"
        "\n"
        "Total  1:45:00\n"
    )


def test_columns_are_aligned_whatever_is_in_them(cli: Cli) -> None:
    for number in range(9):
        cli.with_remarks("add", f"Nine {number} 8:00-8:0{number}")
    cli.with_remarks("start", "ten", "--at", "-11h")
    lines = cli("list").splitlines()[1:]
    assert {line.index("Nine") for line in lines if "Nine" in line} == {27}
    assert lines[-1] == "10  01:00-now    11:00:00  ten"


def test_wide_characters_take_two_columns(cli: Cli) -> None:
    for name in ("客户", "Acme", "e\N{COMBINING ACUTE ACCENT}a", "한국어", "กี่"):
        cli("projects", "create", name, "--client", "X")
    assert sorted(cli("projects").splitlines(), key=lambda line: int(line[0])) == [
        "1  客户    X",
        "2  Acme    X",
        "3  e\N{COMBINING ACUTE ACCENT}a      X",
        "4  한국어  X",
        "5  กี่       X",
    ]


@pytest.mark.parametrize(
    ("words", "wider"),
    [
        ([], "`toggl-tray list week` looks wider"),
        (["yesterday"], "`toggl-tray list week` looks wider"),
        (["week"], "`toggl-tray list month` looks wider"),
        (["month"], "`toggl-tray list all` looks wider"),
        (["all"], ""),
    ],
)
def test_what_shows_nothing_advises_something_wider(cli: Cli, words: list[str], wider: str) -> None:
    said = cli("list", *words)
    assert said == f"No entries there. `toggl-tray start` starts one{wider and ', '}{wider}.\n"


@pytest.mark.parametrize("words", [("list", "all"), ("list", "all", "--json")])
def test_a_year_of_many_entries_takes_no_more_memory_than_a_few_days(
    cli: Cli, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(f"{cli.home}/toggl-tray.db", entries=20_000, now=NOON, years=1)
    monkeypatch.setattr("builtins.print", lambda *_, **__: None)
    main(("list", "yesterday"))  # which imports
    tracemalloc.start()
    assert main(words) == 0
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < 1_200_000


@pytest.mark.parametrize(
    ("words", "most"), [(("list", "all"), 90), (("list", "all", "--json"), 60)]
)
def test_an_entry_more_takes_few_steps(
    cli: Cli, words: tuple[str, ...], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(f"{cli.home}/toggl-tray.db", entries=2_000, now=NOON, years=1)
    monkeypatch.setattr("builtins.print", lambda *_, **__: None)
    main(("list", "yesterday"))  # which imports
    steps = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        main(words)
    finally:
        sys.setprofile(before)
    assert 2_000 < steps < 2_000 * most


def seconds_listed(cli: Cli, *words: str) -> int:
    return sum(entry["listed_seconds"] for entry in cli.json("list", *words, "--json")["entries"])


def test_what_crosses_midnight_is_counted_alike_everywhere(cli: Cli) -> None:
    cli("add", "late yesterday 23:00-1:00")
    cli.with_remarks("start", "Week", "--at", "2026-02-08 22:30:07")
    status = cli.json("status", "--json")
    assert seconds_listed(cli, "today") == status["today_seconds"]
    assert seconds_listed(cli, "week") == status["week_seconds"]
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    assert sum(seconds_listed(cli, day) for day in days) == status["week_seconds"]
    assert cli("list", "today").startswith("Today, 13 February  13:00:00\n")
    assert cli("list", "sunday").startswith("Sunday 8 February  1:29:53\n")


def test_days_stand_in_order_however_long_an_entry_runs(cli: Cli) -> None:
    for day in ("2025-11-03", "2025-12-24", "2026-02-12"):
        cli("add", f"{day} {day} 23:00-1:00")
    cli.with_remarks("start", "Forgotten", "--at", "2025-11-01 12:00")
    heading = r"^(?:\w+day, )?((?:\w+ )?\d+ \w+(?: \d{4})?)  [\d:]+$"
    today = date(2026, 2, 13)
    days = [read_day(each, today) for each in re.findall(heading, cli("list", "all"), re.M)]
    assert len(days) == 105
    assert days == sorted(days, reverse=True)
