"""A token or password appears in one header, and in no text that anybody reads."""

import copy
import logging
import pickle
from base64 import b64decode

import pytest
import responses
from hypothesis import given
from hypothesis import strategies as st

from tests.api.wire import BadServer, Peer
from tray.api.address import Auth, read_address
from tray.api.connect import connect, sign_in_with_password
from tray.api.secret import Secret, password_secret, token_secret
from tray.errors import RemoteError, SignInRefused

TOKEN = "f00dfacef00dfacef00dfacef00dface"
PASSWORD = "pass word: ✓"


def test_a_token_of_toggl_is_a_name_with_a_known_password() -> None:
    scheme, _, encoded = token_secret(f" {TOKEN}\n", Auth.BASIC).header.partition(" ")
    assert (scheme, b64decode(encoded).decode()) == ("Basic", f"{TOKEN}:api_token")


def test_a_key_of_a_gateway_is_a_bearer_token() -> None:
    assert token_secret("key_1", Auth.BEARER).header == "Bearer key_1"


def test_a_password_may_have_any_characters() -> None:
    encoded = password_secret("me@example.org ", PASSWORD).header.partition(" ")[2]
    assert b64decode(encoded).decode() == f"me@example.org:{PASSWORD}"


@pytest.mark.parametrize("token", ["", "  ", "two words", "line\nbreak", "schlüssel", "a\0b"])
def test_what_cannot_be_a_token_is_refused_without_repeating_it(token: str) -> None:
    with pytest.raises(SignInRefused) as caught:
        token_secret(token, Auth.BASIC)
    assert not token.strip() or token not in str(caught.value)


@pytest.mark.parametrize(("email", "password"), [("", "x"), (" ", "x"), ("me@example.org", "")])
def test_email_and_password_are_both_needed(email: str, password: str) -> None:
    with pytest.raises(SignInRefused, match="both needed"):
        password_secret(email, password)


@pytest.mark.parametrize(
    ("secret", "plain"),
    [
        (token_secret(TOKEN, Auth.BASIC), TOKEN),
        (token_secret(TOKEN, Auth.BEARER), TOKEN),
        (password_secret("me@example.org", PASSWORD), PASSWORD),
    ],
    ids=["basic", "bearer", "password"],
)
def test_a_secret_does_not_show(secret: Secret, plain: str) -> None:
    shown = f"{secret} {secret!r} {[secret]} {secret:}"
    for hidden in (plain, secret.header.partition(" ")[2]):
        assert hidden not in shown
        assert hidden not in secret.scrub(f"you sent {hidden}, which is wrong")
    for write in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            write(secret)


@given(st.text(), st.text(min_size=1))
def test_scrubbing_leaves_no_trace(text: str, password: str) -> None:
    secret = password_secret("me@example.org", password)
    clean = secret.scrub(text + password + text)
    assert password not in clean or password in "•••"


@pytest.mark.parametrize("status", [200, 302, 400, 401, 402, 403, 404, 409, 410, 429, 500])
@pytest.mark.parametrize(
    "shape", ['"{}"', "{}", '{{"message":"{}"}}', "<h1>{}</h1>", '[{{"id":"{}"}}]']
)
@pytest.mark.parametrize("filler", ["", "x" * 250], ids=["short", "long"])
def test_a_server_that_repeats_the_token_does_not_make_us_show_it(
    status: int, shape: str, filler: str, caplog: pytest.LogCaptureFixture
) -> None:
    secret = token_secret(TOKEN, Auth.BASIC)
    body = shape.format(f"{filler}Authorization {secret.header} for {TOKEN} is wrong")
    caplog.set_level(logging.DEBUG)
    with responses.RequestsMock() as server:
        server.get(
            "https://own.example/api/v9/me",
            body=body,
            status=status,
            headers={"Location": f"https://me:{TOKEN}@other.example/{TOKEN}?t={TOKEN}"},
        )
        with pytest.raises(RemoteError) as caught:
            connect(read_address("https://own.example"), secret).me()
    shown = f"{caught.value} {caught.value!r} {caught.value.server_message} {caplog.text}"
    assert TOKEN[:8] not in shown
    assert secret.header.partition(" ")[2] not in shown


def answers(peer: Peer) -> None:
    peer.hear()
    peer.answer(b"null")


def test_nothing_of_it_is_logged_on_the_way(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with BadServer(answers) as server:
        toggl = server.toggl()
        toggl.current()
        toggl.close()
    assert "127.0.0.1" in caplog.text, "something was logged"
    assert "Authorization" not in caplog.text
    assert "Basic" not in caplog.text


def test_a_password_fetches_the_token_in_one_request() -> None:
    with responses.RequestsMock() as server:
        server.get(
            "https://own.example/api/v9/me",
            json={"id": 5, "default_workspace_id": 6, "api_token": TOKEN},
        )
        me = sign_in_with_password(read_address("https://own.example"), "me@example.org", PASSWORD)
        assert me.api_token == TOKEN
        assert len(server.calls) == 1
        encoded = str(server.calls[0].request.headers["Authorization"]).partition(" ")[2]
    assert b64decode(encoded).decode() == f"me@example.org:{PASSWORD}"


def test_a_server_that_tells_no_token_takes_no_password() -> None:
    with responses.RequestsMock() as server:
        server.get("https://own.example/api/v9/me", json={"id": 5, "default_workspace_id": 6})
        with pytest.raises(SignInRefused, match="tells no token"):
            sign_in_with_password(read_address("https://own.example"), "me@example.org", "x")


def test_a_gateway_takes_no_password() -> None:
    with pytest.raises(SignInRefused, match="takes no password"):
        sign_in_with_password(read_address("https://g.example/toggl-track"), "me@example.org", "x")


def test_another_token_has_another_mark_and_none_gives_it_away() -> None:
    marks = {token_secret(f"{number:032x}", Auth.BASIC).mark("here") for number in range(1, 99)}
    assert len(marks) > 95
    assert {len(mark) for mark in marks} == {4}
    assert token_secret("1" * 32, Auth.BASIC).mark("here") != token_secret(
        "1" * 32, Auth.BASIC
    ).mark("there")
