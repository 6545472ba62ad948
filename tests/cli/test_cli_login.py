"""Signing in: who asks what, what becomes of earlier entries, and what is said of bad answers."""

import os
import sqlite3
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.api.wire import BadServer, Peer
from tests.cli.conftest import Cli, Program
from tests.cli.terminal import Terminal
from tests.fakes.keyrings import FakeKeyring, PlaintextKeyring, keyring_environ
from tests.fakes.toggl import Account, Server, serve

WRONG = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with the computer's clock."""
    with serve(Account()) as server:
        yield server


@pytest.fixture
def at_desk(program: Program, tmp_path: Path, server: Server) -> Program:
    """A program with a keyring and a server."""
    program.environ |= keyring_environ(tmp_path / "keyring.json")
    program.environ["TOGGL_API_URL"] = server.url
    return program


def test_a_token_is_piped_and_kept(cli: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    cli.is_typed(f"{toggl.account.token}\n")
    assert cli("login") == (
        "Signed in as Test User, at 127.0.0.1.\n"
        "`toggl-tray sync` exchanges everything; so does the tray while it runs.\n"
    )
    assert list(keyring.secrets.values()) == [toggl.account.token]
    assert cli("status").splitlines()[-1] == "Earlier entries are still to come"
    assert len(toggl.log) == 1


def test_plain_http_to_a_private_address_is_taken_once_it_was_allowed_for_that_server(
    at_desk: Program, server: Server
) -> None:
    del at_desk.environ["TOGGL_API_URL"]
    at_desk.environ["http_proxy"] = server.url.removesuffix("/api/v9")
    file = Path(at_desk.environ["TOGGL_TRAY_HOME"]) / "settings.toml"
    words, token = ("login", "--url", "http://192.168.1.5:8080"), server.account.token
    refused = at_desk(*words, code=5, typed=token).stderr
    assert "everyone in the network of 192.168.1.5 can read your token" in refused
    assert "`toggl-tray login --unencrypted` does that." in refused
    assert server.log == []
    at_desk(*words, "--unencrypted", code=5, typed=f"{token}x")
    assert "unencrypted" not in file.read_text(encoding="utf-8")
    at_desk(*words, "--unencrypted", typed=token)
    assert 'unencrypted_server = "192.168.1.5"' in file.read_text(encoding="utf-8")
    at_desk("sync")
    other = ("login", "--url", "http://192.168.1.6:8080", "--unencrypted")
    assert "belongs to another account" in at_desk(*other, code=1, typed=token).stderr


def test_the_token_is_nowhere_but_in_the_keyring(
    at_desk: Program, server: Server, tmp_path: Path
) -> None:
    token = server.account.token
    home = Path(at_desk.environ["TOGGL_TRAY_HOME"])
    said = [
        at_desk("start", "Write"),
        at_desk("login", code=5, typed=f"{token}x"),
        at_desk("login", typed=token),
        at_desk("sync", "--upload"),
        at_desk("journal"),
        at_desk("doctor"),
        at_desk("status", "--json"),
    ]
    server.stop()
    said += [at_desk("start", "Read"), at_desk("sync", code=5), at_desk("logout", "--forget")]
    assert not any(token in each.stdout + each.stderr for each in said)
    files = [path for path in [*home.rglob("*")] if path.is_file()]
    assert home / "toggl-tray.db" in files
    assert [path for path in files if token.encode() in path.read_bytes()] == []
    assert (tmp_path / "keyring.json").read_text() == "[]"


@pytest.mark.parametrize(
    ("choice", "told", "sent"),
    [
        ("upload", "now on the way to the account", 2),
        ("keep", "kept on this computer only", 0),
        ("later", "kept on this computer until `toggl-tray sync --upload`", 0),
        ("", "kept on this computer until `toggl-tray sync --upload`", 0),
    ],
)
def test_entries_made_before(
    cli: Cli, toggl: Server, keyring: FakeKeyring, choice: str, told: str, sent: int
) -> None:
    cli("add", "One 9:00-9:30")
    cli("add", "Two 9:30-10:00")
    cli.is_typed(toggl.account.token)
    options = ["--before", choice] if choice else []
    assert f"Made here before: 2 entries, {told}.\n" in cli("login", *options)
    cli("sync")
    assert len(toggl.account.entries()) == sent
    assert keyring.secrets


def test_the_guide(at_desk: Program, server: Server) -> None:
    at_desk("start", "Write")
    command = [sys.executable, "-m", "tray", "login"]
    with Terminal(command, at_desk.environ) as terminal:
        terminal.shows("with the API token from your profile page there")
        terminal.shows("API token (not shown): ")
        terminal.types(f"{server.account.token}\n")
        shown = terminal.shows("[later] ")
        assert server.account.token not in shown
        assert (
            "Signing in as Test User. 1 entry made on this computer is not in the account:" in shown
        )
        terminal.types("x\n")
        terminal.shows("Type upload, keep or later.")
        terminal.types("up\n")
        terminal.shows("Made here before: 1 entry, now on the way to the account.")
        assert terminal.ends() == 0


def test_the_guide_with_a_password(at_desk: Program, server: Server) -> None:
    with Terminal([sys.executable, "-m", "tray", "login"], at_desk.environ) as terminal:
        terminal.shows("API token (not shown): ")
        terminal.types("\n")
        terminal.shows("E-mail address: ")
        terminal.types(f"{server.account.email}\n")
        terminal.shows("Password (not shown, used once): ")
        terminal.types(f"{server.account.password}\n")
        assert server.account.password not in terminal.shows("Signed in as Test User")
        assert terminal.ends() == 0
    keyring = Path(at_desk.environ["TEST_KEYRING_FILE"]).read_text()
    assert server.account.token in keyring
    assert server.account.password not in keyring


@pytest.mark.parametrize(("typed", "code"), [("\n\n", 1), ("\x04\x04", 1), ("\x03", 130)])
def test_the_guide_can_be_left(at_desk: Program, typed: str, code: int) -> None:
    with Terminal([sys.executable, "-m", "tray", "login"], at_desk.environ) as terminal:
        for letter in typed:
            terminal.shows(": ")
            terminal.types(letter)
        assert terminal.ends() == code
    assert "account   none" in at_desk("doctor").stdout.replace(
        "✓  account          ", "account   "
    )


def test_a_password_is_piped(cli: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    cli.is_typed(toggl.account.password)
    assert "Signed in" in cli("login", "--email", toggl.account.email)
    assert list(keyring.secrets.values()) == [toggl.account.token]


@pytest.mark.parametrize("protocol", ["v8", "gateway"])
def test_other_protocols(cli: Cli, toggl: Server, keyring: FakeKeyring, protocol: str) -> None:
    url, token = {
        "v8": (toggl.v8_url, toggl.account.token),
        "gateway": (toggl.gateway_url, toggl.service.gateway.key),
    }[protocol]
    cli.is_typed(token)
    assert "Signed in as Test User" in cli("login", "--url", url)
    toggl.account.start("Elsewhere")
    cli("sync")
    assert cli("status").startswith("Elsewhere\n")
    assert [name for _, name in keyring.secrets] == [url]


def test_the_environment_signs_in_and_keeps_nothing(
    cli: Cli, toggl: Server, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    assert "Signed in as Test User" in cli("login")
    assert keyring.secrets == {}
    assert "Synced" in cli("sync")


@pytest.mark.parametrize("parting", [None, "--keep"])
def test_a_token_of_the_environment_is_for_the_server_that_was_signed_in_to(
    cli: Cli,
    toggl: Server,
    keyring: FakeKeyring,
    monkeypatch: pytest.MonkeyPatch,
    parting: str | None,
) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    monkeypatch.delenv("TOGGL_API_URL")
    cli.settings('proxy = "http://127.0.0.1:1"')  # nothing leaves this computer
    cli("login", "--url", toggl.url)
    if parting:
        cli.with_remarks("logout", parting)
    asked = len(toggl.log)
    assert "Synced" in cli.with_remarks("sync")[0]
    assert len(toggl.log) > asked
    assert toggl.url in cli("doctor")


def test_a_token_of_the_environment_for_another_server_is_not_sent(
    signed_in: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    with serve(Account()) as other:
        monkeypatch.setenv("TOGGL_API_URL", other.url)
        assert "belongs to another account" in signed_in.fails(5, "sync")
        assert other.log == []


@pytest.mark.parametrize("url", ["", " "])
def test_an_empty_address_is_not_toggls_own(
    cli: Cli, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", WRONG)
    cli.settings('proxy = "http://127.0.0.1:1"')  # nothing leaves this computer
    assert cli.fails(1, "login", "--url", url).startswith("--url is empty.")


def test_the_same_number_on_another_server_is_another_account(
    signed_in: Cli, toggl: Server, keyring: FakeKeyring
) -> None:
    before = dict(keyring.secrets)
    with serve(Account()) as other:
        assert other.account.user_id == toggl.account.user_id
        signed_in.is_typed(other.account.token)
        sentence = signed_in.fails(1, "login", "--url", other.url)
        assert "belongs to another account (Test User at 127.0.0.1)" in sentence
        assert other.log == []
    assert keyring.secrets == before
    signed_in.is_typed(toggl.account.token)
    assert "Signed in" in signed_in("login", "--url", toggl.v8_url), "another way to the same"


def test_an_email_counts_more_than_the_environment(
    cli: Cli, toggl: Server, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", WRONG)
    cli.is_typed(toggl.account.password)
    assert "Signed in" in cli("login", "--email", toggl.account.email)
    assert list(keyring.secrets.values()) == [toggl.account.token]


def test_signing_in_again_goes_on(signed_in: Cli, toggl: Server) -> None:
    signed_in("start", "Write")
    signed_in("logout", "--keep")
    signed_in.is_typed(toggl.account.token)
    assert "Made here before" not in signed_in("login")
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Write"]


def test_entries_kept_back_can_be_sent_when_signing_in_again(
    cli: Cli, toggl: Server, keyring: FakeKeyring
) -> None:
    cli("add", "Early 9:00-9:30")
    cli.is_typed(f"{toggl.account.token}\n" * 2)
    cli("login", "--before", "keep")
    assert "1 entry, now on the way" in cli("login", "--before", "upload")
    cli("sync")
    assert [each.description for each in toggl.account.entries()] == ["Early"]
    assert keyring.secrets


def test_another_account_is_refused(signed_in: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    before = dict(keyring.secrets)
    toggl.account.user_id += 1
    signed_in.is_typed(toggl.account.token)
    sentence = signed_in.fails(1, "login")
    assert sentence.startswith("The data here belongs to another account (Test User).")
    assert "toggl-tray logout --forget" in sentence
    assert keyring.secrets == before


def test_without_a_keyring_nobody_is_signed_in(cli: Cli, toggl: Server) -> None:
    import keyring

    before = keyring.get_keyring()
    keyring.set_keyring(PlaintextKeyring())
    cli.is_typed(toggl.account.token)
    try:
        sentence = cli.fails(1, "login")
    finally:
        keyring.set_keyring(before)
    assert "no keyring that encrypts was found" in sentence
    assert "use TOGGL_API_TOKEN" in sentence
    assert "nobody was signed in" in sentence
    assert cli.json("status", "--json")["sync"]["state"] == "no account"


def test_what_is_no_token(cli: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    for typed, words in (
        ("", "No token was given."),
        ("\n", "No token was given."),
        ("two words", "That is not a token"),
        ("\u00fc" * 32, "That is not a token"),
        (WRONG, "127.0.0.1 does not accept the sign-in. Sign in with the token from"),
    ):
        cli.is_typed(typed)
        assert words in cli.fails(5, "login")
    cli.is_typed("x")
    sentence = cli.fails(5, "login", "--email", toggl.account.email)
    assert "does not accept the sign-in. Check the e-mail address and the password" in sentence
    assert "token from the bottom" not in sentence
    assert keyring.secrets == {}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://toggl.example", "which would show your token to everyone"),
        ("ftp://toggl.example", "It has to begin with https://"),
        ("https://user:secret@toggl.example", "has a name or password in it"),
        ("https://", "names no server"),
        ("not an address", "spaces or other characters"),
        ("http://127.0.0.1:1/api/v9", "127.0.0.1"),
    ],
)
def test_an_address_that_cannot_be_used(
    cli: Cli, keyring: FakeKeyring, url: str, words: str
) -> None:
    cli.is_typed(WRONG)
    sentence = cli.fails(5, "login", "--url", url)
    assert words in sentence
    assert "secret" not in sentence
    assert keyring.secrets == {}


def html(peer: Peer) -> None:
    peer.hear()
    peer.answer(b"<html><h1>It works!</h1></html>", head=b"Content-Type: text/html\r\n")


def huge(peer: Peer) -> None:
    peer.hear()
    peer.answer(b'{"x": "%s"}' % (b"x" * 10_000_000))


def other_json(peer: Peer) -> None:
    peer.hear()
    peer.answer(b'{"hello": null}')


@pytest.mark.parametrize("handler", [html, huge, other_json])
def test_a_server_that_is_not_toggl(
    cli: Cli, keyring: FakeKeyring, handler: Callable[[Peer], None]
) -> None:
    cli.is_typed(WRONG)
    with BadServer(handler) as server:
        sentence = cli.fails(5, "login", "--url", f"http://127.0.0.1:{server.port}/api/v9")
    assert "127.0.0.1" in sentence
    assert keyring.secrets == {}


def test_a_certificate_that_nobody_has_signed(
    cli: Cli, keyring: FakeKeyring, tmp_path: Path
) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"),
            *("ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "key.pem"),
            *("-out", "cert.pem", "-days", "2", "-subj", "/CN=x"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    cli.is_typed(WRONG)
    with BadServer(html, tls=context) as server:
        sentence = cli.fails(5, "login", "--url", f"https://127.0.0.1:{server.port}")
        assert "certificate" in sentence
        assert server.heard == []
    assert keyring.secrets == {}


def test_the_token_never_stands_in_the_list_of_processes(at_desk: Program, server: Server) -> None:
    with Terminal([sys.executable, "-m", "tray", "login"], at_desk.environ) as terminal:
        terminal.shows("API token (not shown): ")
        shown = subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True).stdout
        assert "tray login" in shown
        assert server.account.token not in shown
        help_ = at_desk("login", "--help").stdout
        assert "--token" not in help_


def test_the_database_tells_no_secret(signed_in: Cli, toggl: Server) -> None:
    with sqlite3.connect(signed_in.home / "toggl-tray.db") as db:
        dump = "\n".join(db.iterdump())
    db.close()
    assert "Test User" in dump
    assert toggl.account.token not in dump
    assert os.listdir(signed_in.home)
