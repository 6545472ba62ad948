"""Pinning, ordering and starting favourites, as typed."""

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def pinned(cli: Cli) -> Cli:
    """Three favourites."""
    cli("favourites", "pin", "one @P/T #a $", "--new")
    cli("favourites", "pin", "two")
    cli("favourites", "pin", "@P")
    return cli


LIST = "1  one · P / T · #a · $\n2  two\n3  (no description) · P\n"


def test_listing(cli: Cli) -> None:
    assert cli("favourites") == (
        "No favourites yet. `toggl-tray favourites pin --entry last` pins what you do now.\n"
    )
    assert cli.json("favourites", "--json") == {"v": 1, "favourites": []}


def test_listing_some(pinned: Cli) -> None:
    assert pinned("favourites") == LIST
    one, two, three = pinned.json("favourites", "--json")["favourites"]
    assert one == {
        "place": 1,
        "description": "one",
        "project": "P",
        "client": None,
        "workspace": "My workspace",
        "task": "T",
        "tags": ["a"],
        "billable": True,
    }
    assert (two["place"], two["project"], two["task"], two["tags"]) == (2, None, None, [])
    assert (three["description"], three["billable"]) == ("", False)


def test_pinning(cli: Cli) -> None:
    assert cli("favourites", "pin", "one") == "Pinned as favourite 1.\n"
    cli("start", "two @P", "--new")
    assert cli("favourites", "pin", "--entry", "running") == "Pinned as favourite 2.\n"
    cli("start", "three")
    assert cli("favourites", "pin", "--entry", "last") == "Pinned as favourite 3.\n"
    again = "That is among the favourites already."
    assert cli.fails(1, "favourites", "pin", "--entry", "1") == again
    assert cli.fails(1, "favourites", "pin", "two", "@p") == again


def test_starting(pinned: Cli) -> None:
    assert pinned("favourites", "start", "1") == "Started one · P / T · #a · $ at 12:00\n"
    pinned.now += 60
    assert pinned("favourites", "start", "2") == (
        "Stopped one · P / T · #a · $ after 0:01:00\nStarted two at 12:01\n"
    )


def test_ordering(pinned: Cli) -> None:
    assert pinned("favourites", "move", "3", "1") == (
        "1  (no description) · P\n2  one · P / T · #a · $\n3  two\n"
    )
    assert pinned("favourites", "move", "1", "999999999") == LIST
    assert pinned("favourites", "unpin", "2") == "Removed favourite 2.\n"
    pinned("undo")
    assert pinned("favourites") == LIST


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["unpin", "4"], "There is no favourite 4. `toggl-tray favourites` lists them."),
        (["move", "4", "1"], "There is no favourite 4. `toggl-tray favourites` lists them."),
        (["start", "4"], "There is no favourite 4. `toggl-tray favourites` lists them."),
        (["pin"], "Give either a line such as “Stand-up @Acme”, or --entry last."),
        (["pin", "x", "--entry", "1"], "Give either a line such as “Stand-up @Acme”, or --entry"),
        (["pin", "x", "-15m"], "A favourite has no times. Leave them out of the line."),
        (["pin", "$"], "A favourite needs a description or a project. Give one."),
        (["pin", "x @Q"], "There is no project “Q”."),
        (["pin", "--entry", "1"], "There is no entry 1."),
    ],
)
def test_what_cannot_be_done(pinned: Cli, words: list[str], sentence: str) -> None:
    assert pinned.fails(1, "favourites", *words).startswith(sentence)
    assert pinned("favourites") == LIST


@pytest.mark.parametrize("place", ["0", "-1", "x", "9" * 5_000])
@pytest.mark.parametrize("action", [["unpin"], ["start"], ["move"], ["move", "1"]])
def test_a_place_is_a_number(pinned: Cli, action: list[str], place: str) -> None:
    words = [*action, place] if action != ["move"] else [*action, place, "1"]
    complaint = pinned.misused("favourites", *words)
    assert complaint.endswith(f"“{place}” is not a whole number from 1 on")
