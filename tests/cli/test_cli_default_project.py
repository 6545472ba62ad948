"""The default project in a terminal."""

from tests.cli.conftest import Cli


def test_start_and_add_take_it_and_say_so(cli: Cli) -> None:
    cli("projects", "create", "Acme")
    cli.settings('default_project = "acme"')
    assert cli("start", "Think") == "Started Think · Acme at 12:00\n"
    assert "Write · Acme" in cli("add", "Write 9:30-10:15")
    cli("stop")
    assert cli("start", "Think @-") == "Started Think at 12:00\n"
    cli("stop")
    assert cli("start", "Think", "--no-project") == "Started Think at 12:00\n"
    assert "· Acme" not in cli("add", "Read 10:30-10:45", "--no-project")
    assert "Other" in cli("start", "Think @Other", "--new")


def test_continue_and_what_is_pinned_are_left_as_they_are(cli: Cli) -> None:
    cli("start", "Alone")
    cli("projects", "create", "Acme")
    cli.settings('default_project = "Acme"')
    assert "Acme" not in cli("stop")
    assert "Acme" not in cli("continue")
    cli("favourites", "pin", "Rest")
    assert "Acme" not in cli("favourites")


def test_one_that_cannot_be_taken_is_said_and_the_entry_starts(cli: Cli) -> None:
    cli.settings('default_project = "Nowhere"')
    said, remarks = cli.with_remarks("start", "Think")
    assert said == "Started Think at 12:00\n"
    assert "“Nowhere”" in remarks
    cli("projects", "create", "Acme")
    cli("projects", "archive", "Acme")
    cli.settings('default_project = "Acme"')
    said, remarks = cli.with_remarks("add", "Think 9:00-10:00")
    assert "Acme" not in said
    assert "“Acme”" in remarks
