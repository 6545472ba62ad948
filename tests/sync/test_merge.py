from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.sync.reconcile.merge import (
    FieldConflict,
    Merged,
    RunningEntry,
    StoppedEntry,
    merge,
    stop_earlier,
)

T: Final = 1_760_000_000
TIMES: Final = ("start", "stop")
PROJECT: Final = ("project_id", "task_id")
BASE: Final[dict[str, Any]] = {
    "description": "Report",
    "project_id": 1,
    "task_id": 2,
    "tag_ids": (1, 2),
    "billable": False,
    "start": T,
    "stop": T + 60,
}
Values = dict[str, Any]
starts = st.integers(0, 20)
ids = st.none() | st.integers(1, 3)


@st.composite
def an_entry(draw: st.DrawFn) -> Values:
    start = T + draw(st.integers(0, 5))
    return {
        "description": draw(st.sampled_from(["", "Report", "Plan"])),
        "project_id": draw(ids),
        "task_id": draw(ids),
        "tag_ids": tuple(sorted(draw(st.frozensets(st.integers(1, 5))))),
        "billable": draw(st.booleans()),
        "start": start,
        "stop": draw(st.none() | st.integers(start, T + 10)),
    }


entries = an_entry()


def by(later: bool) -> Callable[[Iterable[str]], bool]:
    """Whatever the fields."""
    return lambda _: later


def part(values: Values, *fields: str) -> Values:
    return {field: values[field] for field in fields}


def units(field: str) -> tuple[str, ...]:
    """The fields of a conflict of that name."""
    return {"times": TIMES, "project": PROJECT}.get(field, (field,))


@given(base=entries, ours=entries, later=st.booleans())
def test_a_side_that_changed_nothing_gives_way(base: Values, ours: Values, later: bool) -> None:
    assert merge(base, ours, base, ours_later=by(later)) == Merged(ours)
    assert merge(base, base, ours, ours_later=by(later)) == Merged(ours)


@given(base=entries, both=entries, later=st.booleans())
def test_the_same_change_on_both_sides_is_no_conflict(
    base: Values, both: Values, later: bool
) -> None:
    assert merge(base, both, both, ours_later=by(later)) == Merged(both)


@given(base=entries, ours=entries, theirs=entries, later=st.booleans())
def test_both_sides_come_to_the_same_result(
    base: Values, ours: Values, theirs: Values, later: bool
) -> None:
    here = merge(base, ours, theirs, ours_later=by(later))
    there = merge(base, theirs, ours, ours_later=by(not later))
    assert here.values == there.values
    assert [(each.field, each.ours, each.theirs, each.winner) for each in here.conflicts] == [
        (each.field, each.theirs, each.ours, each.winner) for each in there.conflicts
    ]


@given(base=entries, ours=entries, theirs=entries, later=st.booleans())
def test_no_value_is_invented_nor_a_task_given_to_another_project(
    base: Values, ours: Values, theirs: Values, later: bool
) -> None:
    values: Values = dict(merge(base, ours, theirs, ours_later=by(later)).values)
    assert values.keys() == ours.keys()
    for fields in (("description",), ("billable",), ("start",), ("stop",), PROJECT):
        assert part(values, *fields) in (part(ours, *fields), part(theirs, *fields))
    assert values["stop"] is None or values["stop"] >= values["start"]


@given(base=entries, ours=entries, theirs=entries, later=st.booleans())
def test_tags_that_either_added_are_there_and_those_that_either_removed_are_not(
    base: Values, ours: Values, theirs: Values, later: bool
) -> None:
    old, mine, yours = (set(each["tag_ids"]) for each in (base, ours, theirs))
    values: Values = dict(merge(base, ours, theirs, ours_later=by(later)).values)
    merged = values["tag_ids"]
    assert set(merged) == (old | mine | yours) - (old - mine) - (old - yours)
    assert list(merged) == sorted(set(merged))


@given(base=entries, ours=entries, theirs=entries, later=st.booleans())
def test_every_change_is_kept_or_in_a_conflict(
    base: Values, ours: Values, theirs: Values, later: bool
) -> None:
    merged = merge(base, ours, theirs, ours_later=by(later))
    for field in base.keys() - {"tag_ids"}:
        for side, values in (("ours", ours), ("theirs", theirs)):
            mentioned = [
                getattr(each, side)[field]
                for each in merged.conflicts
                if field in units(each.field)
            ]
            changed = values[field] != base[field]
            kept = values[field] == merged.values[field]
            assert not changed or kept or mentioned == [values[field]]


@given(base=entries, ours=entries, theirs=entries, later=st.booleans())
def test_a_conflict_says_what_was_kept(
    base: Values, ours: Values, theirs: Values, later: bool
) -> None:
    merged = merge(base, ours, theirs, ours_later=by(later))
    for each in merged.conflicts:
        fields = units(each.field)
        assert (each.ours, each.theirs) == (part(ours, *fields), part(theirs, *fields))
        assert each.ours != each.theirs
        assert each.kept == ("ours" if later else "theirs")
        assert each.winner == part(merged.values, *fields)
        assert part(base, *fields) not in (each.ours, each.theirs)


@given(base=entries, theirs=entries, later=st.booleans())
def test_what_was_taken_back_here_gives_way_and_is_told(
    base: Values, theirs: Values, later: bool
) -> None:
    merged = merge(base, base, theirs, ours_later=by(later), taken_back=base.keys())
    assert merged.values == theirs
    told = {field for each in merged.conflicts for field in units(each.field)}
    assert told >= {field for field in base.keys() - {"tag_ids"} if base[field] != theirs[field]}
    assert {each.kept for each in merged.conflicts} <= {"theirs"}


@given(base=entries, ours=entries, theirs=entries, later=st.booleans())
def test_merging_the_result_again_changes_nothing(
    base: Values, ours: Values, theirs: Values, later: bool
) -> None:
    values = merge(base, ours, theirs, ours_later=by(later)).values
    assert merge(base, values, theirs, ours_later=by(later)).values == values
    assert merge(base, ours, values, ours_later=by(later)).values == values
    assert merge(theirs, values, theirs, ours_later=by(later)) == Merged(values)


@pytest.mark.parametrize(
    ("ours", "theirs", "ours_later", "values", "conflicts"),
    [
        pytest.param(
            {"description": "Plan"},
            {"stop": T + 90},
            True,
            {"description": "Plan", "stop": T + 90},
            [],
            id="different fields",
        ),
        pytest.param(
            {"description": "Plan"},
            {"description": "Draft"},
            False,
            {"description": "Draft"},
            [
                FieldConflict(
                    "description", {"description": "Plan"}, {"description": "Draft"}, "theirs"
                )
            ],
            id="the same field",
        ),
        pytest.param(
            {"task_id": 3},
            {"project_id": 4, "task_id": None},
            True,
            {"task_id": 3},
            [
                FieldConflict(
                    "project",
                    {"project_id": 1, "task_id": 3},
                    {"project_id": 4, "task_id": None},
                    "ours",
                )
            ],
            id="a task here, another project there",
        ),
        pytest.param(
            {"stop": T + 10},
            {"start": T + 20},
            True,
            {"stop": T + 10},
            [
                FieldConflict(
                    "times",
                    {"start": T, "stop": T + 10},
                    {"start": T + 20, "stop": T + 60},
                    "ours",
                )
            ],
            id="shortened from both ends until nothing is left",
        ),
        pytest.param(
            {"start": T + 30, "stop": T + 40},
            {"stop": T + 20},
            False,
            {"stop": T + 20},
            [
                FieldConflict(
                    "times",
                    {"start": T + 30, "stop": T + 40},
                    {"start": T, "stop": T + 20},
                    "theirs",
                )
            ],
            id="a conflict about the end that takes the beginning with it",
        ),
        pytest.param(
            {"tag_ids": (2, 3)},
            {"tag_ids": (1, 2, 4)},
            True,
            {"tag_ids": (2, 3, 4)},
            [],
            id="tags",
        ),
    ],
)
def test_an_entry(
    ours: Values, theirs: Values, ours_later: bool, values: Values, conflicts: list[FieldConflict]
) -> None:
    merged = merge(BASE, BASE | ours, BASE | theirs, ours_later=by(ours_later))
    assert merged == Merged(BASE | values, tuple(conflicts))


def test_a_running_entry_that_was_moved_there_and_stopped_here() -> None:
    base = BASE | {"stop": None}
    merged = merge(base, base | {"stop": T + 60}, base | {"start": T - 60}, ours_later=by(False))
    assert merged == Merged(BASE | {"start": T - 60})


def test_a_project_of_the_catalogue() -> None:
    base: Values = {"name": "Web", "colour": "#0b83d9", "archived": False, "client_id": None}
    merged = merge(
        base,
        base | {"name": "Site"},
        base | {"name": "Page", "archived": True},
        ours_later=by(True),
    )
    assert merged.values == base | {"name": "Site", "archived": True}
    assert [each.field for each in merged.conflicts] == ["name"]


def test_what_never_was_agreed_is_a_conflict_only_where_it_differs() -> None:
    merged = merge({}, BASE, BASE | {"billable": True, "tag_ids": (2, 3)}, ours_later=by(False))
    assert merged.values == BASE | {"billable": True, "tag_ids": (1, 2, 3)}
    assert [each.field for each in merged.conflicts] == ["billable"]


def test_a_base_that_was_json_is_as_good() -> None:
    base = BASE | {"tag_ids": [1, 2]}
    assert merge(base, BASE, BASE | {"tag_ids": ()}, ours_later=by(True)) == Merged(
        BASE | {"tag_ids": ()}
    )


def test_times_that_were_never_in_order_are_no_conflict() -> None:
    odd = BASE | {"stop": T - 1}
    assert merge(odd, odd | {"description": "Plan"}, odd, ours_later=by(True)) == Merged(
        odd | {"description": "Plan"}
    )


def test_a_field_the_server_left_out_is_our_mistake() -> None:
    with pytest.raises(KeyError, match="tag_ids"):
        merge(BASE, BASE, {key: BASE[key] for key in BASE if key != "tag_ids"}, ours_later=by(True))


def test_the_later_start_runs_and_the_earlier_ends_there() -> None:
    assert stop_earlier(RunningEntry(1, 10), RunningEntry(2, 30)) == StoppedEntry(1, 30)
    assert stop_earlier(RunningEntry(1, 30), RunningEntry(2, 10)) == StoppedEntry(2, 30)


def test_of_two_started_in_the_same_second_that_of_the_server_runs() -> None:
    assert stop_earlier(RunningEntry(1, 10), RunningEntry(2, 10)) == StoppedEntry(1, 10)


@given(st.lists(starts, min_size=2, max_size=6))
def test_of_several_exactly_one_goes_on_and_none_ends_before_it_begins(begun: list[int]) -> None:
    entries = {number: RunningEntry(number, start) for number, start in enumerate(begun)}
    stopped: list[StoppedEntry] = []

    def survivor(ours: RunningEntry, theirs: RunningEntry) -> RunningEntry:
        stopped.append(stop_earlier(ours, theirs))
        return theirs if stopped[-1].id == ours.id else ours

    last = reduce(survivor, entries.values())
    assert last.start == max(begun)
    assert sorted([last.id, *(each.id for each in stopped)]) == sorted(entries)
    assert all(entries[each.id].start <= each.stop <= last.start for each in stopped)
