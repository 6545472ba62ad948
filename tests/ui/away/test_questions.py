"""What notifications and the menu offer, for each kind of reminder and the question."""

import pytest

from tests.ui.away.conftest import Asked
from tray import clock
from tray.model.formats import TimeFormat
from tray.model.presence import long_run
from tray.model.presence.due import ReminderKind
from tray.model.presence.long_run import LongRun
from tray.model.presence.overnight import OvernightProposal
from tray.session.tracking import Tracking
from tray.tracker import favourites
from tray.ui.away import menu_rows, questions
from tray.ui.away.questions import Prompt
from tray.ui.menu import MenuAction
from tray.workers.reminder_planner import Reminder

TIMES = TimeFormat()


def labels(matter: Prompt) -> list[str]:
    return [offer.label for offer in matter.offers]


def about(reminder: Reminder, tracking: Tracking) -> Prompt:
    tracking.refresh()
    now = clock.now()
    return questions.of_reminder(reminder, tracking.snapshot, TIMES, now=now)


def test_the_question_carries_the_answers_that_need_no_more_words(asked: Asked) -> None:
    (question,) = asked.unanswered
    matter = questions.of_absence(
        question, asked.entry, asked.tracking.snapshot, TIMES, now=asked.now
    )
    left = TIMES.time_of_day(question.begin)
    assert labels(matter) == ["Keep 0:30", f"Stop at {left}", "Remove 0:30, go on", "More…"]
    lasts = question._replace(stretches=(question.stretches[0]._replace(back=None),))
    away = questions.of_absence(lasts, asked.entry, asked.tracking.snapshot, TIMES, now=asked.now)
    assert labels(away) == ["Keep it", f"Stop at {left}", "Remove it, go on", "More…"]
    assert "Email · Acme" in matter.body
    assert matter.id == "absence 1"


def test_a_long_run_offers_to_stop_at_the_last_input(asked: Asked) -> None:
    answers = long_run.answers(asked.entry.start, last_input=asked.left)
    reminder = Reminder(ReminderKind.LONG_RUN, asked.now, asked.entry, asked.left, answers)
    matter = about(reminder, asked.tracking)
    assert matter.title == "Running for 1:00: is that right?"
    assert labels(matter)[:2] == ["Still working", "Stop now"]
    assert any(
        label.startswith("Stop at") and TIMES.time_of_day(asked.left) in label
        for label in labels(matter)
    )


def test_without_a_known_input_nothing_is_offered_of_it(asked: Asked) -> None:
    answers = long_run.answers(asked.entry.start, last_input=None)
    matter = about(
        Reminder(ReminderKind.LONG_RUN, asked.now, asked.entry, None, answers), asked.tracking
    )
    assert labels(matter) == ["Still working", "Stop now", "Stop at a time…"]


def test_the_morning_after_asks_in_one_sentence(asked: Asked) -> None:
    forgotten = OvernightProposal(asked.entry.id, asked.entry.start, asked.left, asked.left)
    reminder = Reminder(ReminderKind.OVERNIGHT, asked.now, asked.entry, asked.left, (), forgotten)
    matter = about(reminder, asked.tracking)
    assert matter.title.startswith("Still running since ")
    assert "Last input " in matter.body
    assert matter.body.endswith("Stop there?")
    assert matter.offers[0].key == LongRun.STOP_AT_LAST_INPUT
    assert questions.stop_moment(reminder) == asked.left


def test_where_inputs_are_not_seen_the_end_of_the_day_is_proposed(asked: Asked) -> None:
    forgotten = OvernightProposal(asked.entry.id, asked.entry.start, None, asked.back)
    reminder = Reminder(ReminderKind.OVERNIGHT, asked.now, asked.entry, None, (), forgotten)
    matter = about(reminder, asked.tracking)
    assert "input" not in matter.body
    assert TIMES.time_of_day(asked.back) in matter.offers[0].label


def test_with_nothing_running_all_ways_to_start_and_to_be_left_alone_are_offered(
    tracking: Tracking,
) -> None:
    favourites.pin(tracking.db, tracking.snapshot.recent[1].what, now=clock.now())
    reminder = Reminder(ReminderKind.NOTHING_RUNNING, clock.now(), since=clock.now() - 1_800)
    matter = about(reminder, tracking)
    since = TIMES.time_of_day(clock.now() - 1_800)
    assert matter.body == f"You came back at {since}."
    assert [offer.key for offer in matter.offers] == [
        questions.START_SINCE,
        questions.START_LAST,
        "15 minutes",
        questions.START_FAVOURITE,
        questions.QUICK_START,
        "60 minutes",
        "until tomorrow",
    ]


def test_with_no_entry_ever_there_is_nothing_to_continue(blank: Tracking) -> None:
    matter = about(
        Reminder(ReminderKind.NOTHING_RUNNING, clock.now(), since=clock.now() - 900), blank
    )
    assert matter.offers[0].key == questions.QUICK_START


def test_breaks_and_goals_are_told(asked: Asked) -> None:
    tracking = asked.tracking
    pause = about(Reminder(ReminderKind.BREAK, asked.now, asked.entry), tracking)
    assert labels(pause) == ["Take a break", "Go on"]
    assert "has run for 1:00" in pause.body
    stopped = about(Reminder(ReminderKind.BREAK, asked.now, asked.entry, stopped=True), tracking)
    assert stopped.offers == ()
    assert "was stopped" in stopped.body
    over = about(Reminder(ReminderKind.WORK, asked.now), tracking)
    assert over.title == "The break is over"
    assert over.body.startswith("It began at ")
    assert [offer.key for offer in over.offers] == ["start last", "keep break", "quick start"]
    for kind in (ReminderKind.DAY_GOAL, ReminderKind.WEEK_GOAL):
        assert "is reached" in about(Reminder(kind, asked.now), tracking).title


@pytest.mark.parametrize(
    ("kind", "while_running"),
    [
        (ReminderKind.LONG_RUN, False),
        (ReminderKind.OVERNIGHT, False),
        (ReminderKind.BREAK, False),
        (ReminderKind.NOTHING_RUNNING, True),
        (ReminderKind.WORK, True),
        (ReminderKind.DAY_GOAL, True),
    ],
)
def test_what_was_settled_in_another_way_is_moot(
    asked: Asked, kind: ReminderKind, while_running: bool
) -> None:
    asked.tracking.refresh()
    reminder = Reminder(kind, asked.now, asked.entry)
    assert questions.is_moot(reminder, asked.tracking.snapshot) is while_running
    asked.tracking.stop()
    if kind is not ReminderKind.DAY_GOAL:
        assert questions.is_moot(reminder, asked.tracking.snapshot) is not while_running


def test_each_choice_is_a_row_of_the_menu_below_its_matter(asked: Asked) -> None:
    reminder = Reminder(ReminderKind.BREAK, asked.now, asked.entry)
    found = menu_rows.rows([about(reminder, asked.tracking)])
    assert [(row.do, row.about, row.answer) for row in found] == [
        (MenuAction.ANSWER, "break", questions.OPEN),
        (MenuAction.ANSWER, "break", questions.STOP),
        (MenuAction.ANSWER, "break", questions.GO_ON),
    ]


def test_what_offers_nothing_takes_no_row(asked: Asked) -> None:
    told = about(Reminder(ReminderKind.DAY_GOAL, asked.now), asked.tracking)
    assert menu_rows.rows([told]) == []


def test_a_start_since_the_return_is_one_row(tracking: Tracking) -> None:
    (row,) = menu_rows.start_since(clock.now() - 900, tracking.snapshot, TIMES, now=clock.now())
    assert row.text.startswith("Start since I came back at ")
    assert row.text.endswith(": Review · Acme")
    assert (row.about, row.answer) == (menu_rows.EARLIER, questions.START_SINCE)


def test_while_something_runs_there_is_none(asked: Asked) -> None:
    asked.tracking.refresh()
    assert menu_rows.start_since(asked.back, asked.tracking.snapshot, TIMES, now=asked.now) == []


def test_that_nothing_runs_is_never_told_without_a_word_below(tracking: Tracking) -> None:
    matter = about(Reminder(ReminderKind.NOTHING_RUNNING, clock.now()), tracking)
    assert matter.body == "It is in your working hours."
    assert [offer.key for offer in matter.offers[:3]] == [
        questions.START_LAST,
        questions.QUICK_START,
        "15 minutes",
    ]
