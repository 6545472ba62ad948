"""The terminal writes times, dates and lengths as the account does, or as the settings say."""

import pytest

from tests.cli.conftest import Cli
from tests.languages import speaking
from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.opening import open_database

ABROAD = LinkedAccount("https://example.org", "basic", "", 1, "Cook", time_zone="Asia/Tokyo")


@pytest.fixture
def abroad(cli: Cli) -> Cli:
    """Signed in to an account of somebody in Tokyo, who reads times as in America."""
    cli("add", "Plan", "2026-02-09 9:00-10:30")
    (cli.home / "settings.toml").unlink()
    with open_database(str(cli.home / "toggl-tray.db")) as db:
        account.write(db, ABROAD)
        account.update(db, beginning_of_week=0, time_format="h:mm A", date_format="DD.MM.YYYY")
        account.update(db, duration_format="decimal")
    return cli


def test_all_is_as_in_the_account_by_default(abroad: Cli) -> None:
    assert abroad("list", "2026-02-09") == (
        "Monday 9 February  1.50 h\n1  6:00 PM-7:30 PM  1.50 h  Plan\n"
    )
    assert abroad("status").startswith("Nothing is running.\nToday 0.00 h, this week 1.50 h")


def test_each_can_be_another_than_in_the_account(abroad: Cli) -> None:
    abroad.settings("time_format = '24h'", "date_format = 'MM/DD/YYYY'")
    assert abroad("list", "2026-02-09").startswith("Monday, February 9  1.50 h\n1  09:00-10:30")
    abroad.settings("duration_format = 'improved'", "time_format = 'system'")
    assert abroad("list", "2026-02-09").startswith("Monday 9 February  1:30:00\n1  09:00-10:30")


def test_signed_out_it_is_as_the_system(abroad: Cli) -> None:
    with open_database(str(abroad.home / "toggl-tray.db")) as db:
        account.update(db, signed_in=False)
    assert abroad("list", "2026-02-09").startswith("Monday 9 February  1:30:00\n1  09:00-10:30")


def test_days_follow_the_language(cli: Cli) -> None:
    cli("add", "写算法", "2026-02-09 9:00-10:30")
    with speaking("zh_CN"):
        assert cli("list", "2026-02-09").startswith("2月9日星期一  1:30:00\n")
        assert cli("report", "2026-02").startswith("2026年2月1日至28日  1:30:00")
    with speaking("de"):
        assert cli("list", "2026-02-09").startswith("Montag, 9. Februar  1:30:00\n")
        assert cli("report", "2026-02").startswith("1.–28. Feb. 2026  1:30:00")


def test_what_programs_read_is_the_same_for_all(abroad: Cli) -> None:
    report = ("report", "2026-02", "--by", "weekday,hour")
    with speaking("de"):
        theirs = abroad.json(*report, "--json"), abroad(*report, "--csv")
    assert [each["name"] for each in theirs[0]["groups"]] == ["Monday"]
    assert [each["name"] for each in theirs[0]["groups"][0]["groups"]] == ["18:00", "19:00"]
    assert "Monday,18:00,01:00:00" in theirs[1]
