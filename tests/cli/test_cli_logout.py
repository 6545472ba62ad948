"""Signing out: what becomes of the data, the token, and what was not sent."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Program
from tests.cli.stand_in_tray import StandInTray
from tests.cli.terminal import Terminal
from tests.fakes.keyrings import (
    FakeKeyring,
    PlaintextKeyring,
    StubbornKeyring,
    keyring_environ,
)
from tests.fakes.toggl import Account, Server, serve
from tray.ipc import lock
from tray.store.opening import open_database


@pytest.mark.parametrize("option", ["", "--keep", "--forget"])
def test_the_data_stays_and_the_token_goes(
    signed_in: Cli, toggl: Server, keyring: FakeKeyring, option: str
) -> None:
    toggl.account.start("Elsewhere")
    signed_in("sync")
    said = signed_in(*filter(None, ["logout", option]))
    assert said.startswith("Test User is signed out. All data stays here")
    assert keyring.secrets == {}
    assert signed_in("status").startswith("Elsewhere\n")
    state = signed_in.json("status", "--json")["sync"]["state"]
    assert state == ("no account" if option == "--forget" else "signed out")
    assert signed_in.fails(1, "logout") == "Nobody is signed in."
    assert "Nobody is signed in." in signed_in.fails(1, "sync")


def test_what_the_account_has_can_be_removed(signed_in: Cli, toggl: Server) -> None:
    signed_in("add", "Kept 9:00-9:30")
    signed_in("logout", "--forget")
    signed_in.is_typed(toggl.account.token)
    signed_in("login", "--before", "keep")
    toggl.account.start("Elsewhere")
    signed_in("sync")
    said = signed_in("logout", "--remove")
    assert said.endswith("Test User is signed out. What the account has is gone from here.\n")
    assert "Kept" in signed_in("list")
    assert "Elsewhere" not in signed_in("list")
    assert [each.description for each in toggl.account.entries()] == ["Elsewhere"]
    copy = said.splitlines()[0].removeprefix("The database as it was before is kept in ")[:-1]
    with sqlite3.connect(copy) as db:
        assert db.execute("SELECT count(*) FROM entry").fetchone() == (2,)
    db.close()


def test_nothing_is_removed_that_is_nowhere_else(signed_in: Cli, keyring: FakeKeyring) -> None:
    signed_in("start", "Write")
    sentence = signed_in.fails(1, "logout", "--remove")
    assert "not reached the server yet" in sentence
    assert keyring.secrets
    assert signed_in.json("status", "--json")["sync"]["state"] == "waiting"
    assert not list((signed_in.home / "backups").glob("before-removal*"))


def test_what_stays_after_the_removal_can_be_listed(signed_in: Cli, toggl: Server) -> None:
    signed_in("add", "Kept @Book #deep 9:00-9:30", "--new")
    signed_in("sync")
    signed_in("add", "Sent 10:00-10:30")
    signed_in("sync")
    with open_database(str(signed_in.home / "toggl-tray.db")) as db:
        db.run("DELETE FROM remote WHERE of_table = 'entry' AND row_id = 1")
        db.run("INSERT INTO local_only (of_table, row_id) VALUES ('entry', 1)")
    signed_in("logout", "--remove")
    (kept,) = signed_in.json("list", "--json")["entries"]
    assert (kept["description"], kept["tags"]) == ("Kept", ["deep"])
    signed_in("edit", "1", "Changed")


def test_what_was_refused_is_to_be_decided_first(signed_in: Cli, toggl: Server) -> None:
    toggl.account.workspace.required = frozenset({"project"})
    signed_in("add", "Write 9:00-9:30")
    signed_in.half_done(1, "sync")
    assert signed_in.fails(1, "logout", "--remove") == (
        "1 change waits for your decision. Settle it first, or sign out and keep the data. "
        "`toggl-tray problems` lists what there is to decide."
    )


def test_after_signing_out_the_account_can_still_be_forgotten(
    signed_in: Cli, toggl: Server
) -> None:
    signed_in("logout")
    signed_in("logout", "--forget")
    assert signed_in.json("status", "--json")["sync"]["state"] == "no account"
    other = Account(clock=toggl.account.clock)
    with serve(other) as server:
        signed_in.is_typed(other.token)
        assert "Signed in" in signed_in("login", "--url", server.url)


def test_it_asks_if_something_was_not_sent(program: Program, tmp_path: Path) -> None:
    with serve(Account()) as server:
        program.environ |= keyring_environ(tmp_path / "keyring.json")
        program("login", "--url", server.url, typed=server.account.token)
    program("start", "Write")
    with Terminal([sys.executable, "-m", "tray", "logout"], program.environ) as terminal:
        shown = terminal.shows("[keep] ")
        assert "1 change has not reached the account yet:" in shown
        terminal.types("forget\n")
        terminal.shows("Test User is signed out. All data stays here, as this computer's own.")
        assert terminal.ends() == 0


def test_a_keyring_that_does_not_let_go(
    cli: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    before = keyring.get_keyring()
    keyring.set_keyring(StubbornKeyring())
    try:
        cli.is_typed(toggl.account.token)
        cli("login")
        said, told = cli.with_remarks("logout")
    finally:
        keyring.set_keyring(before)
    assert "signed out" in said
    assert "Your sign-in may still be in the keyring" in told
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    assert "Signed in as Test User" in cli.with_remarks("sync")[1]
    assert "TOGGL_API_TOKEN is still set" in cli.with_remarks("logout")[1]


def test_without_a_keyring_nothing_can_be_left_in_it(
    cli: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    before = keyring.get_keyring()
    keyring.set_keyring(PlaintextKeyring())
    try:
        with monkeypatch.context() as environ:
            environ.setenv("TOGGL_API_TOKEN", toggl.account.token)
            cli("login")
        assert cli.with_remarks("logout")[1] == ""
    finally:
        keyring.set_keyring(before)


def test_the_tray_is_told_and_leaves_off_first(signed_in: Cli) -> None:
    home = str(signed_in.home)
    held = lock.acquire(os.path.join(home, "sync.lock"))
    states: list[str] = []

    def leave_off(command: str) -> str:
        nonlocal held
        states.append(command)
        if held is not None:
            held.release()
            held = None
        return ""

    with StandInTray(os.environ, leave_off) as tray:
        signed_in("logout", "--forget")
        assert tray.heard == ["account", "account"]
        signed_in.with_remarks("status")
    assert held is None
