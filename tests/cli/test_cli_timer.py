"""Start, stop, toggle and continue, as typed."""

import pytest

from tests.cli.conftest import Cli

MINUTE = 60


def test_a_first_day(cli: Cli) -> None:
    assert cli("start", "Write report @Acme #writing $", "--new") == (
        "Started Write report · Acme · #writing · $ at 12:00\n"
    )
    cli.now += 75 * MINUTE
    assert cli("start", "Call Ann @acme/Support", "--new") == (
        "Stopped Write report · Acme · #writing · $ after 1:15:00\n"
        "Started Call Ann · Acme / Support at 13:15\n"
    )
    cli.now += 10 * MINUTE
    assert cli("stop") == "Stopped Call Ann · Acme / Support 13:15-13:25, 0:10:00\n"
    cli.now += 5 * MINUTE
    assert cli("continue") == "Continued Call Ann · Acme / Support at 13:30\n"
    assert cli("toggle") == "Stopped Call Ann · Acme / Support 13:30-13:30, 0:00:00\n"
    assert cli("toggle") == "Continued Call Ann · Acme / Support at 13:30\n"
    cli.now += MINUTE
    assert cli("continue", "1") == (
        "Stopped Call Ann · Acme / Support after 0:01:00\n"
        "Continued Write report · Acme · #writing · $ at 13:31\n"
    )


def test_an_entry_needs_no_description(cli: Cli) -> None:
    assert cli("start") == "Started (no description) at 12:00\n"


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (["writing", "-15m"], "11:45"),
        (["-15m", "writing"], "11:45"),
        (["writing -1h30m"], "10:30"),
        (["writing", "-1h30m"], "10:30"),
        (["writing", "--at", "-10m"], "11:50"),
        (["writing", "--at=-10m"], "11:50"),
        (["--at", "9:30", "writing"], "09:30"),
        (["writing", "9:30"], "09:30"),
        (["writing", "--at", "now"], "12:00"),
        (["writing", "--at", "yesterday 18:00"], "2026-02-12 18:00"),
        (["yesterday", "18:00", "writing"], "2026-02-12 18:00"),
    ],
)
def test_the_start_can_lie_in_the_past(cli: Cli, words: list[str], start: str) -> None:
    assert cli("start", *words) == f"Started writing at {start}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["start", "Report 14:00"],
        ["start", "Report", "--at", "14:00"],
        ["start", "2pm", "Report"],
        ["continue", "--at", "14:00"],
    ],
)
def test_a_start_of_yesterday_by_a_time_that_lies_ahead_is_asked_about(
    cli: Cli, words: list[str]
) -> None:
    cli("add", "Report 9:00-9:30")
    said = cli.fails(1, *words)
    assert said == (
        "That entry would have run for 22:00 hours already. If that is right, add --yes."
    )
    assert "Report at 2026-02-12 14:00" in cli.with_remarks(*words, "--yes")[0]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["a", "b"], "a b"),
        (["a", "--new", "@P"], "a · P"),
        (["--new", "a", "--trim", "@P", "b"], "a b · P"),
        (["--", "-x", "--new"], "-x --new"),
        (["-5", "apples"], "-5 apples"),
        ([r"\@home 9\:30 \#1 5$"], "@home 9:30 #1 5$"),
        (["写报告 ＠客户 ＃会议", "--new"], "写报告 · 客户 · #会议"),
        (["line\nfeed\ttab \x1b[31mred"], "line feed tab [31mred"),
    ],
)
def test_the_line_can_be_any_words(cli: Cli, words: list[str], title: str) -> None:
    assert cli("start", *words) == f"Started {title} at 12:00\n"


def test_trim_makes_room_for_an_earlier_start(cli: Cli) -> None:
    cli("add", "Stand-up 11:00-11:45")
    assert cli("start", "Report", "--at", "11:30", "--trim") == "Started Report at 11:30\n"
    assert "11:00-11:30  0:30:00  Stand-up" in cli("list")


def test_a_start_can_overlap_what_is_finished(cli: Cli) -> None:
    cli("add", "Stand-up 11:00-11:45")
    _, told = cli.with_remarks("start", "Report", "--at", "11:30")
    assert told == (
        "toggl-tray: It overlaps “Stand-up”.\n"
        "toggl-tray: `toggl-tray edit 2 --trim` shortens what it overlaps.\n"
    )
    assert "11:00-11:45  0:45:00  Stand-up" in cli("list")
    cli("edit", "2", "--trim")
    assert "11:00-11:30  0:30:00  Stand-up" in cli("list")


def test_what_is_added_or_edited_says_what_it_overlaps(cli: Cli) -> None:
    cli("add", "Stand-up 11:00-11:45")
    assert "overlaps “Stand-up”" in cli.with_remarks("add", "Mail 10:30-11:15")[1]
    cli("edit", "2", "-d", "Post")
    assert "overlaps" not in cli.with_remarks("edit", "2", "--stop", "11:20")[1], "as it did before"
    assert "overlaps “Stand-up”" in cli.with_remarks("add", "Call 11:30-11:40")[1]
    assert cli.with_remarks("edit", "2", "--stop", "11:35")[1].startswith(
        "toggl-tray: It overlaps “Call”.\n"
    )
    assert cli.json("edit", "2", "--start", "10:00", "--json")["remarks"] == []


@pytest.mark.parametrize("moment", ["-10m", "11:50", "today 11:50"])
def test_the_stop_can_lie_in_the_past(cli: Cli, moment: str) -> None:
    cli("start", "Report", "--at", "11:00")
    assert cli("stop", "--at", moment) == "Stopped Report 11:00-11:50, 0:50:00\n"


def test_continue_can_have_begun_earlier(cli: Cli) -> None:
    cli("add", "Report 9:00-10:00")
    assert cli("continue", "--at", "-20m") == "Continued Report at 11:40\n"


def test_what_has_passed_midnight_says_so(cli: Cli) -> None:
    cli("start", "Night", "--at", "yesterday 23:00")
    assert cli("stop", "--at", "0:30") == "Stopped Night 2026-02-12 23:00-00:30+1, 1:30:00\n"


def test_what_runs_too_long_is_cut_with_a_remark(cli: Cli) -> None:
    cli("start", "Forgotten")
    cli.now += 1_000 * 3_600
    said, remark = cli.with_remarks("stop")
    assert said.endswith(", 999:00:00\n")
    assert remark == (
        "toggl-tray: “Forgotten” ran for more than 999 hours, the longest an entry can be, and "
        "was stopped there.\n"
    )


def test_a_clock_that_was_set_back_is_remarked(cli: Cli) -> None:
    cli("start", "One")
    cli.now -= 10
    cli("start", "Two")  # as when another process was quicker
    cli.now -= 3_600
    assert "The computer's clock stands before the start of “Two”" in cli.with_remarks("stop")[1]


def test_as_json(cli: Cli) -> None:
    cli("start", "Report @Acme/Text #b #a $", "--new")
    cli.now += MINUTE
    report = {
        "id": 1,
        "description": "Report",
        "project": "Acme",
        "client": None,
        "workspace": "My workspace",
        "task": "Text",
        "tags": ["b", "a"],
        "billable": True,
        "start": "2026-02-13T12:00:00Z",
        "stop": "2026-02-13T12:01:00Z",
        "duration_seconds": 60,
    }
    plain = {
        "id": 2,
        "description": "Plain",
        "project": None,
        "client": None,
        "workspace": "My workspace",
        "task": None,
        "tags": [],
        "billable": False,
        "start": "2026-02-13T12:01:00Z",
        "stop": None,
        "duration_seconds": 0,
    }
    assert cli.json("start", "Plain", "--json") == {
        "v": 1,
        "entry": plain,
        "stopped": report,
        "remarks": [],
    }
    ended = {**plain, "stop": "2026-02-13T12:01:00Z"}
    for command in ("stop", "toggle", "toggle"):
        answer = cli.json(command, "--json")
        assert answer.keys() == {"v", "entry", "stopped", "remarks"}
    assert answer["entry"] == answer["stopped"] == {**ended, "id": 3}
    assert cli.json("continue", "1", "--json")["entry"] == {
        **report,
        "id": 4,
        "start": "2026-02-13T12:01:00Z",
        "stop": None,
        "duration_seconds": 0,
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["start", "x", "--at", "today 12:01"], "a moment that has passed"),
        (["start", "x 9:00-10:00"], "Use `toggl-tray add` for it."),
        (["start", "x 9:00", "--at", "9:30"], "twice, in the line and with --at. Leave one out."),
        (["start", "x", "--at", "noon"], '"noon" is not a moment: write it like 17:30'),
        (["start", "@A @B x"], 'room for one project, and "@B" is one more'),
        (["start", "x @Acme"], "There is no project “Acme”. To make it, add --new."),
        (["start", "x @Acmee"], "There is no project “Acmee”. To make it, add --new."),
        (["start", "x" * 3_001], "at most 3,000 are possible. Shorten it by 1."),
        (["start", "x", "--at", "2005-01-01 9:00"], "outside the years 2006 to 2030"),
        (["stop"], "Nothing is running."),
        (["continue"], "There is no entry to continue yet. Start one first."),
        (["toggle"], "There is no entry to continue yet. Start one first."),
        (["continue", "7"], "There is no entry 7. `toggl-tray list` shows what there is."),
        (["continue", "running"], "Nothing is running."),
        (["continue", "x"], "“x” names no entry. Give the number that `toggl-tray list` shows,"),
        (["continue", "1" * 5_000], "names no entry."),
    ],
)
def test_what_cannot_be_started_or_stopped(cli: Cli, words: list[str], sentence: str) -> None:
    assert sentence in cli.fails(1, *words)
    assert cli("list", "all").startswith("No entries there.")


def test_what_cannot_be_beside_a_running_entry(cli: Cli) -> None:
    cli("start", "Report @Acme/Text", "--new", "--at", "11:00")
    assert cli.fails(1, "start", "x", "--at", "10:59") == (
        "“Report” was started after that moment. Stop or delete it first, or start at a later "
        "moment."
    )
    between = "The running entry can only be stopped between its start and now."
    assert cli.fails(1, "stop", "--at", "10:59") == between
    assert cli.fails(1, "stop", "--at", "today 12:01") == between
    assert cli.fails(1, "continue") == "“Report” is running already."
    assert cli.fails(1, "continue", "1") == "“Report” is running already."
    assert cli.fails(1, "start", "@acme/test") == (
        "“Acme” has no task “test”. Did you mean “Text”? To make it, add --new."
    )
    assert "Did you mean “Acme”?" in cli.fails(1, "start", "@Acmee")
    assert cli("list").count("\n") == 2


@pytest.mark.parametrize("moment", ["9:3", "25:00", "", "9:00-10:00", "tomorrow", "９"])
def test_a_moment_is_one_time(cli: Cli, moment: str) -> None:
    cli("start", "x", "--at", "8:00")
    if moment == "９":  # full width is as good
        assert cli("stop", "--at", moment) == "Stopped x 08:00-09:00, 1:00:00\n"
    else:
        assert "is not a moment" in cli.fails(1, "stop", "--at", moment)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["stop", "now"], "unrecognized arguments: now"),
        (["stop", "--at"], "argument --at: expected one argument"),
        (["start", "x", "--an"], "unrecognized arguments: --an"),
        (["start", "x", "--js"], "unrecognized arguments: --js"),
        (["toggle", "x"], "unrecognized arguments: x"),
        (["continue", "1", "2"], "unrecognized arguments: 2"),
    ],
)
def test_a_wrong_command_line(cli: Cli, words: list[str], complaint: str) -> None:
    assert cli.misused(*words) == complaint
