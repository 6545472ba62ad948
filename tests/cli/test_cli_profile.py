"""The profile, its password and token, signing up, and signing in by a session."""

import pytest

from tests.cli.conftest import Cli, Program
from tests.cli.terminal import Terminal
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Account, Server, serve
from tray.store import account
from tray.store.opening import open_database


def test_the_profile_is_shown_and_changed(signed_in: Cli, toggl: Server) -> None:
    assert signed_in("profile").splitlines()[:4] == [
        "name               Test User",
        "e-mail             user@example.org",
        "time zone          Europe/Berlin",
        "week starts on     Monday",
    ]
    said = signed_in(
        *("profile", "change", "--zone", "Asia/Tokyo", "--week-start", "sunday"),
        *("--dates", "DD.MM.YYYY", "--times", "12h", "--no-mail-weekly", "--name", "Ann"),
    )
    assert "time zone          Asia/Tokyo" in said
    assert (toggl.account.time_zone, toggl.account.beginning_of_week) == ("Asia/Tokyo", 0)
    shown = signed_in.json("profile", "--json")
    assert (shown["times"], shown["dates"], shown["mail_weekly"]) == (
        "h:mm A",
        "DD.MM.YYYY",
        False,
    )
    with open_database(f"{signed_in.home}/toggl-tray.db") as db:
        found = account.read(db)
        assert found is not None
        assert (found.time_zone, found.name) == ("Asia/Tokyo", "Ann")
        assert (found.date_format, found.time_format) == ("DD.MM.YYYY", "h:mm A")
        assert found.beginning_of_week == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--zone", "Nowhere"], "“Nowhere” is no time zone. Write it as Europe/Berlin."),
        (["--email", "nobody"], "“nobody” is no e-mail address."),
        (["--name", " "], "The name is empty. Write it after --name."),
        ([], "Name at least one thing to change, such as --zone. --help lists them."),
    ],
)
def test_what_no_profile_can_have(
    signed_in: Cli, toggl: Server, words: list[str], sentence: str
) -> None:
    before = len(toggl.log)
    assert signed_in.fails(1, "profile", "change", *words) == sentence
    assert len(toggl.log) == before


def test_another_password(signed_in: Cli, toggl: Server) -> None:
    signed_in.is_typed("wrong\nnew secret\n")
    assert "Current password is not valid" in signed_in.fails(1, "profile", "change", "--password")
    signed_in.is_typed(f"{toggl.account.password}\nshort\n")
    assert "at least 6 characters" in signed_in.fails(1, "profile", "change", "--password")
    signed_in.is_typed(f"{toggl.account.password}\nnew secret\n")
    signed_in("profile", "change", "--password")
    assert toggl.account.password == "new secret"
    assert "new secret" not in (signed_in.home / "commands.log").read_text("utf-8")


def test_a_new_token_after_two_questions(
    signed_in: Cli, toggl: Server, keyring: FakeKeyring
) -> None:
    before = toggl.account.token
    signed_in.is_typed("y\nn\n")
    assert "The token is as it was." in signed_in.half_done(1, "profile", "reset-token")[1]
    assert toggl.account.token == before
    signed_in.is_typed("y\ny\n")
    said = signed_in("profile", "reset-token")
    assert "Sign in anew on your other computers." in said
    assert list(keyring.secrets.values()) == [toggl.account.token] != [before]
    assert toggl.account.token not in said
    signed_in("sync")


def test_no_new_token_that_would_be_lost(
    signed_in: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    assert "TOGGL_API_TOKEN is set" in signed_in.fails(1, "profile", "reset-token")
    assert not [each for each in toggl.log if "reset_token" in each.path]


def test_a_session_from_its_begin_to_its_end(cli: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    cli.is_typed(f"{toggl.account.password}\n")
    said = cli("login", "--session", "--email", toggl.account.email)
    assert said.startswith("Signed in as Test User")
    (cookie,) = keyring.secrets.values()
    (kept,) = toggl.account.sessions
    assert cookie == f"__Host-timer-session={kept}"
    cli("start", "Report")
    cli("sync")
    assert [each.description for each in toggl.account.entries()] == ["Report"]
    assert kept not in cli("api", "/me")
    cli("logout")
    assert (toggl.account.sessions, keyring.secrets) == (set(), {})
    cli.is_typed(toggl.account.token)
    cli("login")
    cli("sync")


def test_a_session_that_cannot_be_ended(cli: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    cli.is_typed(f"{toggl.account.password}\n")
    cli("login", "--session", "--email", toggl.account.email)
    toggl.stop()
    said, remark = cli.with_remarks("logout")
    assert "is signed out" in said
    assert "The session goes on at the server until it expires." in remark
    assert keyring.secrets == {}


def test_a_wrong_password(cli: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    cli.is_typed("wrong\n")
    assert "Check the e-mail address and the password." in cli.fails(
        5, "login", "--session", "--email", toggl.account.email
    )
    assert keyring.secrets == {}


def test_signing_up(cli: Cli, toggl: Server) -> None:
    cli.is_typed("new secret\n")
    said = cli("signup", "new@example.org", "--accept-terms", "--zone", "Europe/Berlin")
    assert said.startswith("There is an account for new@example.org.")
    assert toggl.account.signed_up == ["new@example.org"]
    cli.is_typed("new secret\n")
    assert "already exists" in cli.fails(1, "signup", toggl.account.email, "--accept-terms")
    assert "Nothing was sent." in cli.half_done(1, "signup", "new@example.org")[1]
    toggl.account.offers_sign_up = False
    cli.is_typed("new secret\n")
    assert "offers no sign-up" in cli.fails(1, "signup", "new@example.org", "--accept-terms")


def test_the_quota_by_the_servers_own_count(signed_in: Cli, toggl: Server) -> None:
    toggl.quota.spend("user", signed_in.now, 10)
    signed_in("api", "/me/logged")
    before = len(toggl.log)
    assert "requests left" in signed_in("quota")
    assert len(toggl.log) == before
    signed_in("quota", "--refresh")
    assert toggl.log[-1].path == "/api/v9/me/quota"
    user = signed_in.json("quota", "--json")["quota"][0]
    assert user["remaining"] == toggl.quota.remaining("user", signed_in.now)


def test_all_that_is_known_of_an_entry(signed_in: Cli, toggl: Server) -> None:
    signed_in("add", "Report @Acme 9:30-10:15", "--new")
    assert "It is on this computer only." in signed_in("show", "last")
    signed_in("sync")
    toggl.account.add_member("ann@example.org", "Ann Smith")
    assert signed_in("share", "last", "ann") == "Shared with Ann Smith.\n"
    said = signed_in("show", "last")
    assert "shared with    Ann Smith (not accepted yet)" in said
    assert "project        Acme" in said
    found = signed_in.json("show", "1", "--json")
    assert found["entry"]["description"] == found["server"]["description"] == "Report"
    assert found["server"]["shared_with"][0]["name"] == "Ann Smith"
    assert signed_in("share", "1", "--nobody") == "Shared with nobody.\n"
    assert signed_in.fails(1, "share", "1") == "Name who is to see it, or give --nobody."
    toggl.account.delete(toggl.account.entries()[0].id)
    assert "does not exist" in signed_in.fails(1, "show", "1")


def test_what_an_account_needs_is_asked_in_a_terminal(program: Program) -> None:
    command = [*program.command, "signup", "new@example.org", "--zone", "UTC"]
    with (
        serve(Account()) as toggl,
        Terminal(command, {**program.environ, "TOGGL_API_URL": toggl.url}) as terminal,
    ):
        assert "terms of service" in terminal.shows("Do you accept them? [y/N]")
        terminal.types("y\n")
        terminal.shows("New password (not shown):")
        terminal.types("new secret\n")
        terminal.shows("The same again:")
        terminal.types("another one\n")
        terminal.shows("two different passwords")
        assert terminal.ends() == 1
        assert toggl.account.signed_up == []
