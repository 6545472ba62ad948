"""Links that come from anywhere: what they may do, and what is seen of it."""

from datetime import date

import pytest

from tray.app.follow_link import follow
from tray.session.tracking import Tracking
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft


class Desk:
    """The windows and the notifications that a link leads to."""

    def __init__(self) -> None:
        self.proposed: list[str] = []
        self.told: list[str] = []
        self.confirmed: list[Outcome] = []
        self.days: list[date] = []
        self.windows = 0

    def open_quick_start(self, link_line: str = "") -> None:
        self.proposed.append(link_line)

    def open_main_window(self) -> "Desk":
        self.windows += 1
        return self

    def show_day(self, day: date) -> None:
        self.days.append(day)

    def tell(self, sentence: str) -> None:
        self.told.append(sentence)

    def confirm(self, outcome: Outcome) -> None:
        self.confirmed.append(outcome)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_start_is_only_proposed(tracking: Tracking, desk: Desk) -> None:
    follow("toggl-tray:start?line=Review%20%40Acme", desk, desk, tracking, desk)
    assert desk.proposed == ["Review @Acme"]
    assert tracking.snapshot.running is None


def test_a_stop_is_told_of_and_undone(tracking: Tracking, desk: Desk) -> None:
    tracking.start(Draft("Review"))
    follow("toggl-tray:stop", desk, desk, tracking, desk)
    (outcome,) = desk.confirmed
    assert tracking.snapshot.running is None
    tracking.undo_step(outcome.step_id)
    assert tracking.snapshot.running is not None


def test_a_day_is_shown(tracking: Tracking, desk: Desk) -> None:
    follow("toggl-tray:show?day=2026-02-13", desk, desk, tracking, desk)
    follow("toggl-tray:", desk, desk, tracking, desk)
    assert (desk.days, desk.windows) == ([date(2026, 2, 13)], 2)


def test_anything_else_is_a_sentence(tracking: Tracking, desk: Desk) -> None:
    follow("toggl-tray:delete?entry=1", desk, desk, tracking, desk)
    assert desk.told == [
        "The link “toggl-tray:delete?entry=1” asks for nothing that is known here. "
        "Correct the link."
    ]
