"""Every address is understood as a user means it, or refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.api.address import DEFAULT_URL, Auth, Version, read_address
from tray.errors import BadAddress, Unencrypted

TOGGL = "https://api.track.toggl.com"
GATEWAY = "https://gateway.maton.ai/toggl-track"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", (DEFAULT_URL, "v9", "basic", False)),
        (DEFAULT_URL, (DEFAULT_URL, "v9", "basic", False)),
        (f" {DEFAULT_URL}/ ", (DEFAULT_URL, "v9", "basic", False)),
        (TOGGL, (DEFAULT_URL, "v9", "basic", False)),
        ("api.track.toggl.com", (DEFAULT_URL, "v9", "basic", False)),
        ("HTTPS://API.Track.Toggl.com/api/v9", (DEFAULT_URL, "v9", "basic", False)),
        (f"{TOGGL}/api/v8", (f"{TOGGL}/api/v8", "v8", "basic", False)),
        (f"{TOGGL}/api/v8/", (f"{TOGGL}/api/v8", "v8", "basic", False)),
        (f"{GATEWAY}/api/v9", (f"{GATEWAY}/api/v9", "v9", "bearer", True)),
        (GATEWAY, (f"{GATEWAY}/api/v9", "v9", "bearer", True)),
        (f"{GATEWAY}/api/v8", (f"{GATEWAY}/api/v8", "v8", "bearer", True)),
        ("http://localhost:8080", ("http://localhost:8080/api/v9", "v9", "basic", False)),
        ("http://127.0.0.53/x/api/v8", ("http://127.0.0.53/x/api/v8", "v8", "basic", False)),
        ("http://[::1]:9/api/v9", ("http://[::1]:9/api/v9", "v9", "basic", False)),
        ("https://tt.example/toggl", ("https://tt.example/toggl", "v9", "basic", False)),
        ("toggl-track.example", ("https://toggl-track.example/api/v9", "v9", "basic", False)),
    ],
)
def test_what_follows_from_an_address(url: str, expected: tuple[str, str, str, bool]) -> None:
    address = read_address(url)
    assert (address.url, address.version, address.auth, address.gateway) == expected


@pytest.mark.parametrize(
    ("url", "reports"),
    [
        (DEFAULT_URL, f"{TOGGL}/reports/api/v3"),
        (f"{GATEWAY}/api/v9", f"{GATEWAY}/reports/api/v3"),
        (f"{TOGGL}/api/v8", ""),
        ("https://own.example/else", ""),
    ],
)
def test_where_the_reports_are(url: str, reports: str) -> None:
    assert read_address(url).reports == reports


def test_the_way_to_sign_in_can_be_named() -> None:
    assert read_address(DEFAULT_URL, "bearer").auth is Auth.BEARER
    assert read_address(f"{GATEWAY}/api/v9", " Basic").auth is Auth.BASIC
    assert read_address(DEFAULT_URL, "").auth is Auth.BASIC
    with pytest.raises(BadAddress, match="“basic” or “bearer”"):
        read_address(DEFAULT_URL, "digest")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://api.track.toggl.com/api/v9", "show your token to everyone"),
        ("http://localhost.example/api/v9", "show your token to everyone"),
        ("http://127.0.0.1.example/api/v9", "show your token to everyone"),
        ("http://0.0.0.0/api/v9", "show your token to everyone"),
        ("ftp://api.track.toggl.com", "has to begin with https://"),
        ("https://me:secret@own.example/api/v9", "name or password in it"),
        ("https://me@own.example/api/v9", "name or password in it"),
        ("https://own.example/api/v9?token=secret", "“?” or “#”"),
        ("https://own.example/api/v9#secret", "“?” or “#”"),
        ("https://", "names no server"),
        ("https:///api/v9", "names no server"),
        ("https://own.example:0/", "names no server"),
        ("https://own.example:99999/", "cannot be read"),
        ("https://own.example:x/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://a..b/", "cannot be read"),
        ("https://own .example/", "spaces or other characters"),
        ("https://own\n.example/", "spaces or other characters"),
        ("https://own.example\\@other.example/", "spaces or other characters"),
    ],
)
def test_what_cannot_be_used_is_told(url: str, words: str) -> None:
    with pytest.raises(BadAddress) as caught:
        read_address(url)
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "secret" not in str(caught.value)


@given(st.text() | st.text("htps:/.[]@12aé").map("https://{}".format))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    try:
        address = read_address(text)
    except BadAddress:
        return
    assert address.host
    assert not address.url.endswith("/")
    assert address.version in Version
    assert address.url.startswith("https://") or address.is_local
    assert read_address(address.url) == address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("localhost:8080", "http://localhost:8080/api/v9"),
        ("127.0.0.1:8080/api/v9", "http://127.0.0.1:8080/api/v9"),
        ("[::1]:8080", "http://[::1]:8080/api/v9"),
        ("192.168.1.5:8080", "https://192.168.1.5:8080/api/v9"),
        ("own.example:8080", "https://own.example:8080/api/v9"),
    ],
)
def test_a_bare_host_is_asked_by_plain_http_on_this_computer_only(url: str, expected: str) -> None:
    assert read_address(url).url == expected


@pytest.mark.parametrize(
    "host", ["192.168.1.5", "10.0.0.1", "172.31.9.9", "169.254.1.1", "fd00::1", "fe80::1"]
)
def test_plain_http_in_a_private_network_has_to_be_allowed_for_that_one_server(host: str) -> None:
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:8080/api/v9"
    with pytest.raises(Unencrypted, match="can read your token"):
        read_address(url)
    with pytest.raises(Unencrypted):
        read_address(url, unencrypted="192.168.1.6")
    assert read_address(url, unencrypted=host).url == url


@pytest.mark.parametrize("host", ["8.8.8.8", "172.32.0.1", "own.example", "nas.local", "0.0.0.0"])
def test_plain_http_to_any_other_server_is_never_allowed(host: str) -> None:
    with pytest.raises(BadAddress, match="Begin it with https"):
        read_address(f"http://{host}/api/v9", unencrypted=host)
