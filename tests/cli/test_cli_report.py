"""The command that sums up time: the same numbers as in the window, in lines, JSON and CSV."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, Program
from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.opening import open_database
from tray.system_formats import zone_of_system


@pytest.fixture
def filled(cli: Cli) -> Cli:
    """Two weeks: one with a project, and this one with an entry over midnight; one is running."""
    cli("add", "Draft @Acme $ 2026-02-04 9:00-10:00", "--new")
    cli("add", "Plan @Acme #a #b $ 2026-02-10 9:00-10:30")
    cli("add", "Call @Web 2026-02-11 22:00-1:00", "--new")
    cli("add", "2026-02-12 9:00-9:10")
    cli("start", "Write @Web", "--at", "11:45")
    return cli


def test_a_week_by_project(filled: Cli) -> None:
    assert filled("report") == filled("report", "week")
    assert filled("report").splitlines() == [
        "9 – 15 Feb 2026  4:55:00  +3:55:00 on the week before",
        "Web                         3:00:00  61 %",
        "Acme                        1:30:00  31 %",
        "No project                  0:10:00   3 %",
        "Running: Write (until now)  0:15:00",
        "Total 4:55:00, billable 1:30:00 (31 %), average of 4 days 1:13:45, longest 3:00:00.",
    ]


def test_two_levels_and_a_filter(filled: Cli) -> None:
    assert filled("report", "2026-02", "--by", "day,project", "--project", "web").splitlines() == [
        "1 – 28 Feb 2026  3:15:00  +3:15:00 on the month before",
        "Wed 11 Feb 2026             2:00:00  62 %",
        "  Web                       2:00:00  62 %",
        "Thu 12 Feb 2026             1:00:00  31 %",
        "  Web                       1:00:00  31 %",
        "Running: Write (until now)  0:15:00",
        "Total 3:15:00, average of 3 days 1:05:00, longest 3:00:00.",
    ]


def test_midnight_as_the_user_has_it(filled: Cli) -> None:
    split = filled("report", "2026-02-11")
    assert (
        "Toggl would show 3:00:00: 1 entry crosses midnight where these days begin or end." in split
    )
    first = filled("report", "2026-02-11", "--midnight", "first-day")
    assert "Split at midnight it would be 2:00:00" in first
    filled.settings('over_midnight = "first day"')
    assert filled("report", "2026-02-11") == first
    assert "not in the total, as with Toggl" in filled("report", "today")


def test_rounding_stands_beside_the_exact_total(filled: Cli) -> None:
    total = filled("report", "--round", "60,up,entry").splitlines()[-1]
    assert total.startswith("Total 6:15:00, unrounded 4:55:00, ")
    found: dict[str, Any] = filled.json("report", "--round", "60,group", "--json")
    assert [group["seconds"] for group in found["groups"]] == [10_800, 7_200, 3_600]
    assert (found["total_seconds"], found["unrounded_seconds"]) == (22_500, 17_700)


def test_by_tag_the_total_counts_an_entry_once(filled: Cli) -> None:
    found = filled.json("report", "--by", "tag", "--project", "Acme", "--json")
    assert [(group["name"], group["seconds"]) for group in found["groups"]] == [
        ("a", 5_400),
        ("b", 5_400),
    ]
    assert (found["total_seconds"], found["counted_again_seconds"]) == (5_400, 5_400)
    assert "The rows come to 1:30:00 more than the total" in filled("report", "--by", "tag")
    assert "a, b" in filled("report", "--by", "tags")


def test_json_names_days_groups_and_what_runs(filled: Cli) -> None:
    found = filled.json("report", "week", "--by", "client,weekday", "--json")
    assert (found["from"], found["to"], found["by"]) == (
        "2026-02-09",
        "2026-02-15",
        ["client", "weekday"],
    )
    assert found["before"]["total_seconds"] == 3_600
    assert found["running"]["reported_seconds"] == 900
    assert found["total_seconds"] == 17_700
    weekdays = [(group["name"], group["seconds"]) for group in found["groups"][0]["groups"]]
    assert weekdays == [("Tuesday", 5_400), ("Wednesday", 7_200), ("Thursday", 4_200)]


def test_csv_is_a_table(filled: Cli) -> None:
    text, remark = filled.with_remarks("report", "--csv", "--by", "project,day")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Project", "Day", "Duration", "Hours", "Billable duration"],
        ["Web", "Wed 11 Feb 2026", "02:00:00", "2.0000", "00:00:00"],
        ["Web", "Thu 12 Feb 2026", "01:00:00", "1.0000", "00:00:00"],
        ["Acme", "Tue 10 Feb 2026", "01:30:00", "1.5000", "01:30:00"],
        ["No project", "Thu 12 Feb 2026", "00:10:00", "0.1667", "00:00:00"],
    ]
    assert remark == "toggl-tray: What runs is not in it.\n"


def test_a_report_is_saved_shown_changed_and_removed(filled: Cli) -> None:
    assert filled(
        "report", "last", "week", "--by", "day", "--project", "Acme", "--save", "Acme days"
    )
    shown = filled("report", "acme days")
    assert shown == filled("report", "last week", "--by", "day", "--project", "Acme")
    assert filled("report", "--saved") == "Acme days  last week  day\n"
    assert "Acme" in filled("report", "Acme", "days", "--by", "project")
    filled("report", "month", "--save", "ACME DAYS")
    assert filled("report", "--saved") == "ACME DAYS  month  project\n"
    filled("report", "--remove", "acme days")
    assert filled("report", "--saved").startswith("No saved reports yet.")
    filled("undo")
    assert filled("report", "--saved") == "ACME DAYS  month  project\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--save", "Last 7 days"], "“Last 7 days” names days, so it cannot be the name"),
        (["--save", ""], "The name of a report cannot be empty."),
        (
            ["--remove", "x"],
            "There is no saved report “x”. `toggl-tray report --saved` lists them.",
        ),
        (["someday"], "“someday” names neither days nor a saved report."),
        (["--by", "colour"], "“colour” is no group. There are project, client,"),
        (["--by", "day,week,month"], "Give one group, or two"),
        (["--by", ""], "Give one group, or two"),
        (["--round", "7"], "“7” says not how to round."),
        (["--round", "up"], "“up” says not how to round."),
        (["--project", "Acmee"], "There is no project “Acmee”. Did you mean “Acme”?"),
        (["2026-02-30"], "“2026-02-30” is not in the calendar."),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(
    filled: Cli, words: list[str], expected: str
) -> None:
    assert filled.fails(1, "report", *words).startswith(expected)


def test_nothing_at_all(cli: Cli) -> None:
    assert cli("report").splitlines() == [
        "9 – 15 Feb 2026  0:00:00  +0:00:00 on the week before",
        "Nothing was tracked then. `toggl-tray report all` looks at all there is.",
    ]
    assert cli("report", "all").startswith("13 Feb 2026  0:00:00\n")


def test_the_zone_is_that_of_the_account_and_named(filled: Cli, tmp_path: Path) -> None:
    with open_database(str(filled.home / "toggl-tray.db")) as db:
        db.run(
            "INSERT INTO account (id, url, auth, user_id, name, time_zone) "
            "VALUES (1, 'https://example.org', 'basic', 1, 'Cook', 'Asia/Tokyo')"
        )
    assert "Asia/Tokyo" not in filled("report", "2026-02-12")
    (filled.home / "settings.toml").unlink()
    said = filled("report", "2026-02-12", "--by", "project")
    assert "Days are those of the time zone Asia/Tokyo, which is not this computer's." in said
    assert "Web         3:00:00" in said


@pytest.mark.skipif(not zone_of_system({}), reason="this computer's zone has no name")
def test_the_computers_zone_is_named_before_that_of_the_account(program: Program) -> None:
    program("add", "Plan 9:00-10:00")
    home = Path(program.environ["TOGGL_TRAY_HOME"])
    with open_database(str(home / "toggl-tray.db")) as db, db.writing():
        link = LinkedAccount("https://example.org", "basic", "", 1, "Cook")
        account.write(db, link._replace(time_zone="Pacific/Apia"))
    (home / "settings.toml").write_text('time_zone = "account"')
    assert "Pacific/Apia" in program("report", "all").stdout
    (home / "settings.toml").write_text(f'time_zone = "{zone_of_system({})}"')
    assert "time zone" not in program("report", "all").stdout


def test_list_takes_the_same_filters(filled: Cli) -> None:
    assert "Plan" in filled("list", "--tag", "a")
    assert "Call" not in filled("list", "--tag", "a")
    web = filled("list", "week", "--project", "web")
    assert "Call" in web
    assert "Plan" not in web
    assert [
        entry["description"] for entry in filled.json("list", "--billable", "--json")["entries"]
    ] == [
        "Plan",
        "Draft",
    ]
    assert "0:10:00" in filled("list", "--without", "project")
    assert filled("list", "today", "--tag", "b").startswith("No entry there fits.")
