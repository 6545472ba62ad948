"""Add, edit, split, merge, duplicate, delete, undo and redo, as typed."""

import pytest

from tests.cli.conftest import Cli, Program
from tests.cli.terminal import Terminal


@pytest.fixture
def filled(cli: Cli) -> Cli:
    """Entry 1 is finished, entry 2 runs."""
    cli("add", "Report @Acme/Text #a 9:00-10:00", "--new")
    cli("start", "Call", "--at", "11:00")
    return cli


@pytest.mark.parametrize(
    ("words", "times"),
    [
        (["x 9:30-10:15"], "09:30-10:15, 0:45:00"),
        (["x", "9:30-10:15"], "09:30-10:15, 0:45:00"),
        (["x", "-45m"], "11:15-12:00, 0:45:00"),
        (["x", "-45m", "--stop", "-5m"], "11:15-11:55, 0:40:00"),
        (["x", "--start", "9:30"], "09:30-12:00, 2:30:00"),
        (["x", "--start", "9:30", "--stop", "10:00"], "09:30-10:00, 0:30:00"),
        (["x 9:30", "--stop", "10:00"], "09:30-10:00, 0:30:00"),
        (["x yesterday 14-15"], "2026-02-12 14:00-15:00, 1:00:00"),
        (["x mon 9-10"], "2026-02-09 09:00-10:00, 1:00:00"),
        (["x 22:00-2:00"], "2026-02-12 22:00-02:00+1, 4:00:00"),
        (["x 2026-02-01 9:00 - 2026-02-03 10:00", "--yes"], "2026-02-01 09:00-10:00+2, 49:00:00"),
        (["--trim", "x", "10:00-10:00"], "10:00-10:00, 0:00:00"),
    ],
)
def test_add(cli: Cli, words: list[str], times: str) -> None:
    assert cli("add", *words) == f"Added x {times}\n"


def test_add_with_everything(cli: Cli) -> None:
    answer = cli.json("add", "Report @Acme/Text #a $", "9:00-10:00", "--new", "--json")
    assert answer["entry"]["project"] == "Acme"
    assert (answer["entry"]["task"], answer["entry"]["tags"]) == ("Text", ["a"])
    assert answer["stopped"] is None
    assert cli("add", "Stand-up 9:30-9:45", "--trim") == "Added Stand-up 09:30-09:45, 0:15:00\n"
    listed = cli("list")
    assert "09:00-09:30  0:30:00  Report" in listed
    assert "09:45-10:00  0:15:00  Report" in listed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["x"], "When was that? Add its times to the line, such as 9:30-10:15"),
        (["x", "--stop", "10:00"], "When was that?"),
        (["x 9:00", "--start", "9:30"], "The start is given twice, in the line and with an option"),
        (["x 9:00-10:00", "--stop", "9:30"], "The end is given twice"),
        (["x", "--start", "10:00", "--stop", "9:00"], "The stop lies before the start."),
        (["x 2026-01-01 0:00 - 2026-02-12 0:00"], "can last at most 999 hours"),
        (["x @P 9:00-10:00"], "There is no project “P”. To make it, add --new."),
        (["x", "--start", "never"], '"never" is not a moment'),
        ([" ".join(f"#t{each}" for each in range(51)), "9:00-10:00"], "at most 50 tags"),
    ],
)
def test_what_cannot_be_added(cli: Cli, words: list[str], sentence: str) -> None:
    assert sentence in cli.fails(1, "add", *words)
    assert cli("list", "all").startswith("No entries there.")
    assert cli("tags").startswith("No tags yet.")


def test_trim_does_not_remove_an_entry(cli: Cli) -> None:
    cli("add", "Short 9:10-9:20")
    assert "Short" in cli.fails(1, "add", "Long 9:00-10:00", "--trim")


@pytest.mark.parametrize(
    ("words", "after"),
    [
        (["Text"], "Text · Acme / Text · #a 09:00-10:00, 1:00:00"),
        (["@Other", "--new"], "Report · Other · #a 09:00-10:00, 1:00:00"),
        (["--new", "@Acme/Pictures"], "Report · Acme / Pictures · #a 09:00-10:00, 1:00:00"),
        (["#b", "#c"], "Report · Acme / Text · #b #c 09:00-10:00, 1:00:00"),
        (["$"], "Report · Acme / Text · #a · $ 09:00-10:00, 1:00:00"),
        (["8:30"], "Report · Acme / Text · #a 08:30-10:00, 1:30:00"),
        (["8:30-9:30"], "Report · Acme / Text · #a 08:30-09:30, 1:00:00"),
        (["-3h"], "Report · Acme / Text · #a 09:00-10:00, 1:00:00"),
        (["-d", "New @text"], "New @text · Acme / Text · #a 09:00-10:00, 1:00:00"),
        (["--description", ""], "(no description) · Acme / Text · #a 09:00-10:00, 1:00:00"),
        (["-p", "Other", "--new"], "Report · Other · #a 09:00-10:00, 1:00:00"),
        (["--project", "acme"], "Report · Acme / Text · #a 09:00-10:00, 1:00:00"),
        (["--no-project"], "Report · #a 09:00-10:00, 1:00:00"),
        (["--task", "Pictures", "--new"], "Report · Acme / Pictures · #a 09:00-10:00, 1:00:00"),
        (["--task", ""], "Report · Acme · #a 09:00-10:00, 1:00:00"),
        (["-t", "b", "--tag", "c"], "Report · Acme / Text · #b #c 09:00-10:00, 1:00:00"),
        (["--no-tags"], "Report · Acme / Text 09:00-10:00, 1:00:00"),
        (["--billable"], "Report · Acme / Text · #a · $ 09:00-10:00, 1:00:00"),
        (["--no-billable"], "Report · Acme / Text · #a 09:00-10:00, 1:00:00"),
        (["--start", "9:30"], "Report · Acme / Text · #a 09:30-10:00, 0:30:00"),
        (["--stop", "-30m"], "Report · Acme / Text · #a 09:00-11:30, 2:30:00"),
        (["-t", "b", "both", "-15m"], "both · Acme / Text · #b 11:45-12:00, 0:15:00"),
    ],
)
def test_edit(filled: Cli, words: list[str], after: str) -> None:
    if after.startswith("both"):
        filled.with_remarks("edit", "1", "--stop", "now")
    assert filled.with_remarks("edit", "1", *words)[0] == f"Changed 1 to {after}\n"


def test_an_option_wins_over_the_line(filled: Cli) -> None:
    assert filled("edit", "last", "one #b", "-d", "two") == "Changed 2 to two · #b at 11:00\n"


def test_edit_several_at_once(filled: Cli) -> None:
    assert filled("edit", "1,running", "#z", "--no-project") == (
        "Changed 2 entries, the last to Call · #z at 11:00\n"
    )
    assert filled("edit", "2,last,running", "$") == "Changed 2 to Call · #z · $ at 11:00\n"
    assert filled.json("edit", "1", "-d", "x", "--json")["entry"]["description"] == "x"


def test_edit_makes_room(filled: Cli) -> None:
    filled("edit", "1", "--stop", "11:30", "--trim")
    assert "2  11:30-now" in filled("list")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["1"], "Nothing to change was given. `toggl-tray edit --help` shows what can be."),
        (["1", "--new"], "Nothing to change was given."),
        (["9", "x"], "There is no entry 9."),
        (["", "x"], "No entry was named. Name at least one."),
        (["x", "x"], "“x” names no entry."),
        (["1,x", "x"], "“x” names no entry."),
        (["running", "--stop", "now"], "The entry is running. Stop it to give it an end."),
        (["running", "--start", "today 13:00"], "cannot start in the future"),
        (["running", "--task", "x"], "A task needs a project. Give the project too."),
        (["1", "--task", "x"], "“Acme” has no task “x”. To make it, add --new."),
        (["1", "-p", "x"], "There is no project “x”. To make it, add --new."),
        (["1", "--stop", "today 8:00"], "The stop lies before the start."),
        (["1", "--stop", "8:00"], "would last 23:00 hours and end in the future."),
        (["1", "9:00 10:00"], 'one time, and "10:00" is one more'),
    ],
)
def test_what_cannot_be_edited(filled: Cli, words: list[str], sentence: str) -> None:
    before = filled("export", str(filled.home / "a.json"))
    assert sentence in filled.fails(1, "edit", *words)
    assert filled("export", str(filled.home / "b.json")).replace("b.json", "a.json") == before
    assert (filled.home / "a.json").read_bytes() == (filled.home / "b.json").read_bytes()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "the following arguments are required: ENTRY[,ENTRY…]"),
        (["1", "-p", "x", "--no-project"], "argument --no-project: not allowed with argument -p"),
        (["1", "-t", "x", "--no-tags"], "argument --no-tags: not allowed with argument -t"),
        (["1", "--nothing"], "unrecognized arguments: --nothing"),
    ],
)
def test_a_wrong_edit(cli: Cli, words: list[str], complaint: str) -> None:
    assert cli.misused("edit", *words).startswith(complaint)


def test_split(filled: Cli) -> None:
    assert filled("split", "1", "9:15") == (
        "The second part is Report · Acme / Text · #a 09:15-10:00, 0:45:00\n"
    )
    assert filled("split", "running", "-15m") == "The second part is Call at 11:45\n"
    assert filled.json("split", "last", "-5m", "--json")["entry"]["start"] == "2026-02-13T11:55:00Z"
    outside = "“Call” can only be split at a moment after its start and before its end."
    assert filled.fails(1, "split", "last", "9:00") == outside
    assert '"x" is not a moment' in filled.fails(1, "split", "last", "x")
    assert "There is no entry 99." in filled.fails(1, "split", "99", "9:00")
    assert "required: moment" in filled.misused("split", "1")


@pytest.mark.parametrize("ids", [["1", "3"], ["3,1"], ["1", "1,3"]])
def test_merge(filled: Cli, ids: list[str]) -> None:
    filled("add", "Report @Acme/Text #b 10:00-10:30")
    assert (
        filled("merge", *ids) == "Merged into Report · Acme / Text · #a #b 09:00-10:30, 1:30:00\n"
    )


def test_merge_tells_of_the_time_between(filled: Cli) -> None:
    filled("add", "Report @Acme/Text #a 10:10-10:30")
    answer = filled.json("merge", "1", "3", "--json")
    assert answer["remarks"] == ["It includes 10 min that lay between them."]
    filled("undo")
    assert filled.with_remarks("merge", "1", "3")[1] == (
        "toggl-tray: It includes 10 min that lay between them.\n"
    )


def test_what_cannot_be_merged(filled: Cli) -> None:
    filled("add", "Later 10:30-10:45")
    two = "Merging takes at least two different entries."
    assert filled.fails(1, "merge", "1") == filled.fails(1, "merge", "1", "1") == two
    assert filled.fails(1, "merge", "1", "3") == (
        "Their descriptions differ. Make them the same first, then merge."
    )
    filled("edit", "running", "Report @Acme/Text")
    assert filled.fails(1, "merge", "1", "running") == (
        "“Later” lies between them. Merge it too, or move it first."
    )
    assert "There is no entry 9." in filled.fails(1, "merge", "1", "9")
    assert "required: ENTRY" in filled.misused("merge")


def test_duplicate(filled: Cli) -> None:
    assert filled("duplicate", "1") == "Added Report · Acme / Text · #a 09:00-10:00, 1:00:00\n"
    assert filled.json("duplicate", "1", "--json")["entry"]["id"] == 4
    assert filled.fails(1, "duplicate", "running") == (
        "A running entry cannot be duplicated, as only one can run. Stop it."
    )


def test_delete(filled: Cli) -> None:
    assert filled("delete", "1") == (
        "Deleted Report · Acme / Text · #a 09:00-10:00, 1:00:00\n"
        "`toggl-tray undo` brings back what was deleted.\n"
    )
    filled("undo")
    assert filled("delete", "1,2", "last", "1").count("Deleted") == 2
    assert filled("list").startswith("No entries there.")
    assert "There is no entry 1." in filled.fails(1, "delete", "1")
    assert filled.fails(1, "delete", ",") == "No entry was named. Name at least one."
    assert filled.fails(1, "delete", "last") == "There is no entry yet. Start one first."
    assert "required: ENTRY" in filled.misused("delete")


def test_undo_and_redo(filled: Cli) -> None:
    filled.now += 3_600
    filled("stop")
    assert filled("undo") == "Undone: stop “Call”, of 13:00\n"
    filled.now += 24 * 3_600
    assert filled("undo") == "Undone: start “Call”, of 2026-02-13 12:00\n"
    assert filled("redo") == "Done again: start “Call”, of 2026-02-13 12:00\n"
    assert filled("redo") == "Done again: stop “Call”, of 2026-02-13 13:00\n"
    assert filled.fails(1, "redo") == "There is nothing to redo."
    for _ in range(3):
        filled("undo")
    assert filled.fails(1, "undo") == "There is nothing to undo."
    filled("start")
    assert filled("undo") == "Undone: start, of 13:00\n"


@pytest.fixture
def older(cli: Cli) -> Cli:
    """Entry 1 is of three days ago, 9:30 to 10:15."""
    cli("add", "Review", "2026-02-10 9:30-10:15")
    return cli


@pytest.mark.parametrize(
    ("words", "after"),
    [
        (["--stop", "10:30"], "09:30-10:30, 1:00:00"),
        (["--start", "9:00"], "09:00-10:15, 1:15:00"),
        (["--start", "9:00", "--stop", "9:20"], "09:00-09:20, 0:20:00"),
        (["9:30-10:30"], "09:30-10:30, 1:00:00"),
        (["9:45"], "09:45-10:15, 0:30:00"),
        (["--start", "22:00", "--stop", "1:00"], "22:00-01:00+1, 3:00:00"),
        (["--stop", "10:30 AM"], "09:30-10:30, 1:00:00"),
        (["--stop", "9:30 pm"], "09:30-21:30, 12:00:00"),
        (["9:30 AM - 10:30 AM"], "09:30-10:30, 1:00:00"),
    ],
)
def test_a_time_without_a_day_is_on_the_day_of_the_entry(
    older: Cli, words: list[str], after: str
) -> None:
    assert older("edit", "1", *words) == f"Changed 1 to Review 2026-02-10 {after}\n"


def test_each_of_several_entries_keeps_its_day(older: Cli) -> None:
    older("add", "Mail", "2026-02-11 9:30-10:15")
    older("edit", "1,2", "--stop", "10:30")
    assert older("list", "2026-02-10").startswith("Tuesday 10 February  1:00:00\n")
    assert older("list", "2026-02-11").startswith("Wednesday 11 February  1:00:00\n")


def test_an_entry_that_is_put_on_another_day_keeps_its_length(older: Cli) -> None:
    assert older("edit", "1", "--start", "yesterday 9:00") == (
        "Changed 1 to Review 2026-02-12 09:00-09:45, 0:45:00\n"
    )


def test_an_older_entry_is_split_where_it_is(older: Cli) -> None:
    assert older("split", "1", "10:00") == (
        "The second part is Review 2026-02-10 10:00-10:15, 0:15:00\n"
    )


def test_a_forgotten_entry_is_stopped_on_its_day(cli: Cli) -> None:
    cli("start", "Review", "--at", "yesterday 9:00")
    assert cli("stop", "--at", "11:30") == "Stopped Review 2026-02-12 09:00-11:30, 2:30:00\n"


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        (["add", "Report 9:30-8:15"], "would last 22:45 hours and end in the future."),
        (["add", "Report yesterday 9:30-8:15"], "would last 22:45 hours."),
        (["add", "Report", "--start", "9:30", "--stop", "today 12:01"], "would end in the future."),
        (["edit", "1", "--stop", "22:16"], "would last 12:46 hours."),
        (["edit", "1", "--start", "today 11:30"], "would end in the future."),
    ],
)
def test_what_looks_like_a_slip_is_done_when_insisted_upon(
    older: Cli, words: list[str], doubt: str
) -> None:
    sentence = f"That entry {doubt} If that is right, add --yes."
    assert older.fails(1, *words) == sentence
    assert older("list", "all").endswith("1  09:30-10:15  0:45:00  Review\n")
    assert "Re" in older(*words, "--yes")


def test_what_is_long_already_is_not_asked_about_again(cli: Cli) -> None:
    cli("add", "Sleep 2026-02-10 9:00-23:00", "--yes")
    cli("edit", "1", "--stop", "22:00")
    cli("edit", "1", "-d", "Watch")
    assert "would last 13:01 hours" in cli.fails(1, "edit", "1", "--stop", "22:01")


def test_a_slip_is_asked_about_where_somebody_can_answer(program: Program) -> None:
    command = [*program.command, "add", "Report today 9:30-8:15"]
    with Terminal(command, program.environ) as terminal:
        terminal.shows("Is that right? [y/N]")
        terminal.types("\n")
        terminal.shows("add --yes")
        assert terminal.ends() == 1
    with Terminal(command, program.environ) as terminal:
        terminal.shows("Is that right? [y/N]")
        terminal.types("y\n")
        terminal.shows("Added Report")
        assert terminal.ends() == 0


def test_last_is_what_was_changed_last(older: Cli) -> None:
    older("start", "Call", "--at", "11:00")
    older("add", "Plan", "2026-02-10 11:00-12:00")
    assert older("edit", "last", "Plans").startswith("Changed 3 to Plans ")
    older("edit", "1", "--stop", "11:30", "--trim")
    assert older("edit", "last", "#a").startswith("Changed 1 to Review ")
    older("delete", "last")
    assert older("edit", "last", "#b").startswith("Changed 3 to Plans ")
    older("undo")
    older("undo")
    older("undo")
    assert older("edit", "last", "#c").startswith("Changed 1 to Review ")
