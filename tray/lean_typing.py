"""What a command wants of :mod:`typing` while it runs, without what loading that takes.

`typing` brings along regular expressions, enumerations and more, and takes as long to load as an
empty Python program; a named tuple of it takes a fifth of a millisecond to make, and 3 KB more. So
the modules that ``start``, ``stop`` and ``status`` load take these names from here, and those that
the tray has in memory while nobody looks. Type checkers, and ruff, are told that they are the same;
what is only said to them does nothing here.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any as Any
    from typing import Final as Final
    from typing import Literal as Literal
    from typing import NamedTuple as NamedTuple
    from typing import NoReturn as NoReturn
    from typing import Protocol as Protocol
    from typing import Self as Self
    from typing import TextIO as TextIO
    from typing import TypeAlias as TypeAlias
    from typing import TypedDict as TypedDict
    from typing import Unpack as Unpack
    from typing import cast as cast
    from typing import overload as overload
else:
    try:
        from _collections import _tuplegetter as field_reader  # as :mod:`collections` has it
    except ImportError:  # and as it does without

        def field_reader(at, doc):
            """Reads what stands at a place."""
            return property(lambda values: values[at], doc=doc)

    new_tuple = tuple.__new__

    class _TypeHint:
        """What only type checkers read; its arguments can be asked for by ``get_args``."""

        __class_getitem__ = classmethod(type(list[int]))

    Any = Final = Literal = NoReturn = Self = TextIO = TypeAlias = Unpack = _TypeHint

    class Protocol:
        """What something has to have."""

    class TypedDict(dict):
        """What keys a dictionary has."""

        def __init_subclass__(cls, *, total=True):
            """Nothing has to be made of it."""

    def cast(kind, value):
        """`value`, which is of that kind."""
        return value

    def overload(function):
        """`function`, as one of several signatures."""
        return function

    class _WithoutDict(type):
        """Makes classes whose instances have room for what a tuple holds, and nothing else."""

        def __new__(mcs, name, bases, body):
            return super().__new__(mcs, name, bases, {"__slots__": (), **body})

    class NamedTuple(tuple, metaclass=_WithoutDict):
        """As :class:`typing.NamedTuple`; what is made of it does the same."""

        def __init_subclass__(cls):
            if NamedTuple in cls.__bases__:  # one that builds on another has its fields
                cls._fields = cls.__match_args__ = fields = tuple(cls.__annotations__)
                own = vars(cls)
                cls._field_defaults = {field: own[field] for field in fields if field in own}
                for at, field in enumerate(fields):
                    setattr(cls, field, field_reader(at, ""))

        def __new__(cls, /, *values, **named):
            """One with these values; the rest are defaults."""
            if named or len(values) != len(cls._fields):
                values = cls._filled(values, named)
            return new_tuple(cls, values)

        @classmethod
        def _filled(cls, values, named):
            """All values, where some are named or have defaults."""
            rest = cls._fields[len(values) :]
            given = cls._field_defaults | named
            if len(values) > len(cls._fields) or not named.keys() <= set(rest):
                raise TypeError(f"{cls.__name__} has other fields, or not so many")
            if missing := [field for field in rest if field not in given]:
                raise TypeError(f"{cls.__name__} lacks {', '.join(missing)}")
            return (*values, *[given[field] for field in rest])

        @classmethod
        def _make(cls, values):
            """Of values in the order of the fields, all of them."""
            made = new_tuple(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, /, **changed):
            """The same with other values for some fields."""
            if unknown := changed.keys() - set(self._fields):
                raise ValueError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
            return self._make(map(changed.get, self._fields, self))

        def _asdict(self):
            """The fields and their values."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            shown = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self):
            return tuple(self)
