"""Who is answered: programs that know the token; no web page, and nobody from elsewhere."""

import pytest

from tests.hub.conftest import TOKEN, Client, basic

RIGHT = {"HTTP_AUTHORIZATION": basic(TOKEN, "api_token")}


def test_without_credentials_nothing_is_told(client: Client) -> None:
    answer = client.ask("GET", "/me", heads={})
    assert (answer.status, answer.body) == (401, b"")
    assert answer.heads["X-Authorization-Missing"] == "true"
    assert "WWW-Authenticate" not in answer.heads


@pytest.mark.parametrize(
    "credentials",
    [
        basic("x" * 32, "api_token"),
        basic(TOKEN, "password"),
        basic("me@example.com", "password"),
        basic("", ""),
        "Basic !!!",
        "Basic /w==",
    ],
)
def test_only_the_token_is_accepted(client: Client, credentials: str) -> None:
    answer = client.ask("GET", "/me", heads={"HTTP_AUTHORIZATION": credentials})
    assert (answer.status, answer.json()) == (403, "Incorrect username and/or password")


def test_a_gateway_wants_bearer_and_shows_no_token(client: Client) -> None:
    client.prefix = "/toggl-track/api/v9"
    assert client.ask("GET", "/me", heads=RIGHT).status == 401
    answer = client.ask("GET", "/me", heads={"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"})
    assert answer.status == 200
    assert TOKEN.encode() not in answer.body
    client.prefix = "/api/v9"
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}
    assert client.ask("GET", "/me", heads=bearer).status == 401


@pytest.mark.parametrize(
    "page",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://localhost:17887"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "evil.example:17887"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_HOST": "localhost@evil.example"},
        {"HTTP_HOST": "[::2]:17887"},
        {"HTTP_HOST": ""},
    ],
)
def test_no_web_page_is_answered_even_with_the_token(client: Client, page: dict[str, str]) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = client.ask(method, "/me", heads={**RIGHT, **page})
        assert answer.status == 403
        assert not any(name.lower().startswith("access-control") for name in answer.heads)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:17887", "[::1]:17887", "LOCALHOST:1"])
def test_the_names_of_this_computer(client: Client, host: str) -> None:
    assert client.ask("GET", "/me", heads={**RIGHT, "HTTP_HOST": host}).status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded; charset=utf-8"])
def test_what_a_form_can_send_is_no_body(client: Client, kind: str) -> None:
    answer = client.ask("POST", "/time_entries", {"x": 1}, heads={**RIGHT, "CONTENT_TYPE": kind})
    assert (answer.status, "JSON" in answer.json()) == (400, True)


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff", b'{"start": NaN}', b"[]", b""])
def test_what_is_no_object_is_refused(client: Client, body: bytes) -> None:
    path = f"/workspaces/{client.workspace}/time_entries"
    assert client.refused("POST", path, body) == (400, "JSON is not valid")


def test_guessing_is_slowed_down_and_locks_nobody_out(client: Client) -> None:
    wrong = {"HTTP_AUTHORIZATION": basic("x" * 32, "api_token")}
    for _ in range(20):
        assert client.ask("GET", "/me", heads=wrong).status == 403
    answer = client.ask("GET", "/me", heads=wrong)
    assert answer.status == 429
    assert 0 < int(answer.heads["Retry-After"]) <= 61
    assert client.ask("GET", "/me", heads=RIGHT).status == 200


def test_odd_paths_and_methods(client: Client) -> None:
    assert client.get("//me/") == client.get("/me")
    assert client.refused("GET", "/nothing/here")[0] == 404
    assert client.refused("POST", "/me/time_entries/current")[0] == 405
    client.prefix = ""
    assert client.refused("GET", "/")[0] == 404
    assert client.refused("GET", "/api/v9x/me")[0] == 404
