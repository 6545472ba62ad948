"""What the main window knows of a page before anybody has looked at it."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget


class WindowPage(NamedTuple):
    """One page of the main window, with its row in the rail."""

    key: str
    """Names it in the program."""
    title: str
    """Names it to the user."""
    icon: str
    """The name of its sign."""
    make: Callable[[], QWidget]
    """Makes what it shows, when it is first shown."""
    needs_account: bool = False
    """Whether it is offered only while there is an account."""
