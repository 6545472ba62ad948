"""What a command wants of :mod:`contextlib`, without what loading that takes.

See `tray.lean_typing`: type checkers are told that it is the same, and it does the same.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from contextlib import closing as closing
    from contextlib import contextmanager as contextmanager
    from contextlib import suppress as suppress
else:

    def contextmanager(generator):
        """Make a block of what is before and after the one ``yield`` of `generator`."""

        def block(*arguments, **named):
            return _Block(generator(*arguments, **named))

        block.__doc__ = generator.__doc__
        return block

    class _Block:
        def __init__(self, steps):
            self._steps = steps

        def __enter__(self):
            return next(self._steps)

        def __exit__(self, kind, error, trace):
            if kind is None:
                for _ in self._steps:
                    raise RuntimeError("a block has one yield only")
                return False
            try:
                self._steps.throw(error)
            except StopIteration as end:
                return end is not error  # the generator has ended: what was raised is dealt with
            except BaseException as raised:
                passed_on = raised.__cause__ if isinstance(error, StopIteration) else raised
                if passed_on is not error:
                    raise
                error.__traceback__ = trace
                return False
            raise RuntimeError("a block has one yield only")

    class suppress:  # noqa: N801  # as it is called there
        """Leave the block without a word where one of these is raised."""

        def __init__(self, *kinds):
            self._kinds = kinds

        def __enter__(self):
            return None

        def __exit__(self, kind, error, trace):
            return kind is not None and issubclass(kind, self._kinds)

    class closing:  # noqa: N801
        """Close a thing at the end of the block."""

        def __init__(self, thing):
            self._thing = thing

        def __enter__(self):
            return self._thing

        def __exit__(self, *raised):
            self._thing.close()
