"""What a server says is found in whatever it is wrapped in, on one short line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.api.error_text import MOST_CHARACTERS, is_page, message_in

NGINX = b"<html>\r\n<head><title>429 Too Many</title></head><body><h1>429 x</h1></body></html>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", ""),
        (b'""', ""),
        (b"null", ""),
        (b'"Time entry not found"', "Time entry not found"),
        (b"Invalid start date", "Invalid start date"),
        (b"Invalid\n  start\tdate\0", "Invalid start date"),
        (b'["Start can\'t be blank","Wid too"]', "Start can't be blank; Wid too"),
        (b'{"error_message":"one","message":"two"}', "one"),
        (b'{"message":"two"}', "two"),
        (b'{"error":{"message":"deep"}}', "deep"),
        (b'{"error":"short"}', "short"),
        (b'{"detail":[{"message":"a"},{"message":"b"}]}', "a; b"),
        (b'{"other":"field"}', ""),
        (b"3", ""),
        (b"{broken", "{broken"),
        (NGINX, "429 Too Many"),
        (b"<!doctype html><h1 class=x>Bad <b>gate</b>way &amp; co</h1>", "Bad gate way & co"),
        (b"<p>no heading</p>", ""),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b'"' + b"x" * 400 + b'"', "x" * 299 + "…"),
        (b"[" * 100_000, "[" * 299 + "…"),
    ],
)
def test_what_a_server_says(body: bytes, words: str) -> None:
    assert message_in(body) == words


@given(
    st.binary()
    | st.recursive(
        st.none() | st.text() | st.integers(),
        lambda each: (
            st.lists(each) | st.dictionaries(st.sampled_from(["message", "error", "x"]), each)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_body_gives_one_short_line(body: bytes) -> None:
    words = message_in(body)
    assert len(words) <= MOST_CHARACTERS
    assert words == " ".join(words.split())
    assert words.isprintable()


def test_a_page_is_told_from_an_answer() -> None:
    assert is_page(NGINX)
    assert is_page(b"\n <!DOCTYPE html>")
    assert not is_page(b"null")
    assert not is_page(b"")
    assert not is_page(b'"<b>"')
