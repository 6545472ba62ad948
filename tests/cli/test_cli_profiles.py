"""Several accounts beside each other, as somebody in a terminal lists, makes and uses them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Program
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server
from tray.ipc import lock


class Profiles:
    """Sets which profile the commands that follow are about."""

    def __init__(self, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cli, self._monkeypatch = cli, monkeypatch

    def use(self, name: str) -> Cli:
        self._monkeypatch.setenv("TOGGL_TRAY_PROFILE", name)
        return self.cli

    def unnamed(self) -> Cli:
        self._monkeypatch.delenv("TOGGL_TRAY_PROFILE", raising=False)
        return self.cli


@pytest.fixture
def profiles(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Profiles:
    monkeypatch.setenv("HOME", str(cli.home.parent))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(cli.home.parent / "config"))
    return Profiles(cli, monkeypatch)


def test_each_has_its_own_entries(cli: Cli, profiles: Profiles) -> None:
    cli("start", "mine")
    made = profiles.use("Work").with_remarks("start", "theirs")
    assert made[1] == "toggl-tray: Made the profile “Work”.\n"
    assert profiles.use("work")("status").startswith("theirs")
    assert profiles.use("default")("status").startswith("mine")
    assert profiles.unnamed()("status").startswith("mine")
    assert "settings.toml" in {each.name for each in (cli.home / "profiles" / "Work").iterdir()}


def test_they_are_listed_with_what_runs_in_them(cli: Cli, profiles: Profiles) -> None:
    cli("start", "mine")
    cli("profiles", "create", "工作")
    listed = cli.json("profiles", "--json")
    assert listed["v"] == 1
    assert listed["one_timer"] is False
    assert [
        (each["name"], each["current"], each["running"], each["account"], each["tray"])
        for each in listed["profiles"]
    ] == [("default", True, "mine", None, False), ("工作", False, None, None, False)]
    assert listed["profiles"][0]["running_since"] == "2026-02-13T12:00:00Z"
    assert listed["profiles"][0]["size_bytes"] > 10_000
    assert listed == cli.json("profiles", "list", "--json")
    first, second = cli("profiles").splitlines()
    assert first.split()[:3] == ["*", "Default", "no"]
    assert "mine, since 12:00" in first
    assert second.split()[:3] == ["工作", "no", "account"]


def test_switching_counts_for_what_names_none(cli: Cli, profiles: Profiles) -> None:
    cli("profiles", "create", "Work")
    assert cli("profiles", "use", "WORK") == "What names no profile is about “Work” now.\n"
    cli("start", "theirs")
    assert profiles.use("Work")("status").startswith("theirs")
    assert profiles.unnamed()("profiles", "use", "default").endswith("“Default” now.\n")
    assert "theirs" not in cli("status")
    assert cli.fails(1, "profiles", "use", "nobody") == (
        "There is no profile “nobody”. `toggl-tray profiles` lists them."
    )
    assert not (cli.home / "profiles" / "nobody").exists()


def test_one_is_renamed_removed_and_brought_back(cli: Cli, profiles: Profiles) -> None:
    profiles.use("Work").with_remarks("add", "theirs 9:00-10:00")
    profiles.unnamed()
    assert "is called “Job” now" in cli("profiles", "rename", "Work", "Job")
    assert cli.fails(1, "profiles", "remove", "Job").endswith("add --yes.")
    assert "Removed the profile “Job”." in cli("profiles", "remove", "Job", "--yes")
    assert [each["name"] for each in cli.json("profiles", "--json")["profiles"]] == ["default"]
    said, remark = cli.with_remarks("profiles")
    assert "Job" not in said
    assert "`toggl-tray profiles restore` brings it back" in remark
    assert "is there again" in cli("profiles", "restore", "Job")
    assert "theirs" in profiles.use("Job")("list")
    copies = [each["path"] for each in cli.json("backup", "--json")["backups"]]
    assert any(Path(each).name.startswith("made-") for each in copies), "a backup was made first"


def test_one_whose_tray_runs_is_left_alone(cli: Cli, profiles: Profiles) -> None:
    cli("profiles", "create", "Work")
    held = lock.acquire(str(cli.home / "profiles" / "Work" / "tray.lock"))
    assert held is not None
    assert cli.json("profiles", "--json")["profiles"][1]["tray"] is True
    for words in (("rename", "Work", "Job"), ("remove", "Work", "--yes")):
        assert "is in use" in cli.fails(1, "profiles", *words)
    held.release()
    cli("profiles", "rename", "Work", "Job")


def test_the_default_one_stays(cli: Cli, profiles: Profiles) -> None:
    assert "stays" in cli.fails(1, "profiles", "remove", "default", "--yes")
    assert "keeps its name" in cli.fails(1, "profiles", "rename", "default", "Mine")


@pytest.mark.parametrize("name", ["../up", "a/b", "", "CON", "x" * 60])
def test_bad_names_are_a_sentence_wherever_they_are_given(
    cli: Cli, profiles: Profiles, name: str
) -> None:
    assert "A profile cannot be called" in cli.fails(1, "profiles", "create", name)
    if name:
        assert "A profile cannot be called" in profiles.use(name).fails(1, "start", "x")
    assert sorted(each.name for each in cli.home.iterdir()) == ["settings.toml"]


def test_tokens_never_mix(
    cli: Cli, profiles: Profiles, toggl: Server, keyring: FakeKeyring
) -> None:
    cli.is_typed(f"{toggl.account.token}\n")
    cli.with_remarks("login")
    mine = dict(keyring.secrets)
    assert len(mine) == 1
    assert "nobody is signed in" in profiles.use("Work").whatever_comes("sync").lower()
    cli.is_typed(f"{toggl.account.token}\n")
    cli.with_remarks("login")
    assert len(keyring.secrets) == 2
    cli.with_remarks("serve", "--token")
    cli.with_remarks("logout", "--keep")
    profiles.unnamed()
    assert "Removed" in cli("profiles", "remove", "Work", "--yes")
    assert keyring.secrets == mine, "all that the removed one had is gone, and nothing else"


def test_the_profile_is_named_before_or_after_the_command(program: Program) -> None:
    assert "Made the profile" in program("--profile", "Work", "start", "theirs").stderr
    assert program("status", "--profile=work").stdout.startswith("theirs")
    assert "theirs" not in program("status").stdout
    program("start", "--profile", code=2)
    assert "theirs" in program("profiles").stdout
    doctor = program("doctor", "--profile", "Work").stdout
    assert "Work, of Default, Work" in doctor
