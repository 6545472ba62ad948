"""What a command wants of :mod:`enum`, without what loading that takes.

See `tray.lean_typing`: type checkers are told that it is the same, and it does the same.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from enum import StrEnum as StrEnum
else:

    class _Members(type):
        """Makes classes that have a member for each text in their body."""

        def __new__(mcs, name, bases, body):
            made = super().__new__(mcs, name, bases, body)
            made._members = {}
            for word, value in body.items():
                if isinstance(value, str) and not word.startswith("_"):
                    made._members[value] = member = str.__new__(made, value)
                    member.name, member.value = word, value
                    setattr(made, word, member)
            return made

        def __call__(cls, value):
            """The member of that value."""
            try:
                return cls._members[value]
            except KeyError:
                raise ValueError(f"{value!r} is not a valid {cls.__qualname__}") from None

        def __iter__(cls):
            return iter(cls._members.values())

        def __len__(cls):
            return len(cls._members)

    class StrEnum(str, metaclass=_Members):
        """As :class:`enum.StrEnum`, as far as its members are plain texts."""

        def __repr__(self):
            return f"<{type(self).__name__}.{self.name}: {self.value!r}>"

        def __reduce__(self):
            return type(self), (self.value,)
