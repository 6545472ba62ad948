"""The main window where nobody has signed in."""

from typing import NoReturn


def no_account() -> NoReturn:
    """Nothing is asked of a server then."""
    raise AssertionError("there is no account")
