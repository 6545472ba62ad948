"""Links: what is exactly one of ours is read, all else is refused in a sentence."""

from contextlib import suppress
from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import BadLine
from tray.model.links import Link, LinkAct, is_link, read_link

LINES = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("toggl-tray:", Link(LinkAct.SHOW)),
        ("toggl-tray://", Link(LinkAct.SHOW)),
        ("TOGGL-TRAY:stop", Link(LinkAct.STOP)),
        ("toggl-tray:stop?", Link(LinkAct.STOP)),
        ("toggl-tray://stop/", Link(LinkAct.STOP)),
        ("toggl-tray:quick", Link(LinkAct.QUICK)),
        ("toggl-tray:quick?line=", Link(LinkAct.QUICK)),
        ("toggl-tray:start?line=C%2B%2B%20%40Acme%20-15m", Link(LinkAct.START, "C++ @Acme -15m")),
        ("toggl-tray:start?line=%E5%86%99+x", Link(LinkAct.START, "写+x")),
        ("toggl-tray:show?day=2026-02-13", Link(LinkAct.SHOW, day=date(2026, 2, 13))),
    ],
)
def test_what_is_a_link(text: str, link: Link) -> None:
    assert is_link(text)
    assert read_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com",
        "toggl-tray:quit",
        "toggl-tray:Stop",
        "toggl-tray:stop?line=x",
        "toggl-tray:stop#now",
        "toggl-tray:stop stop",
        "toggl-tray:stop/../start",
        "toggl-tray:start",
        "toggl-tray:start?line=%20",
        "toggl-tray:start?line=a&line=b",
        "toggl-tray:start?line=a=b",
        "toggl-tray:start?line=%zz",
        "toggl-tray:start?line=%ff",
        "toggl-tray:start?line=a%0Ab",
        "toggl-tray:start?line=a%1B%5B31m",
        "toggl-tray:start?line=%E2%80%AEtxt",
        f"toggl-tray:start?line={'a' * 4_000}",
        "toggl-tray:start?project=x",
        "toggl-tray:show?day=13.2.2026",
        "toggl-tray:show?day=2026-02-31",
        "toggl-tray:show?day=２０２６-02-13",
        "toggl-tray:shоw",
        "",
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadLine) as caught:
        read_link(text)
    assert str(caught.value).endswith(("link.", "would be."))


@given(LINES)
def test_any_line_comes_through(line: str) -> None:
    if not line.strip():
        return
    assert read_link(f"toggl-tray:start?line={quote(line, safe='')}").line == line


@given(st.text(max_size=200))
def test_nothing_but_a_sentence_comes_of_nonsense(text: str) -> None:
    with suppress(BadLine):
        assert isinstance(read_link(f"toggl-tray:{text}"), Link)
