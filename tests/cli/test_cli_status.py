"""What `status` says and counts."""

import pytest

from tests.cli.conftest import Cli, Program

NO_ACCOUNT = {
    "state": "no account",
    "pending": 0,
    "refused": 0,
    "last_sync": None,
    "quota": [],
}


def test_when_nothing_runs(cli: Cli) -> None:
    assert cli("status") == "Nothing is running.\nToday 0:00:00, this week 0:00:00\n"
    assert cli.json("status", "--json") == {
        "v": 1,
        "running": None,
        "today_seconds": 0,
        "week_seconds": 0,
        "day_goal_seconds": None,
        "week_goal_seconds": None,
        "sync": NO_ACCOUNT,
    }


def test_when_something_runs(cli: Cli) -> None:
    cli("add", "Earlier 2026-02-10 9:00-10:00")
    cli("start", "Report @Acme/Text #b #a $", "--new", "--at", "10:30")
    assert cli("status") == (
        "Report · Acme / Text · #b #a · $\n"
        "Running for 1:30:00, since 10:30\n"
        "Today 1:30:00, this week 2:30:00\n"
    )
    assert cli.json("status", "--json") == {
        "v": 1,
        "running": {
            "id": 2,
            "description": "Report",
            "project": "Acme",
            "client": None,
            "workspace": "My workspace",
            "task": "Text",
            "tags": ["b", "a"],
            "billable": True,
            "start": "2026-02-13T10:30:00Z",
            "elapsed_seconds": 5400,
        },
        "today_seconds": 5400,
        "week_seconds": 9000,
        "day_goal_seconds": None,
        "week_goal_seconds": None,
        "sync": NO_ACCOUNT,
    }


def test_a_goal_stands_beside_its_total(cli: Cli) -> None:
    cli("add", "Earlier 8:20-11:58")
    cli.settings("day_goal_minutes = 480")
    assert "Today 3:38:00 of 8:00, this week 3:38:00\n" in cli("status")
    cli.settings("week_goal_minutes = 2400")
    assert "Today 3:38:00, this week 3:38:00 of 40:00\n" in cli("status")
    found = cli.json("status", "--json")
    assert (found["day_goal_seconds"], found["week_goal_seconds"]) == (None, 144_000)


def test_what_runs_since_yesterday_counts_for_both_days(cli: Cli) -> None:
    cli("start", "Night", "--at", "yesterday 22:00")
    assert cli("status") == (
        "Night\nRunning for 14:00:00, since 2026-02-12 22:00\nToday 12:00:00, this week 14:00:00\n"
    )


def test_weeks_days_and_times_are_the_users(cli: Cli) -> None:
    cli("add", "Sunday 2026-02-08 9:00-10:00")
    cli("add", "Night 2026-02-13 3:00-5:00")
    cli("start", "Day", "--at", "11:59")
    cli.settings("week_start = 'sunday'", "day_start_hour = 4", "time_format = '12h'")
    assert cli("status") == (
        "Day\nRunning for 0:01:00, since 11:59 AM\nToday 1:01:00, this week 3:01:00\n"
    )


def test_times_are_those_of_the_zone(cli: Cli) -> None:
    cli("start", "Day")
    (cli.home / "settings.toml").write_text("time_zone = 'Asia/Tokyo'", encoding="utf-8")
    assert "since 21:00\n" in cli("status")
    assert cli.json("status", "--json")["running"]["start"] == "2026-02-13T12:00:00Z"


def test_a_clock_that_was_set_back_makes_no_negative_time(cli: Cli) -> None:
    cli("start", "Day")
    cli.now -= 600
    assert "Running for 0:00:00" in cli("status")
    assert cli.json("status", "--json")["today_seconds"] == 0


def test_a_format_fills_one_line(cli: Cli) -> None:
    bar = "{elapsed} {description} [{project}/{task}] {client} {tags} {since} {today}"
    assert cli("status", "--format", bar) == "[/] 0:00:00\n"
    cli("start", "Plan @Acme/Site #a #b -1h", "--new")
    assert cli("status", "--format", bar) == "1:00:00 Plan [Acme/Site] #a #b 11:00 1:00:00\n"
    assert "{nonsense}" in cli.fails(1, "status", "--format", "{elapsed} {nonsense}")
    assert "{}" in cli.fails(1, "status", "--format", "{}")
    assert "not allowed with" in cli.misused("status", "--format", "x", "--json")


def test_it_loads_nothing_for_what_is_not_there(program: Program) -> None:
    """Neither logging nor what hooks, other profiles and JSON need: it is asked for by prompts."""
    heavy = "{'hashlib', 'json', 'logging', 'random', 'secrets', 'tray.hooks'}"
    names = "import sys; from tray.cli.main import main; assert main(['status']) == 0; "
    check = f"found = {heavy} & set(sys.modules); assert not found, found"
    program.run([program.command[0], "-c", names + check])


@pytest.mark.parametrize("something_may_wait", [False, True])
def test_python_is_taken_apart_after_it_only_where_something_may_wait_for_that(
    program: Program, something_may_wait: bool
) -> None:
    words = "import sys; sys.argv = ['toggl-tray', 'status']; "
    threads = "import threading; " if something_may_wait else ""
    run = "from tray.__main__ import main; import atexit; atexit.register(print, 'apart'); main()"
    printed = program.run([program.command[0], "-c", words + threads + run])
    assert ("apart" in printed.stdout) is something_may_wait
