import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tray.ipc.protocol import (
    LINE_BYTES,
    MOST_ACTIVATION,
    MOST_LINK,
    Command,
    Message,
    Reply,
    SupportFinding,
    decode_message,
    decode_reply,
    encode_message,
    encode_reply,
)

messages = st.builds(
    Message,
    st.sampled_from(Command),
    st.text(st.characters(min_codepoint=1), max_size=MOST_ACTIVATION),
    st.text(max_size=MOST_LINK),
)
findings = st.builds(SupportFinding, st.text(max_size=20), st.booleans(), st.text(max_size=100))
replies = st.one_of(
    st.lists(findings, max_size=5).map(lambda found: Reply(True, support=tuple(found))),
    st.text(max_size=500).map(lambda error: Reply(False, error)),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
almost_messages = st.fixed_dictionaries(
    {},
    optional={
        "v": st.just(1) | json_values,
        "cmd": st.sampled_from([*map(str, Command)]) | json_values,
        "activation": json_values,
        "link": json_values,
        "other": json_values,
    },
)


def line_of(fields: Any) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def test_lines_look_as_they_are_documented() -> None:
    assert encode_message(Message(Command.QUICK)) == b'{"v":1,"cmd":"quick"}\n'
    assert encode_message(Message(Command.SHOW, "a/é")) == (
        b'{"v":1,"cmd":"show","activation":"a/\\u00e9"}\n'
    )
    assert encode_message(Message(Command.LINK, link="toggl-tray:stop")) == (
        b'{"v":1,"cmd":"link","link":"toggl-tray:stop"}\n'
    )
    assert encode_reply(Reply(True)) == b'{"v":1,"ok":true}\n'
    assert encode_reply(Reply(False, "No.")) == b'{"v":1,"ok":false,"error":"No."}\n'
    assert sorted(Command) == [
        "account",
        "active",
        "clipboard",
        "link",
        "mini",
        "quick",
        "quit",
        "rest",
        "show",
        "support",
        "sync",
        "toggle",
        "window",
    ]


@given(messages)
def test_a_message_arrives_as_it_was_sent(message: Message) -> None:
    line = encode_message(message)
    assert line.count(b"\n") == 1
    assert len(line) <= LINE_BYTES
    assert decode_message(line) == message


@given(replies)
def test_a_reply_arrives_as_it_was_sent(reply: Reply) -> None:
    line = encode_reply(reply)
    assert line.count(b"\n") == 1
    assert decode_reply(line) == reply


@pytest.mark.parametrize("support", [None, 1, "x", ["x"], [{"topic": "x", "works": 1}], {}])
def test_findings_that_are_none_are_refused_with_a_sentence(support: object) -> None:
    with pytest.raises(ValueError, match=r"^“support” .*\.$"):
        decode_reply(line_of({"v": 1, "ok": True, "support": support}))


@given(st.binary())
@example(b"\xff\xfe\n")
@example(b"[" * 60_000 + b"\n")
@example(b'{"v":' + b"9" * 60_000 + b"}\n")
def test_garbage_is_refused_with_a_sentence(line: bytes) -> None:
    for decode in (decode_message, decode_reply):
        with pytest.raises(ValueError, match=r"^(The line is|“).*\.$"):
            decode(line)


@given(almost_messages)
def test_what_is_almost_a_message_is_one_or_is_refused(fields: dict[str, Any]) -> None:
    version, command = fields.get("v"), fields.get("cmd", "")
    activation = fields.get("activation", "")
    is_right = type(version) is int and version == 1 and command in [*map(str, Command)]
    fits = isinstance(activation, str) and "\0" not in activation
    link = fields.get("link", "")
    if is_right and fits and isinstance(link, str):
        assert decode_message(line_of(fields)) == Message(Command(command), activation, link)
    else:
        with pytest.raises(ValueError, match=r"\.$"):
            decode_message(line_of(fields))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b'{"v":1,"cmd":"show"}', "is cut off, or longer than 65,536 bytes"),
        (b'{"v":1,"cmd":"show"}' + b" " * LINE_BYTES + b"\n", "longer than 65,536 bytes"),
        (b"\n", "is not JSON"),
        (b"{'v':1}\n", "is not JSON"),
        (b'["v",1]\n', "is not a JSON object"),
        (b'{"cmd":"show"}\n', "is not of version 1"),
        (b'{"v":2,"cmd":"show"}\n', "is not of version 1"),
        (b'{"v":true,"cmd":"show"}\n', "is not of version 1"),
        (b'{"v":1.0,"cmd":"show"}\n', "is not of version 1"),
        (b'{"v":1}\n', "“cmd” is missing"),
        (b'{"v":1,"cmd":7}\n', "“cmd” is missing, or no text"),
        (b'{"v":1,"cmd":"dance"}\n', "no command “dance” here; there are quick, link, show"),
        (b'{"v":1,"cmd":"' + b"x" * 9_000 + b'"}\n', "no command “" + "x" * 40 + "”"),
        (b'{"v":1,"cmd":"quick","activation":null}\n', "“activation” is missing, or no text"),
        (line_of({"v": 1, "cmd": "quick", "activation": "x" * 1_001}), "more than 1,000"),
        (b'{"v":1,"cmd":"quick","activation":"a\\u0000b"}\n', "no text that an environment"),
        (b'{"v":1,"cmd":"quick","activation":"a\\ud800b"}\n', "no text that an environment"),
    ],
)
def test_a_refusal_names_what_is_wrong(line: bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        decode_message(line)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b'{"v":1}\n', "“ok” is missing"),
        (b'{"v":1,"ok":1}\n', "neither true nor false"),
        (b'{"v":1,"ok":false}\n', "“error” is missing"),
    ],
)
def test_a_bad_reply_is_no_reply(line: bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        decode_reply(line)


def test_fields_of_later_versions_are_passed_over() -> None:
    assert decode_message(b'{"v":1,"cmd":"show","new":[1]}\n') == Message(Command.SHOW)
    assert decode_reply(b'{"v":1,"ok":true,"new":{}}\n') == Reply(True)
