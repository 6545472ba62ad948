"""Tells which troubles wait for the user, by the name under which the account keeps them."""

from typing import Final

from tray import errors
from tray.errors import AccountError, BadAddress, BadReply, ItemError, Untrusted

PASSING: Final = (BadAddress, Untrusted)
"""What the network of a hotel does, too, until one has signed in there: that is tried again."""


def is_for_user(trouble: str) -> bool:
    """Whether an error of this name is the user's to deal with."""
    return _is(trouble, AccountError)


def holds_up(trouble: str) -> bool:
    """Whether nothing is tried again after an error of this name until the user has acted."""
    return is_for_user(trouble) and not _is(trouble, *PASSING)


def is_useless_answer(trouble: str) -> bool:
    """Whether the server was reached, but a question to it was refused or not understood."""
    return _is(trouble, ItemError, BadReply)


def _is(trouble: str, *kinds: type[Exception]) -> bool:
    kind = getattr(errors, trouble, None)
    return isinstance(kind, type) and issubclass(kind, kinds)
