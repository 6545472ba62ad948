"""Tags put on entries and taken off, many with few requests."""

from tests.cli.conftest import Cli
from tests.fakes.toggl import Server


def test_tags_are_put_on_and_taken_off(cli: Cli) -> None:
    cli("add", "x #a 9:00-9:30")
    cli("add", "y 10:00-10:30")
    assert cli("tag", "1", "B", "#2026") == "Tagged x · #a #B #2026 09:00-09:30, 0:30:00\n"
    assert cli("tag", "1,2", "last", "b") == (
        "Tagged 2 entries, the last is y · #B 10:00-10:30, 0:30:00\n"
    )
    assert cli("untag", "1", "2", "b", "a").startswith("Untagged 2 entries, the last is y 10:00")
    assert cli.json("list", "--json")["entries"][1]["tags"] == ["2026"]
    assert cli.json("untag", "1", "#2026", "--json")["entry"]["tags"] == []
    for words in (["1", "2"], ["a", "b"]):
        assert cli.fails(1, "tag", *words) == (
            "Give the numbers of entries, then the tags: 12 13 billed. A # makes a tag."
        )
    assert cli.fails(1, "tag", "9", "a").startswith("There is no entry 9.")


def test_forty_entries_take_few_requests(signed_in: Cli, toggl: Server) -> None:
    names = ["one", "two", "three"]
    for number in range(40):
        start = signed_in.now - 3600 * (number + 2)
        tags = [names[number % 3]] if number % 4 else []
        toggl.account.add(start, start + 60, description=f"e{number}", tags=tags)
    signed_in("sync")
    signed_in.now += 5
    ids = ",".join(str(each["id"]) for each in signed_in.json("list", "all", "--json")["entries"])
    before = len(toggl.log)
    signed_in("tag", ids, "billed")
    signed_in("sync")
    sent = [each.method for each in toggl.log[before:] if each.method != "GET"]
    assert sent == ["POST", "PATCH"]  # the tag is new
    assert all("billed" in each.tags for each in toggl.account.entries())
    assert {len(each.tags) for each in toggl.account.entries()} == {1, 2}
    before = len(toggl.log)
    signed_in("untag", ids, "billed")
    signed_in("sync")
    sent = [each.method for each in toggl.log[before:] if each.method != "GET"]
    assert sent == ["PATCH"]
    assert {each.tags for each in toggl.account.entries()} == {(), *((name,) for name in names)}
