"""Whose rows of a team's report are imported."""

from datetime import UTC
from typing import Final

import pytest

from tray.errors import BadFile
from tray.tracker.transfer.content import Content, NeedsChoice
from tray.tracker.transfer.csv_in import read_csv
from tray.tracker.transfer.people import Person

TEAM: Final = """\
User,Email,Description,Start date,Start time,Duration
Ann,ann@x.org,Team call,2026-11-27,09:00:00,01:00:00
Bob,bob@x.org,Team call,2026-11-27,09:00:00,01:00:00
Bob,Bob@X.org,Bob alone,2026-11-27,10:00:00,02:00:00
"""


def read_team(*users: str, own: Person | None = None, text: str = TEAM) -> Content:
    return read_csv(text, "team.csv", zone=UTC, date_format=None, users=users, own=own)


def test_a_report_of_several_people_is_not_taken_for_one_s_own_time() -> None:
    with pytest.raises(NeedsChoice) as caught:
        read_team()
    assert (str(caught.value), caught.value.choice) == (
        "team.csv holds the time of several people: “Ann” (ann@x.org), 1 row; “Bob” (bob@x.org), "
        "2 rows.",
        "people",
    )


def test_one_s_own_rows_are_known_by_the_address_of_the_account() -> None:
    content = read_team(own=Person("Anything", "ANN@x.org"))
    assert [row.description for row in content.rows] == ["Team call"]
    assert content.remarks == ("Left out the time of others: “Bob” (bob@x.org), 2 rows.",)


@pytest.mark.parametrize(
    ("users", "count"),
    [(("bob@x.org",), 2), (("bob",), 2), (("Ann", "Bob"), 3)],
)
def test_the_people_whose_rows_are_taken_can_be_named(users: tuple[str, ...], count: int) -> None:
    assert len(read_team(*users, own=Person("Ann", "ann@x.org")).rows) == count


def test_somebody_who_is_not_in_the_report_cannot_be_asked_for() -> None:
    with pytest.raises(BadFile, match=r"no row of “Cleo”, but of: “Ann” \(ann@x\.org\), 1 row; "):
        read_team("Cleo")


def test_what_is_wrong_with_the_rows_of_others_does_not_matter() -> None:
    text = TEAM.replace("10:00:00,02:00:00", "noon,soon")
    assert read_team("Ann", text=text).problems == []


def test_the_time_of_somebody_else_alone_is_reported() -> None:
    text = "\n".join(TEAM.splitlines()[:2])
    content = read_team(own=Person("Bob", "bob@x.org"), text=text)
    assert len(content.rows) == 1
    assert content.remarks == (
        "This is the time of “Ann” (ann@x.org), while “Bob” (bob@x.org) is signed in.",
    )
