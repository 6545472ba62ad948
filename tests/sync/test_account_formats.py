"""How the account shows dates and times is known here, and follows what is changed elsewhere."""

from pathlib import Path

from tests.sync.rig import Rig
from tray.store import account

HOUR = 3_600
PREFERENCES = "/api/v9/me/preferences"


def formats(rig: Rig) -> tuple[object, ...]:
    found = account.read(rig.db)
    assert found is not None
    return found.date_format, found.time_format, found.beginning_of_week, found.time_zone


def lengths(rig: Rig) -> str | None:
    found = account.read(rig.db)
    assert found is not None
    return found.duration_format


def trouble(rig: Rig) -> str:
    found = account.read(rig.db)
    assert found is not None
    return found.errors.error_kind


def times_asked(rig: Rig) -> int:
    return [each.path for each in rig.service.log].count(PREFERENCES)


def test_they_are_read_and_kept_in_step(signed_in: Rig) -> None:
    assert formats(signed_in) == ("YYYY-MM-DD", "H:mm", 1, "Europe/Berlin")
    there = signed_in.account
    assert lengths(signed_in) == "improved"
    there.preferences |= {"date_format": "DD.MM.YYYY", "timeofday_format": "h:mm A"}
    there.preferences["duration_format"] = "decimal"
    there.beginning_of_week, there.time_zone = 0, "Asia/Tokyo"
    signed_in.run(25 * HOUR)
    assert formats(signed_in) == ("DD.MM.YYYY", "h:mm A", 0, "Asia/Tokyo")
    assert lengths(signed_in) == "decimal"
    assert times_asked(signed_in) == 2


def test_v8_tells_them_with_the_account(tmp_path: Path) -> None:
    rig = Rig(tmp_path, version=8)
    rig.sign_in()
    assert formats(rig) == ("YYYY-MM-DD", "H:mm", 1, "Europe/Berlin")
    rig.account.preferences["date_format"] = "MM/DD/YYYY"
    rig.run(13 * HOUR)
    assert formats(rig)[0] == "MM/DD/YYYY"
    assert not [each for each in rig.service.log if "preferences" in each.path]
    rig.db.close()


def test_a_server_without_them_is_asked_once_a_day(rig: Rig) -> None:
    rig.account.not_offered = frozenset({"/me/preferences"})
    rig.sign_in()
    rig.run(12 * HOUR)
    assert formats(rig) == (None, None, 1, "Europe/Berlin")
    assert times_asked(rig) == 1
    assert trouble(rig) == ""


def test_an_answer_that_fails_takes_nothing_away(signed_in: Rig) -> None:
    signed_in.adapter.faults.next("truncated", when=lambda each: each.path == PREFERENCES)
    signed_in.run(25 * HOUR)
    assert times_asked(signed_in) == 3
    assert formats(signed_in)[:2] == ("YYYY-MM-DD", "H:mm")
    assert trouble(signed_in) == ""


def test_they_are_known_after_the_program_was_started_anew(signed_in: Rig) -> None:
    before = formats(signed_in)
    signed_in.restart()
    assert formats(signed_in) == before


def test_the_first_weekday_that_an_earlier_version_did_not_keep_costs_no_further_request(
    signed_in: Rig,
) -> None:
    account.update(signed_in.db, beginning_of_week=None)
    signed_in.restart()
    before = len(signed_in.service.log)
    signed_in.run(HOUR // 4)
    assert formats(signed_in)[2] == 1
    asked = [each.path for each in signed_in.service.log[before:]]
    assert asked.count("/api/v9/me") == 1
    assert asked.count("/api/v9/me/time_entries") == len(asked) - 1
