"""Has glibc keep no memory for the program that it does not need."""

from typing import Final

_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of glibc's malloc.h."""


def give_back() -> None:
    """Have glibc return what lies free in its heap, which it keeps otherwise: 2 MB of ours."""
    from ctypes import CDLL

    trim = getattr(CDLL(None), "malloc_trim", None)  # which other libraries of C do not have
    if trim is not None:
        trim(0)


def share_one_heap() -> None:
    """Have all threads share a heap, before there are any.

    glibc gives each its own, and what a thread has freed there no other uses: with four threads
    that write long lists in turn, 4 MB.
    """
    from ctypes import CDLL

    option = getattr(CDLL(None), "mallopt", None)  # which other libraries of C do not have
    if option is not None:
        option(_ARENA_MAX, 1)
