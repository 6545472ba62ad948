from datetime import UTC, date

from hypothesis import given
from hypothesis import strategies as st

from tray.model.bulk_edits import TagChange, changed_tags, moved
from tray.model.days import Calendar
from tray.model.entities import TimeEntry

names = st.lists(st.sampled_from(["call", "Call", "mail", "urgent", "写"]), unique_by=str.casefold)
CALENDAR = Calendar(UTC)


@given(names, names)
def test_tags_are_added_and_taken_away_without_losing_others(
    present: list[str], named: list[str]
) -> None:
    has, wanted = ({name.casefold() for name in each} for each in (present, named))

    def after(change: TagChange) -> set[str]:
        found = changed_tags(present, change, named)
        assert len({name.casefold() for name in found}) == len(found), "each once"
        return {name.casefold() for name in found}

    assert after(TagChange.ADD) == has | wanted
    assert after(TagChange.REMOVE) == has - wanted
    assert after(TagChange.REPLACE) == wanted


def test_a_tag_that_is_there_keeps_its_spelling() -> None:
    assert changed_tags(["Call"], TagChange.ADD, ["call", "mail"]) == ["Call", "mail"]


@given(st.integers(0, 50_000), st.integers(-10_000, 10_000), st.booleans())
def test_what_is_moved_keeps_its_length_and_time_of_day(
    length: int, shift: int, running: bool
) -> None:
    start = 1_772_618_400
    stop = None if running else start + length
    entry = TimeEntry(1, 1, "", None, None, (), False, start, stop)
    begin, end = moved(entry, CALENDAR, day=date(2026, 3, 1), shift_seconds=shift)
    assert (begin - shift - start) % 86_400 == 0
    assert CALENDAR.day_of(begin - shift) == date(2026, 3, 1)
    assert end == (None if running else begin + length)
    assert moved(entry, CALENDAR) == (start, stop)
