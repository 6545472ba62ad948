"""What is kept of the user's own calendars, and what is on in them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tray.errors import Refused
from tray.model.calendar_event import (
    CalendarEvent,
    FeedEvent,
    local_midnight,
    on_now,
    reach,
    utc_midnight,
)
from tray.model.durations import DAY, HOUR
from tray.store import feeds
from tray.store.database import Database
from tray.store.feeds import Feed

NOON = int(datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp())
CALL = FeedEvent("Call", NOON, NOON + HOUR)


def fill(db: Database, *events: FeedEvent, name: str = "Work") -> int:
    feed = feeds.add(db, name, "#0b83d9")
    feeds.replace(db, feed, events, etag="a", at=NOON, problem="")
    return feed


def titles(db: Database, begin: int, end: int) -> list[str]:
    return [each.title for each in feeds.events_between(db, begin, end, UTC)]


def test_a_calendar_is_kept_with_what_is_known_of_it(db: Database) -> None:
    feed = fill(db, CALL)
    other = feeds.add(db, " Home ", "#e36a00", path="/home/me/home.ics")
    feeds.record_failure(db, other, at=NOON, problem="It is not there.")
    feeds.record_unchanged(db, feed, at=NOON + 5)
    assert feeds.everything(db) == [
        Feed(feed, "Work", "#0b83d9", "", "a", NOON + 5, NOON),
        Feed(other, "Home", "#e36a00", "/home/me/home.ics", "", NOON, None, "It is not there."),
    ]
    feeds.ask_anew(db)
    assert [(each.etag, each.checked_at) for each in feeds.everything(db)] == [("", None)] * 2
    assert titles(db, NOON, NOON + 1) == ["Call"]
    feeds.remove(db, feed)
    assert [each.id for each in feeds.everything(db)] == [other]
    assert titles(db, NOON, NOON + 1) == []
    with pytest.raises(Refused):
        feeds.add(db, " ", "#0b83d9")


def test_what_only_touches_a_stretch_is_not_in_it(db: Database) -> None:
    fill(db, CALL, FeedEvent("Point", NOON, NOON))
    assert titles(db, NOON - HOUR, NOON) == []
    assert titles(db, NOON, NOON + 1) == ["Call", "Point"]
    assert titles(db, NOON + 1, NOON + HOUR) == ["Call"]
    assert titles(db, NOON + HOUR, NOON + 2 * HOUR) == []


def test_an_all_day_event_is_on_the_day_of_who_looks(db: Database) -> None:
    day = utc_midnight(date(2026, 3, 4))
    fill(db, FeedEvent("Fair\nin town", day, day + DAY, all_day=True))
    zone = ZoneInfo("America/New_York")
    (seen,) = feeds.events_between(db, day, day + 30 * HOUR, zone)
    assert (seen.title, seen.start, seen.stop) == ("Fair in town", day + 5 * HOUR, day + 29 * HOUR)
    assert feeds.events_between(db, day, day + 5 * HOUR, zone) == []


def test_only_what_differs_is_written(db: Database) -> None:
    feed = fill(db, CALL, FeedEvent("Gone", NOON, NOON + 1))
    before: dict[str, int] = dict(db.rows("SELECT title, id FROM feed_event"))
    new = FeedEvent("New", NOON, NOON + 2)
    feeds.replace(db, feed, [new, CALL, CALL], etag="b", at=NOON + 9, problem="One was left out.")
    after: dict[str, int] = dict(db.rows("SELECT title, id FROM feed_event"))
    assert after.keys() == {"Call", "New"}
    assert after["Call"] == before["Call"]
    assert feeds.everything(db)[0][4:8] == ("b", NOON + 9, NOON + 9, "One was left out.")


def test_what_was_removed_while_it_was_read_stays_away(db: Database) -> None:
    feed = fill(db, CALL)
    feeds.remove(db, feed)
    feeds.replace(db, feed, [CALL], etag="", at=NOON, problem="")
    assert titles(db, NOON, NOON + 1) == []


def test_what_is_on_is_what_began_last() -> None:
    events = [
        CalendarEvent(1, "", "", title, start, stop, all_day)
        for title, start, stop, all_day in (
            ("Long", NOON - HOUR, NOON + HOUR, False),
            ("Short", NOON - 60, NOON + 60, False),
            ("Over", NOON - 60, NOON, False),
            ("Day", NOON - 9, NOON + DAY, True),
        )
    ]
    found = on_now(events, NOON)
    assert found is not None
    assert found.title == "Short"
    assert on_now(events, NOON + 2 * HOUR) is None


def test_events_are_kept_around_today() -> None:
    begin, end = reach(NOON, back=timedelta(days=2), ahead=timedelta(days=1))
    assert (begin, end) == (NOON - 12 * HOUR - 2 * DAY, NOON - 12 * HOUR + DAY)
    assert local_midnight(begin, UTC) == begin


def test_events_of_any_length_are_found_wherever_they_are_looked_at(db: Database) -> None:
    lengths = (0, 1, HOUR, DAY, 7 * DAY - 1, 7 * DAY, 7 * DAY + 1, 8 * DAY, 90 * DAY)
    events = [
        FeedEvent(f"{at} {length}", NOON + at * DAY, NOON + at * DAY + length)
        for length in lengths
        for at in range(-30, 31, 3)
    ]
    fill(db, *events)
    for begin in range(NOON - 10 * DAY, NOON + 10 * DAY, 17 * HOUR):
        end = begin + 7 * DAY
        expected = {
            each.title
            for each in events
            if each.start < end and (each.stop > begin or each.start == each.stop >= begin)
        }
        found = titles(db, begin, end)
        assert set(found) == expected
        assert len(found) == len(expected)


def test_a_week_is_read_without_looking_at_what_is_long_over(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Sequence[int]]] = []
    rows = db.rows

    def note(sql: str, parameters: Sequence[int]) -> list[object]:
        asked.append((sql, parameters))
        return []

    monkeypatch.setattr(db, "rows", note)
    titles(db, NOON, NOON + DAY)
    ((sql, parameters),) = asked
    plan = "\n".join(str(each[3]) for each in rows(f"EXPLAIN QUERY PLAN {sql}", parameters))
    assert "INDEX feed_event_span (start>? AND start<?)" in plan
    assert "INDEX feed_event_long" in plan
