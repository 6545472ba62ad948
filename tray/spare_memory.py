"""Has glibc keep no memory for the program that it does not need; elsewhere nothing is done."""

import sys
from typing import Final

_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of glibc's malloc.h."""


def give_back() -> None:
    """Have glibc return what lies free in its heap, which it keeps otherwise; from any thread."""
    _call("malloc_trim", 0)


def share_one_heap() -> None:
    """Have all threads share a heap, before there are any.

    glibc gives each its own, and what a thread has freed there no other uses: with four threads
    that write long lists in turn, 4 MB.
    """
    _call("mallopt", _ARENA_MAX, 1)


def _call(name: str, *numbers: int) -> None:
    if sys.platform == "linux":
        from ctypes import CDLL

        function = getattr(CDLL(None), name, None)  # which other libraries of C do not have
        if function is not None:
            function(*numbers)
