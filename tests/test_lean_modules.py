"""What stands in for modules of Python's own, against these: it has to do the same."""

import contextlib
import copy
import enum
import json
import pickle
import runpy
import sys
import typing
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray import lean_contexts, lean_enum, lean_typing


class Lean(lean_typing.NamedTuple):
    """A value of ours."""

    first: int
    second: str = "two"
    third: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        """Something worked out."""
        return f"{self.first} {self.second}"


class Full(typing.NamedTuple):
    """A value of Python's."""

    first: int
    second: str = "two"
    third: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        """Something worked out."""
        return f"{self.first} {self.second}"


LEAN: Final[Any] = Lean
FULL: Final[Any] = Full
NAMES: Final = ("first", "second", "third", "fourth")
values = st.lists(st.integers(), max_size=4)
named = st.dictionaries(st.sampled_from(NAMES), st.integers())


def came_of(make: Callable[..., Any], *values: object, **named: object) -> object:
    """What came of it: a plain tuple, or the kind of error."""
    try:
        made = make(*values, **named)
    except (TypeError, ValueError) as error:
        return type(error)
    return tuple(made), made._asdict(), repr(made).partition("(")[2], made.both


@given(values, named)
def test_a_named_tuple_is_made_alike(values: list[int], named: dict[str, int]) -> None:
    lean, full = (came_of(kind, *values, **named) for kind in (LEAN, FULL))
    assert lean == full


@given(values)
def test_a_named_tuple_is_made_of_a_row_alike(values: list[int]) -> None:
    lean, full = (came_of(kind._make, values) for kind in (LEAN, FULL))
    assert lean == full


@given(st.dictionaries(st.sampled_from(NAMES[:3]), st.integers()))
def test_a_named_tuple_is_changed_alike(named: dict[str, int]) -> None:
    lean, full = (came_of(kind(1)._replace, **named) for kind in (LEAN, FULL))
    assert lean == full


def test_a_named_tuple_has_no_other_field_to_change() -> None:
    for kind in (LEAN, FULL):
        with pytest.raises((TypeError, ValueError)):
            kind(1)._replace(fourth=4)


def test_a_named_tuple_says_the_same_of_itself() -> None:
    for what in ("_fields", "_field_defaults", "__match_args__", "__slots__"):
        assert getattr(LEAN, what) == getattr(FULL, what), what
    assert LEAN.__doc__ == "A value of ours."


def test_a_named_tuple_is_a_tuple_that_cannot_be_changed() -> None:
    one = LEAN(1, "x")
    assert one == (1, "x", ()) == FULL(1, "x")
    assert hash(one) == hash(FULL(1, "x"))
    first, second, *_ = one
    assert (first, second) == (one.first, one.second)
    for name in ("first", "fourth"):
        with pytest.raises(AttributeError):
            setattr(one, name, 2)
    match one:
        case Lean(1, second=second):
            assert second == "x"
        case _:
            pytest.fail("no match")


def test_a_named_tuple_is_copied_whole() -> None:
    one = LEAN(1, third=(2,))
    for made in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert made == one
        assert type(made) is Lean


def test_one_that_builds_on_another_has_its_fields() -> None:
    class Further(Lean):
        """With more that is worked out."""

        @property
        def half(self) -> float:
            """Something worked out."""
            return self.first / 2

    assert Further(4).half == 2
    assert Further(4)._replace(first=8) == (8, "two", ())
    assert Further._fields == Lean._fields


def test_fields_are_read_where_python_has_no_fast_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_collections", ModuleType("_collections"))
    slow: Any = runpy.run_path(str(lean_typing.__file__))["NamedTuple"]

    class Slow(slow):  # type: ignore[misc]
        """A value."""

        first: int
        second: str = "two"

    assert (Slow(1).first, Slow(1).second, Slow(second="x", first=2).second) == (1, "two", "x")


def test_the_arguments_of_a_literal_can_be_asked_for() -> None:
    from tray.model.entities import Kind

    assert typing.get_args(Kind) == ("client", "project", "task", "tag")


class LeanWord(lean_enum.StrEnum):
    """A word of ours."""

    NONE = ""
    SOME = "some"

    @property
    def doubled(self) -> str:
        """Something worked out."""
        return self * 2


class FullWord(enum.StrEnum):
    """A word of Python's."""

    NONE = ""
    SOME = "some"

    @property
    def doubled(self) -> str:
        """Something worked out."""
        return self * 2


WORDS: Final[Any] = (LeanWord, FullWord)


def test_words_are_the_same() -> None:
    lean, full = (
        [
            (word.name, word.value, str(word), f"{word}", bool(word), word.doubled, type(str(word)))
            for word in kind
        ]
        for kind in WORDS
    )
    assert lean == full
    assert len(LeanWord) == len(FullWord)
    assert repr(LeanWord.SOME) == repr(FullWord.SOME).replace("Full", "Lean")


@given(st.sampled_from(["", "some", "none", "SOME"]))
def test_a_word_is_known_by_its_value(value: str) -> None:
    found = []
    for kind in WORDS:
        try:
            found.append(kind(value).name)
        except ValueError as error:
            found.append(str(error).replace(kind.__name__, ""))
    assert found[0] == found[1]


def test_there_is_one_of_each_word() -> None:
    for kind in WORDS:
        some = kind.SOME
        assert kind("some") is kind(some) is some is copy.deepcopy(some)
        assert pickle.loads(pickle.dumps(some)) is some
        assert isinstance(some, kind)
        assert isinstance(some, str)
        assert some == "some"
        assert hash(some) == hash("some")
        assert json.dumps({some: [some]}) == '{"some": ["some"]}'


class _Mine(Exception):
    pass


@pytest.mark.parametrize("module", [contextlib, lean_contexts], ids=["contextlib", "ours"])
class TestABlock:
    """What both do, so that one may stand for the other."""

    def test_of_a_generator_ends_as_it_should(self, module: Any) -> None:
        done: list[str] = []

        def steps(name: str, *, again: bool = False) -> Iterator[str]:
            """Documented."""
            done.append("before")
            try:
                yield name
            finally:
                done.append(f"after {again}")

        block = module.contextmanager(steps)
        assert block.__doc__ == "Documented."
        with block("x", again=True) as name:
            done.append(name)
        with pytest.raises(_Mine), block("y"):
            raise _Mine
        assert done == ["before", "x", "after True", "before", "after False"]

    @pytest.mark.parametrize("kind", [_Mine, StopIteration, KeyboardInterrupt, RuntimeError])
    def test_of_a_generator_hands_on_what_is_raised(
        self, module: Any, kind: type[BaseException]
    ) -> None:
        def steps() -> Iterator[None]:
            yield

        block = module.contextmanager(steps)
        error = kind("x")
        with pytest.raises(kind) as caught, block():
            raise error
        assert caught.value is error

    @pytest.mark.parametrize("kind", [_Mine, KeyboardInterrupt, RuntimeError])
    def test_of_a_generator_may_raise_where_nothing_was(
        self, module: Any, kind: type[BaseException]
    ) -> None:
        error = kind("x")

        def steps() -> Iterator[None]:
            yield
            raise error

        block = module.contextmanager(steps)
        with pytest.raises(kind) as caught, block():
            pass
        assert caught.value is error

    def test_of_a_generator_may_keep_what_is_raised(self, module: Any) -> None:
        def steps() -> Iterator[None]:
            try:
                yield
            except _Mine:
                return

        block = module.contextmanager(steps)
        with block():
            raise _Mine

    def test_of_a_generator_may_raise_something_else(self, module: Any) -> None:
        def steps() -> Iterator[None]:
            try:
                yield
            except _Mine as error:
                raise ValueError("x") from error

        block = module.contextmanager(steps)
        with pytest.raises(ValueError, match="x") as caught, block():
            raise _Mine
        assert isinstance(caught.value.__cause__, _Mine)

    def test_of_a_generator_that_goes_on_is_a_fault(self, module: Any) -> None:
        def steps() -> Iterator[None]:
            yield
            yield

        block = module.contextmanager(steps)
        with pytest.raises(RuntimeError), block():
            pass

    def test_that_suppresses_leaves_it_without_a_word(self, module: Any) -> None:
        done = []
        with module.suppress(_Mine, OSError):
            done.append(1)
            raise FileNotFoundError
        with pytest.raises(ValueError, match="x"), module.suppress(_Mine):
            raise ValueError("x")
        assert done == [1]

    def test_that_closes_does_so_whatever_is_raised(self, module: Any) -> None:
        class Thing:
            closed = 0

            def close(self) -> None:
                self.closed += 1

        thing = Thing()
        with module.closing(thing) as same:
            assert same is thing
        with pytest.raises(_Mine), module.closing(thing):
            raise _Mine
        assert thing.closed == 2
