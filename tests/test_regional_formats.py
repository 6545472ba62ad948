"""What "as in the account" and "as the system" come to, setting by setting."""

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tray import regional_formats
from tray.model.locales.chosen import Style
from tray.settings import Settings
from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.database import Database
from tray.store.shown_formats import shown_formats
from tray.system_formats import (
    RegionalFormats,
    date_format_of,
    formats_of_system,
    zone_of_system,
)

THEIRS = RegionalFormats("Asia/Tokyo", "sunday", "12h", "MM/DD/YYYY", "decimal")
OURS = RegionalFormats("", "saturday", "12h", "DD.MM.YYYY")


@pytest.mark.parametrize(
    ("locale", "first", "hours", "dates"),
    [
        ("en_US.UTF-8", "sunday", "12h", "MM/DD/YYYY"),
        ("en_GB.UTF-8", "monday", "24h", "DD/MM/YYYY"),
        ("de_DE@euro", "monday", "24h", "DD.MM.YYYY"),
        ("zh_CN.UTF-8", "monday", "24h", "YYYY-MM-DD"),
        ("zh_TW", "sunday", "12h", "YYYY-MM-DD"),
        ("ar_EG", "saturday", "12h", "DD/MM/YYYY"),
        ("nl_NL", "monday", "24h", "DD-MM-YYYY"),
    ],
)
def test_the_country_of_the_locale_says_what_is_usual(
    locale: str, first: str, hours: str, dates: str
) -> None:
    wanted = RegionalFormats("", first, hours, dates)
    for environ in ({"LANG": locale}, {"LC_TIME": locale, "LANG": "C"}, {"LC_ALL": locale}):
        assert formats_of_system(environ, "linux") == wanted


@pytest.mark.parametrize("locale", ["", "C", "C.UTF-8", "POSIX", "de", "eo.UTF-8", "_", "x_12"])
def test_a_locale_without_a_country_says_nothing(locale: str) -> None:
    assert formats_of_system({"LANG": locale}, "linux") == RegionalFormats()


@pytest.mark.parametrize(
    ("pattern", "form"),
    [
        *(("M/d/yyyy", "MM/DD/YYYY"), ("dd.MM.yyyy", "DD.MM.YYYY"), ("d-M-yy", "DD-MM-YYYY")),
        *(("yyyy/M/d", "YYYY-MM-DD"), ("yyyy. MM. dd.", "YYYY-MM-DD"), ("", "")),
    ],
)
def test_a_pattern_of_windows_has_an_order_and_a_sign(pattern: str, form: str) -> None:
    assert date_format_of(pattern) == form


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such link")
def test_the_zone_of_the_computer_is_what_its_link_leads_to(tmp_path: Path) -> None:
    folder, link = tmp_path.resolve() / "zoneinfo", tmp_path / "localtime"
    file = folder / "Asia" / "Tokyo"
    link.symlink_to(file)
    assert zone_of_system({}, str(link), str(folder)) == "", "nowhere"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"TZif")
    assert zone_of_system({}, str(link), str(folder)) == "Asia/Tokyo"
    assert zone_of_system({}, str(link)) == "", "Python need not find it there"
    tz = {"TZ": "Asia/Tokyo"}
    assert zone_of_system(tz, str(link), str(folder)) == "", "perhaps a file of that name"
    copy = tmp_path / "copy"
    copy.write_bytes(b"TZif")
    assert zone_of_system({}, str(copy), str(folder)) == ""


@pytest.mark.skipif(not zone_of_system({}), reason="this computer's zone has no name")
def test_times_without_a_zone_are_those_of_that_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)
    time.tzset()
    named = ZoneInfo(zone_of_system(os.environ))
    for moment in range(0, 2**31, 40 * 86_400 + 3_571):
        there = datetime.fromtimestamp(moment, named)
        assert datetime.fromtimestamp(moment) == there.replace(tzinfo=None)
        assert there.replace(tzinfo=None).timestamp() == there.timestamp()
    monkeypatch.undo()
    time.tzset()


def test_by_default_it_is_as_in_the_account_and_else_as_the_system() -> None:
    chosen = Settings()
    assert (chosen.zone, chosen.first_weekday, chosen.twelve_hours) == (None, 0, False)
    assert chosen.style == Style()
    regional_formats.use_system(OURS)
    assert (chosen.zone, chosen.first_weekday, chosen.twelve_hours) == (None, 5, True)
    assert chosen.style == Style("DD.MM.YYYY", "improved", 5)
    assert regional_formats.use_account(THEIRS)
    assert not regional_formats.use_account(THEIRS)
    assert (chosen.zone, chosen.first_weekday) == (ZoneInfo("Asia/Tokyo"), 6)
    assert chosen.style == Style("MM/DD/YYYY", "decimal", 6)


def test_what_the_account_does_not_say_is_as_the_system() -> None:
    regional_formats.use_system(OURS)
    regional_formats.use_account(RegionalFormats(time_format="24h"))
    assert (Settings().twelve_hours, Settings().first_weekday) == (False, 5)


def test_the_system_or_one_of_its_own_can_be_chosen_for_each() -> None:
    regional_formats.use_system(OURS)
    regional_formats.use_account(THEIRS)
    assert Settings(week_start="system").first_weekday == 5
    assert Settings(week_start="tuesday").first_weekday == 1
    assert Settings(time_zone="system").zone is None
    assert Settings(time_zone="").zone is None, "as it was written before"
    assert Settings(time_zone="Europe/Tallinn").zone == ZoneInfo("Europe/Tallinn")
    assert Settings(date_format="system", duration_format="classic").style[:2] == (
        "DD.MM.YYYY",
        "classic",
    )


def test_a_zone_of_the_account_that_is_not_known_here_is_the_computers() -> None:
    regional_formats.use_account(THEIRS._replace(time_zone="Mars/Base"))
    assert (Settings().zone, Settings().zone_name) == (None, "")


def test_the_account_is_asked_only_while_it_is_signed_in(db: Database) -> None:
    assert shown_formats(db) == RegionalFormats()
    account.write(db, LinkedAccount("https://example.org", "basic", "", 1, "Ann"))
    assert shown_formats(db) == RegionalFormats()
    account.update(db, time_zone="Asia/Tokyo", beginning_of_week=0, time_format="h:mm A")
    account.update(db, date_format="MM/DD/YYYY", duration_format="decimal")
    assert shown_formats(db) == THEIRS
    account.update(db, date_format="YY!", time_format="?", duration_format="?")
    assert shown_formats(db) == RegionalFormats("Asia/Tokyo", "sunday")
    account.update(db, signed_in=False)
    assert shown_formats(db) == RegionalFormats()
