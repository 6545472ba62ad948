"""Reads the links that open the program: ``toggl-tray:start?line=Write%20report``.

    toggl-tray:                          opens the window
    toggl-tray:start?line=LINE           proposes an entry, written as in quick start
    toggl-tray:quick, …?line=LINE        opens quick start, with a line in it
    toggl-tray:stop                      stops what runs
    toggl-tray:show, …?day=2026-02-13    opens the window, on a day

Anybody can put one into a page, so what is not exactly one of these is refused.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from tray.errors import BadLine
from tray.language import tr

SCHEME: Final = "toggl-tray:"
MOST_CHARACTERS: Final = 4_000
_LINK: Final = re.compile(r"(?://)?([a-z]*)/?(?:\?([^#]*))?", re.ASCII)
_PARAMETER: Final = re.compile(r"([a-z]+)=([^=]*)", re.ASCII)
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class LinkAct(StrEnum):
    """What a link asks for."""

    START = "start"
    QUICK = "quick"
    STOP = "stop"
    SHOW = "show"


_PARAMETERS: Final = {
    LinkAct.START: {"line"},
    LinkAct.QUICK: {"line"},
    LinkAct.STOP: set[str](),
    LinkAct.SHOW: {"day"},
}


class Link(NamedTuple):
    """What it says."""

    act: LinkAct
    line: str = ""
    """As it would be typed into quick start."""
    day: date | None = None


def is_link(text: str) -> bool:
    """Whether `text` is meant as one, however wrong."""
    return text[: len(SCHEME)].lower() == SCHEME


def read_link(text: str) -> Link:
    """What a link asks for.

    Raises:
        BadLine: it is none that is known; with a sentence.
    """
    found = _LINK.fullmatch(text[len(SCHEME) :]) if is_link(text) else None
    name = found[1] or LinkAct.SHOW if found else ""
    if found is None or len(text) > MOST_CHARACTERS or name not in set(LinkAct):
        raise _unknown(text)
    act = LinkAct(name)
    given = _parameters(found[2] or "", text)
    if given.keys() - _PARAMETERS[act]:
        raise _unknown(text)
    line = given.get("line", "")
    if act is LinkAct.START and not line.strip():
        raise BadLine(
            tr("The link asks to start something, but does not say what. Correct the link.")
        )
    return Link(act, line, _day(given["day"]) if "day" in given else None)


def _parameters(query: str, link: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for each in filter(None, query.split("&")):
        found = _PARAMETER.fullmatch(each)
        if found is None or found[1] in given:
            raise _unknown(link)
        given[found[1]] = _decoded(found[2], link)
    return given


def _decoded(text: str, link: str) -> str:
    """What stands behind the per cent signs; a plus is one, as in other links than forms'."""
    from urllib.parse import unquote_to_bytes

    try:
        if _PERCENT.search(text):
            raise _unknown(link)
        decoded = unquote_to_bytes(text).decode()
    except UnicodeError as error:
        raise _unknown(link) from error
    if not all(each.isprintable() for each in decoded):  # line breaks, codes of terminals
        raise _unknown(link)
    return decoded


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadLine(
        tr("The link names the day “{text}”, which is none: 2026-02-13 would be.").format(
            text=text[:40]
        )
    )


def _unknown(text: str) -> BadLine:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    return BadLine(
        tr("The link “{shown}” asks for nothing that is known here. Correct the link.").format(
            shown=shown
        )
    )
