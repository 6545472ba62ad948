"""What is said about absences."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tray.model.entities import Project, TimeEntry, What
from tray.model.formats import TimeFormat
from tray.model.presence.answers import AbsenceChoice, CreateEntry, Plan, Remark, SetStop
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.store.catalogue import Names
from tray.ui.away import text

ZONE = ZoneInfo("Europe/Tallinn")
TIMES = TimeFormat(ZONE)
NAMES = Names({7: Project(7, 1, "Acme")}, {}, {}, {})


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


NOW = at("2025-10-14 13:00")
BEGIN, BACK = at("2025-10-14 12:04"), at("2025-10-14 12:50")
WHOLE = TimeEntry(1, 1, "Report", 7, None, (), False, at("2025-10-14 09:15"), None)


def absence(*stretches: tuple[int, int | None], cause: Cause = Cause.IDLE) -> Absence:
    spans = tuple(AwayPeriod(*each) for each in stretches)
    return Absence(1, 1, cause, AbsenceState.OPEN, spans)


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (Cause.IDLE, "12:04 – 12:50 · no key and no mouse was touched"),
        (Cause.LOCK, "12:04 – 12:50 · the screen was locked"),
        (Cause.SLEEP, "12:04 – 12:50 · the computer was asleep"),
        (Cause.OFF, "12:04 – 12:50 · Toggl Tray was not running"),
    ],
)
def test_each_cause_is_named(cause: Cause, said: str) -> None:
    assert text.when_and_why(absence((BEGIN, BACK), cause=cause), TIMES, now=NOW) == said


def test_several_stretches_are_counted_and_summed() -> None:
    twice = absence((BEGIN, BEGIN + 600), (BEGIN + 1_800, BACK))
    assert text.headline(twice, now=NOW) == "You were away for 0:26"
    assert text.when_and_why(twice, TIMES, now=NOW).endswith("· 2 times")


def test_one_that_lasts_says_so() -> None:
    lasting = absence((BEGIN, None))
    assert text.headline(lasting, now=NOW) == "Away for 0:56 so far"
    assert text.when_and_why(lasting, TIMES, now=NOW).startswith("since 12:04 ·")


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (AbsenceChoice.KEEP, "Kept 0:46"),
        (AbsenceChoice.DISCARD_AND_STOP, "Removed 0:40, stopped"),
        (AbsenceChoice.DISCARD_AND_CONTINUE, "Removed 0:40, went on"),
        (AbsenceChoice.GIVE, "Given the 0:46 that you were away"),
        (AbsenceChoice.SEPARATE, "Kept 0:46 as a separate entry"),
        (AbsenceChoice.SPLIT, "Split at 12:04"),
    ],
)
def test_what_became_of_the_time_is_said(choice: AbsenceChoice, said: str) -> None:
    plan = Plan((), None, 2_400)
    assert text.done(choice, plan, cut=BEGIN, back=BACK, times=TIMES) == said


def test_another_day_is_named_once() -> None:
    moments = text.MomentFormatter(TIMES, now=NOW)
    evening = at("2025-10-13 17:05")
    assert moments.between(evening, evening + 2_220) == "yesterday 17:05 – 17:42"
    assert moments.at(at("2025-10-14 08:10")) == "today 08:10"
    assert moments.at(at("2025-10-10 08:10")) == "Friday 08:10"
    assert moments.at(at("2025-09-01 08:10")) == "2025-09-01 08:10"


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (Plan(), "since 09:15"),
        (Plan((SetStop(1, BEGIN),), None, 2_760), "until 12:04 · 0:46 removed"),
        (
            Plan((SetStop(1, BEGIN), CreateEntry(WHOLE.what, BACK, None)), None, 2_760),
            "until 12:04, since 12:50 · 0:46 removed",
        ),
        (
            Plan((SetStop(1, BEGIN), CreateEntry(What(1, "Call"), BEGIN, BACK))),
            "until 12:04, 12:04 – 12:50 Call",
        ),
        (
            Plan((SetStop(1, BEGIN), CreateEntry(What(1, "", 7), BEGIN, BACK))),
            "until 12:04, 12:04 – 12:50 Acme",
        ),
    ],
)
def test_a_result_names_each_piece(plan: Plan, said: str) -> None:
    assert text.result(WHOLE, plan, NAMES, TIMES, now=NOW) == said


def test_of_a_deleted_entry_nothing_is_left() -> None:
    assert text.result(None, Plan(), NAMES, TIMES, now=NOW) == "Nothing is left of it"


@pytest.mark.parametrize("remark", Remark)
def test_each_remark_is_a_sentence(remark: Remark) -> None:
    assert text.remark(Plan((), remark)).endswith(".")
    assert text.remark(Plan()) == ""


def test_every_answer_has_a_letter_of_its_own() -> None:
    letters = [text.label(choice).split("&")[1][0].lower() for choice in AbsenceChoice]
    assert len(set(letters)) == len(AbsenceChoice)
