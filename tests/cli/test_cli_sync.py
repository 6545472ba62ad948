"""Exchanging everything now: by itself, through the tray, and what is said when it fails."""

import os
import re
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Program
from tests.cli.stand_in_tray import StandInTray
from tests.cli.terminal import Terminal
from tests.fakes.keyrings import FakeKeyring, keyring_environ
from tests.fakes.toggl import Account, Server, serve
from tray.ipc import lock
from tray.settings import Settings
from tray.store import account
from tray.store.opening import open_database
from tray.sync.engine import Engine
from tray.sync.sign_in import account_access

HOUR = 3600


def test_both_sides_get_what_they_lack(signed_in: Cli, toggl: Server) -> None:
    signed_in("add", "Here @Book 9:00-9:30", "--new")
    toggl.account.start("There", start=signed_in.now - 600)
    signed_in.now += 90
    assert signed_in("sync") == (
        "sent      “Book” was made on the server.\n"
        "sent      “Here” was made on the server.\n"
        "received  “There” came from another device.\n"
        "Synced with the account of Test User; 2 entries here.\n"
    )
    assert {each.description for each in toggl.account.entries()} == {"Here", "There"}
    assert signed_in("status").splitlines()[0] == "There"
    assert signed_in("status").splitlines()[-1] == "Synced just now"


def test_the_first_time_brings_three_months(signed_in: Cli, toggl: Server) -> None:
    for day in range(60):
        start = signed_in.now - day * 24 * HOUR
        toggl.account.add(start, start + HOUR, description=f"Day {day}")
    assert "60 entries here." in signed_in("sync")
    assert len(toggl.log) < 10


def test_earlier_entries_are_uploaded_when_asked(
    cli: Cli, toggl: Server, keyring: FakeKeyring
) -> None:
    cli("add", "Early 9:00-9:30")
    cli.is_typed(toggl.account.token)
    cli("login")
    assert "“Early”" not in cli("sync")
    assert "1 earlier entry will be sent.\nsent  “Early” was made" in cli("sync", "--upload")
    assert keyring.secrets


def test_older_history_where_the_plan_has_it(
    cli: Cli, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.now -= 400 * 24 * HOUR
    account = Account(lambda: float(cli.now), premium=True)
    account.add(cli.now - HOUR, cli.now, description="Old")
    cli.now += 400 * 24 * HOUR
    account.add(cli.now - HOUR, cli.now, description="New")
    with serve(account) as server:
        monkeypatch.setenv("TOGGL_API_URL", server.url)
        cli.is_typed(account.token)
        cli("login")
        assert "1 entry here." in cli("sync")
        assert "2 entries here." in cli("sync", "--older", "2024-01-01")
    assert keyring.secrets


def test_older_history_comes_as_far_back_as_the_plan_has_it(signed_in: Cli, toggl: Server) -> None:
    for days in (300, 400):
        start = signed_in.now - days * 24 * HOUR
        made = toggl.account.add(start, start + HOUR, description="Old")
        toggl.account.time_entries[made].at = start * 1_000_000
    said = signed_in("sync", "--older", "2024-01-01")
    assert "received  All older entries that the plan gives are here.\n" in said
    assert "1 entry here." in said
    sentence = signed_in.fails(1, "sync", "--older", "last year")
    assert sentence == "“last year” is not a date. Write it as 2024-01-31."


def test_nobody_is_signed_in(cli: Cli) -> None:
    assert cli.fails(1, "sync") == "Nobody is signed in. `toggl-tray login` does that."


def test_the_environment_signs_in(
    cli: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch, keyring: FakeKeyring
) -> None:
    cli("add", "Early 9:00-9:30")
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    said, told = cli.with_remarks("sync")
    assert said.endswith("Synced with the account of Test User; 1 entry here.\n")
    assert told == (
        "toggl-tray: Signed in as Test User, by TOGGL_API_TOKEN.\n"
        "toggl-tray: Made here before: 1 entry, kept on this computer until "
        "`toggl-tray sync --upload`.\n"
    )
    assert "“Early” was made on the server." in cli("sync", "--upload")
    assert keyring.secrets == {}
    monkeypatch.setenv("TOGGL_API_TOKEN", "0" * 32)
    assert "does not accept the sign-in" in cli.fails(5, "sync")


def test_a_token_that_is_known_uploads_though_asking_is_used_up(
    cli: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    cli.with_remarks("sync")
    cli("start", "Write")
    toggl.quota.spend("user", cli.now)
    cli("sync")
    assert [each.description for each in toggl.account.entries()] == ["Write"]
    asked = [each.path for each in toggl.log if each.path.endswith("/me")]
    cli.now += 60
    cli("stop")
    cli.half_done(5, "sync")
    assert [each.stop for each in toggl.account.entries()] != [None]
    assert [each.path for each in toggl.log if each.path.endswith("/me")] == asked


def test_who_waits_stays_until_the_server_is_back(
    signed_in: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    toggl.stop()
    signed_in("start", "Write")
    waited: list[float] = []
    is_back = threading.Event()

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        signed_in.now += 1 + round(seconds)
        if sum(waited) > 100 and not is_back.is_set():
            is_back.set()
            toggl.start_again()

    monkeypatch.setattr("tray.cli.sync.time.sleep", sleep)
    assert "“Write” was made" in signed_in("sync", "--wait")
    assert sum(waited) > 100
    assert [each.description for each in toggl.account.entries()] == ["Write"]


def test_a_token_for_another_server_touches_nothing(
    signed_in: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("start", "Write")
    signed_in("sync")
    signed_in("edit", "1", "Read")
    other = Account(clock=lambda: float(signed_in.now))
    other.user_id += 1
    other.start("Not ours")
    with serve(other) as server:
        monkeypatch.setenv("TOGGL_API_URL", server.url)
        monkeypatch.setenv("TOGGL_API_TOKEN", other.token)
        sentence = signed_in.fails(5, "sync")
        assert sentence.startswith("The data here belongs to another account (Test User at ")
        assert server.log == []
    assert [each["description"] for each in signed_in.json("list", "--json")["entries"]] == ["Read"]
    monkeypatch.setenv("TOGGL_API_URL", toggl.url)
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Read"]


def test_a_token_of_another_account_touches_nothing(
    signed_in: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("start", "Write")
    toggl.account.user_id += 1
    monkeypatch.setenv("TOGGL_API_TOKEN", toggl.account.token)
    asked = len(toggl.log)
    sentence = signed_in.fails(5, "sync")
    assert sentence.startswith("This token belongs to another account than the data here")
    assert [each.method for each in toggl.log[asked:]] == ["GET"]
    assert toggl.account.entries() == []


def test_a_token_that_was_withdrawn(signed_in: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    toggl.account.token = "f" * 32
    sentence = signed_in.fails(5, "sync")
    assert "does not accept the sign-in" in sentence
    assert signed_in("status").splitlines()[-1] == sentence
    assert signed_in.json("status", "--json")["sync"]["state"] == "trouble"
    assert signed_in("journal").splitlines()[-1].endswith(sentence)
    before = len(toggl.log)
    signed_in.fails(5, "sync")
    assert len(toggl.log) == before + 1
    signed_in.is_typed(toggl.account.token)
    signed_in("login")
    signed_in("sync")


def test_the_keyring_has_forgotten(signed_in: Cli, keyring: FakeKeyring) -> None:
    keyring.secrets.clear()
    sentence = signed_in.fails(1, "sync")
    assert sentence.startswith("The keyring has no token for http://127.0.0.1:")
    assert sentence.endswith("Sign in again: `toggl-tray login`.")


def test_offline(signed_in: Cli, toggl: Server) -> None:
    toggl.stop()
    signed_in("start", "Write")
    sentence = signed_in.fails(5, "sync")
    assert sentence.endswith("1 change waiting. Next try: 12:00.")
    assert signed_in("status").splitlines()[-1] == "Offline, 1 change waiting"
    toggl.start_again()
    assert "“Write” was made" in signed_in("sync")


@pytest.mark.parametrize("fault", ["html_502_before", "wrong_type", "truncated", "huge"])
def test_an_answer_that_is_none(signed_in: Cli, toggl: Server, fault: str) -> None:
    toggl.faults.by_chance(1, {fault: 1.0})
    signed_in("start", "Write")
    _, why = signed_in.half_done(5, "sync")
    assert re.search(r"1 change waiting\. Next try: 12:0\d\.$", why)
    assert len(toggl.log) < 12
    toggl.faults.clear()
    signed_in.now += 3 * HOUR
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Write"]


def test_the_quota_is_used_up(signed_in: Cli, toggl: Server) -> None:
    signed_in("sync")
    signed_in("start", "Write")
    for workspace in toggl.account.workspaces.values():
        toggl.quota.spend(f"organization {workspace.organization_id}", signed_in.now)
    sentence = signed_in.fails(5, "sync")
    assert sentence.startswith("Next sync at 13:00, 1 change waiting: ")
    assert signed_in("status").splitlines()[-1] == "Next sync at 13:00, 1 change waiting"
    before = len(toggl.log)
    signed_in.fails(5, "sync")
    # Changes, projects, and the last days, as this server has not shown that it marks deletions.
    assert len(toggl.log) <= before + 3
    signed_in.now += HOUR + 5
    signed_in("sync")


def test_something_is_refused(signed_in: Cli, toggl: Server) -> None:
    toggl.account.workspace.required = frozenset({"project"})
    signed_in("add", "Write 9:00-9:30")
    said, why = signed_in.half_done(1, "sync")
    assert said.startswith("refused  “Write”: 127.0.0.1 did not accept this: ")
    assert why == "1 change was not uploaded. `toggl-tray problems` lists what there is to decide."
    assert signed_in.fails(1, "sync") == why
    assert signed_in("status").splitlines()[-1] == "1 change was not uploaded"
    status = signed_in.json("status", "--json")["sync"]
    assert (status["state"], status["pending"], status["refused"]) == ("attention", 0, 1)


def test_only_one_process_speaks_at_a_time(signed_in: Cli) -> None:
    held = lock.acquire(str(signed_in.home / "sync.lock"))
    assert held is not None
    assert "Another process is exchanging" in signed_in.fails(1, "sync")
    held.release()
    assert "Synced" in signed_in("sync")


def test_the_tray_does_it_and_is_waited_for(signed_in: Cli, toggl: Server) -> None:
    signed_in("start", "Write")
    threads: list[threading.Thread] = []

    def exchange() -> None:
        time.sleep(0.3)
        with open_database(str(signed_in.home / "toggl-tray.db")) as db:
            there = account.read(db)
            assert there is not None
            access = account_access.access_with(
                toggl.account.token, there.url, there.auth, settings=Settings()
            )
            engine = Engine(db, access.connect, clock=lambda: signed_in.now)
            engine.sync_now()
            while (wait := engine.turn()) is not None and wait <= 5:
                time.sleep(wait)
            engine.close()

    def on_command(command: str) -> str:
        if command == "sync":
            threads.append(threading.Thread(target=exchange))
            threads[-1].start()
        return ""

    with StandInTray(os.environ, on_command) as tray:
        said = signed_in("sync")
        assert tray.heard == ["sync"]
        threads[0].join()
    assert "“Write” was made on the server." in said
    assert "Synced with" in said


def test_the_tray_cannot_do_it(signed_in: Cli) -> None:
    with StandInTray(os.environ, lambda _: "Not just now."):
        assert signed_in.fails(1, "sync") == "Not just now."


def test_the_tray_is_in_trouble(signed_in: Cli) -> None:
    signed_in("start", "Write")

    def fail(_: str) -> str:
        with open_database(str(signed_in.home / "toggl-tray.db")) as db:
            account.update(
                db,
                error_kind=account.SyncErrorKind.OFFLINE,
                error_text="No line.",
                next_request_at=signed_in.now + 60,
            )
        return ""

    with StandInTray(os.environ, fail):
        assert signed_in.fails(5, "sync") == "No line. 1 change waiting. Next try: 12:01."


@pytest.fixture
def desk(program: Program, tmp_path: Path) -> Program:
    """A program with a keyring."""
    program.environ |= keyring_environ(tmp_path / "keyring.json")
    return program


def test_ctrl_c_breaks_it_off_and_nothing_is_doubled(desk: Program) -> None:
    with serve(Account()) as server:
        desk("login", "--url", server.url, typed=server.account.token)
        desk("sync")
        desk("start", "Write")
        server.faults.next("late", when=lambda request: request.method == "POST")
        with Terminal([sys.executable, "-m", "tray", "sync"], desk.environ) as terminal:
            deadline = time.monotonic() + 20
            while not server.faults.done and time.monotonic() < deadline:
                time.sleep(0.02)
            terminal.types("\x03")
            assert terminal.ends() == 128 + signal.SIGINT
            assert "Traceback" not in terminal.text
        server.faults.settle()
        desk("sync")
        assert [each.description for each in server.account.entries()] == ["Write"]


def test_progress_is_shown_in_a_terminal_only(desk: Program) -> None:
    with serve(Account()) as server:
        desk("login", "--url", server.url, typed=server.account.token)
        desk("start", "Write")
        with Terminal([sys.executable, "-m", "tray", "sync"], desk.environ) as terminal:
            assert terminal.ends() == 0
            assert " …" in terminal.text
            assert "Synced with the account of Test User; 1 entry here." in terminal.text
        assert desk("sync").stderr == ""


def test_sync_says_when_it_could_not_ask_what_was_changed_elsewhere(
    signed_in: Cli, toggl: Server
) -> None:
    signed_in("sync")
    toggl.quota.spend("user", signed_in.now)
    toggl.account.start("Elsewhere")
    signed_in.now += 5
    signed_in.fails(5, "sync")  # the server says that there are none left
    signed_in.now += 5
    assert "asking what was changed elsewhere" in signed_in.fails(5, "sync")
