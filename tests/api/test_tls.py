"""Certificates and proxies: what is wrong with them is named, and nothing is sent before."""

import base64
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import pytest

from tests.api import wire
from tests.api.wire import IMPATIENT, TOKEN, BadServer, Peer
from tests.rig.waiting import BUSY
from tray.api.address import Auth, read_address
from tray.api.connect import connect
from tray.api.remote_api import Toggl
from tray.api.secret import token_secret
from tray.errors import BadAddress, NoAnswer, Offline, RemoteError, Untrusted

pytestmark = pytest.mark.usefixtures("each_line")


def openssl(folder: Path, line: str) -> None:
    subprocess.run(["openssl", *line.split()], cwd=folder, check=True, capture_output=True)


class Authority(NamedTuple):
    """A certificate authority in a folder, and what it has signed."""

    folder: Path

    @property
    def ca_file(self) -> str:
        return str(self.folder / "ca.pem")

    def context(self, name: str) -> ssl.SSLContext:
        """What a server with the certificate `name` speaks TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / "server.key")
        return context


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder = tmp_path_factory.mktemp("certificates")
    new = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    openssl(folder, f"req -x509 {new} -keyout ca.key -out ca.pem -days 2 -subj /CN=Authority")
    for name, place, days in (
        ("good", "IP:127.0.0.1", 2),
        ("expired", "IP:127.0.0.1", -1),
        ("other", "DNS:other.example", 2),
    ):
        key = f"{new} -keyout server.key" if name == "good" else "-new -key server.key"
        alternative = f"-addext subjectAltName={place}"
        openssl(folder, f"req {key} -out {name}.csr -subj /CN=Server {alternative}")
        openssl(
            folder,
            f"x509 -req -in {name}.csr -out {name}.pem -days {days} -copy_extensions copy "
            "-CA ca.pem -CAkey ca.key -CAcreateserial",
        )
    openssl(
        folder,
        "req -x509 -key server.key -out alone.pem -days 2 -subj /CN=Alone "
        "-addext subjectAltName=IP:127.0.0.1",
    )
    return Authority(folder)


def answers(peer: Peer) -> None:
    peer.hear()
    peer.answer(b"null")


def test_a_certificate_of_a_named_authority_is_trusted(authority: Authority) -> None:
    with BadServer(answers, tls=authority.context("good")) as server:
        toggl = server.toggl(ca_file=authority.ca_file)
        assert toggl.current() is None
        toggl.close()


def test_a_self_signed_certificate_is_trusted_if_it_is_named_itself(authority: Authority) -> None:
    with BadServer(answers, tls=authority.context("alone")) as server:
        toggl = server.toggl(ca_file=str(authority.folder / "alone.pem"))
        assert toggl.current() is None
        toggl.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("expired", "has expired"),
        ("other", "is for another name"),
        ("alone", "is self-signed"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_named(
    authority: Authority, name: str, words: str
) -> None:
    heard: list[bytes] = []
    with BadServer(lambda peer: heard.append(peer.hear()), tls=authority.context(name)) as server:
        with pytest.raises(Untrusted, match=words) as caught:
            server.toggl(ca_file=authority.ca_file).me()
        assert "127.0.0.1" in str(caught.value)
    assert b"".join(heard) == b""


def test_an_unknown_authority_is_named(authority: Authority) -> None:
    with (
        BadServer(answers, tls=authority.context("good")) as server,
        pytest.raises(Untrusted, match="an authority that is not known here"),
    ):
        server.toggl().me()


def test_no_variable_makes_us_trust_everyone(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    monkeypatch.setenv("CURL_CA_BUNDLE", "")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority.ca_file)
    with (
        BadServer(answers, tls=authority.context("good")) as server,
        pytest.raises(Untrusted),
    ):
        server.toggl().me()


def test_https_to_what_speaks_plain_http_is_refused() -> None:
    def greets(peer: Peer) -> None:
        peer.line.recv(1)
        peer.say(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    with BadServer(greets) as server:
        toggl = client(server.url.replace("http://", "https://"))
        with pytest.raises(Untrusted, match=r"speaks http there, not https"):
            toggl.me()


@pytest.mark.parametrize(
    "body",
    [
        b"Client sent an HTTP request to an HTTPS server.\n",
        b"<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>",
    ],
)
def test_plain_http_to_what_speaks_https_is_told_so(body: bytes) -> None:
    def refuses(peer: Peer) -> None:
        peer.line.recv(9_000)
        peer.say(b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    with BadServer(refuses) as server:
        bare = server.url.removeprefix("http://")
        with pytest.raises(BadAddress, match=r"speaks https there, not http\. Begin"):
            client(bare).me()


def test_a_handshake_that_goes_nowhere_has_sent_nothing(authority: Authority) -> None:
    with BadServer(lambda peer: peer.hang(), lambda peer: None) as server:
        url = server.url.replace("http://", "https://")
        for _ in range(2):
            with pytest.raises(Offline):
                client(url).me()


@pytest.mark.parametrize("content", [None, b"", b"not a certificate"])
def test_a_ca_file_that_is_none_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Untrusted, match=r"The CA file .*ca\.pem cannot be read"):
        client("https://127.0.0.1:1", ca_file=str(file)).me()


def client(url: str, *, proxy: str = "", ca_file: str = "") -> Toggl:
    secret = token_secret(TOKEN, Auth.BASIC)
    return connect(
        read_address(url),
        secret,
        proxy=proxy,
        ca_file=ca_file,
        limits=IMPATIENT,
        aside=wire.aside,
    )


def tunnel(status: bytes) -> Callable[[Peer], None]:
    def handler(peer: Peer) -> None:
        peer.hear()
        peer.say(b"HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n" % status)

    return handler


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (b"407 Proxy Authentication Required", BadAddress, "wants a name and password"),
        (b"403 Forbidden", BadAddress, "does not let us through to toggl.example"),
        (b"502 Bad Gateway", Offline, "The proxy cannot reach toggl.example"),
        (b"504 Gateway Timeout", Offline, "The proxy cannot reach toggl.example"),
    ],
)
def test_what_a_proxy_refuses_is_told(status: bytes, error: type[RemoteError], words: str) -> None:
    with BadServer(tunnel(status)) as proxy:
        toggl = client(
            "https://toggl.example", proxy=f"http://me:word-of-mine@127.0.0.1:{proxy.port}"
        )
        with pytest.raises(error, match=words) as caught:
            toggl.me()
        assert "word-of-mine" not in f"{caught.value!r}{caught.value.__cause__!r}"


def test_a_proxy_gets_its_password_but_not_our_token() -> None:
    heard: list[bytes] = []
    with BadServer(lambda peer: heard.append(peer.hear())) as proxy, pytest.raises(RemoteError):
        client("https://toggl.example", proxy=f"me:word@127.0.0.1:{proxy.port}").me()
    password = base64.b64encode(b"me:word")
    assert b"CONNECT toggl.example:443" in heard[0]
    assert b"Proxy-Authorization: Basic " + password in heard[0]
    assert b"\r\nAuthorization" not in heard[0]


def test_the_proxy_of_the_system_is_used_unless_there_shall_be_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with BadServer(tunnel(b"403 Forbidden")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(BadAddress, match="does not let us through"):
            client("https://nobody.invalid").me()
        with pytest.raises(Offline, match="cannot be found"):
            client("https://nobody.invalid", proxy="none").me()
        monkeypatch.setenv("NO_PROXY", "nobody.invalid")
        with pytest.raises(Offline, match="cannot be found"):
            client("https://nobody.invalid").me()


def test_a_proxy_that_is_not_there_is_told() -> None:
    with BadServer() as proxy:
        pass
    with pytest.raises(Offline, match="The proxy cannot be reached"):
        client("https://toggl.example", proxy=f"http://127.0.0.1:{proxy.port}").me()


@pytest.mark.parametrize(
    "proxy",
    ["socks5://127.0.0.1:1080", "http://", "http://a:b@", "http://host:99999", "ftp://host", "a b"],
)
def test_a_proxy_that_cannot_be_used_is_told_at_once(proxy: str) -> None:
    with pytest.raises(BadAddress, match="The proxy's address cannot be used") as caught:
        client("https://toggl.example", proxy=proxy)
    assert "a:b" not in str(caught.value)


def test_a_proxy_of_the_system_that_cannot_be_used_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:1080")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(BadAddress, match="proxy"):
        client("https://toggl.example").me()


def test_a_reply_cut_inside_of_tls_may_have_been_carried_out(authority: Authority) -> None:
    def cuts(peer: Peer) -> None:
        peer.hear()
        peer.say(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")

    with BadServer(cuts, tls=authority.context("good")) as server:
        toggl = server.toggl(ca_file=authority.ca_file)
        with pytest.raises(NoAnswer):
            toggl.me()
        toggl.close()


def test_a_failure_while_another_is_handled_is_not_taken_for_it(authority: Authority) -> None:
    with BadServer(answers, tls=authority.context("alone")) as server:
        try:
            server.toggl().me()
        except Untrusted:
            with pytest.raises(Offline, match="accepts no connections"):
                client("http://127.0.0.1:1").me()


def test_closing_breaks_off_a_request_inside_of_tls(authority: Authority) -> None:
    asked = Event()

    def hangs(peer: Peer) -> None:
        peer.hear()
        asked.set()
        peer.hang()

    with BadServer(hangs, tls=authority.context("good")) as server:
        patient = IMPATIENT._replace(read_seconds=20, whole_seconds=20)
        toggl = server.toggl(ca_file=authority.ca_file, limits=patient)

        def close() -> None:
            asked.wait(30)
            toggl.close()

        closer = Thread(target=close, name="closer")
        closer.start()
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            toggl.me()
        assert time.monotonic() - began < 2 * BUSY
        closer.join()
