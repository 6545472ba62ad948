"""Profiles beside each other: every one has its own of everything, and today's is the default."""

import ast
import os
from pathlib import Path

import pytest

import tray
from tests.fakes.keyrings import FakeKeyring
from tray import paths, profiles, settings
from tray.common_settings import CommonSettings, common_settings
from tray.credentials import SecretStore
from tray.errors import NotFound, Refused
from tray.paths import Paths


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"TOGGL_TRAY_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)}


def all_places(found: Paths) -> set[str]:
    """Every file and socket that a profile has by itself."""
    names = (
        *("lock", "sync_lock", "socket", "database", "backups", "settings_file", "seen_version"),
        *("tray_log", "commands_log", "api_log", "crash_log"),
    )
    return {getattr(found, name) for name in names}


def test_the_default_profile_lies_where_everything_always_did(tmp_path: Path) -> None:
    for environ in ({"HOME": str(tmp_path)}, {"TOGGL_TRAY_HOME": str(tmp_path / "home")}):
        before = paths.find(environ)
        made = profiles.create(environ, "Work")
        assert paths.find(environ) == before
        assert paths.find({**environ, "TOGGL_TRAY_PROFILE": "default"}) == before
        assert os.path.dirname(made.data) == os.path.join(before.data, "profiles")


def test_no_profile_has_a_file_of_another(environ: dict[str, str]) -> None:
    names = ("Work", "工作", "current", "common.json", "run", "backups", "profiles")
    for name in names:
        profiles.create(environ, name)
    profiles.switch_to(environ, "Work")
    profiles.set_common(environ, CommonSettings(one_timer=True))
    found = profiles.everything(environ)
    assert sorted(each.profile for each in found) == sorted(("default", *names))
    places = [all_places(each) for each in found]
    assert len(set().union(*places)) == sum(map(len, places))
    scopes = {profiles.keyring_scope(each) for each in found}
    assert len(scopes) == len(found)
    assert "" in scopes


def test_a_name_in_other_letters_is_the_same_profile(environ: dict[str, str]) -> None:
    made = profiles.create(environ, "Work")
    assert paths.find({**environ, "TOGGL_TRAY_PROFILE": "wORK"}) == made
    with pytest.raises(Refused, match="There is a profile “WORK” already"):
        profiles.create(environ, "WORK")
    with pytest.raises(Refused, match="There is a profile “Default” already"):
        profiles.create(environ, "Default")


def test_what_names_none_is_about_the_one_that_was_switched_to(environ: dict[str, str]) -> None:
    made = profiles.create(environ, "Work")
    assert paths.find(environ).profile == "default"
    profiles.switch_to(environ, "Work")
    assert paths.find(environ) == made
    profiles.put_aside(environ, made, "now")
    assert paths.find(environ).profile == "default"


@pytest.mark.parametrize("text", [b"", b"\xff", b"../../etc", b"x" * 5_000, b"nobody"])
def test_a_broken_note_of_it_is_the_default_one(environ: dict[str, str], text: bytes) -> None:
    made = profiles.create(environ, "Work")
    Path(made.profiles_folder, paths.CURRENT).write_bytes(text)
    Path(made.profiles_folder, ".common.json").write_bytes(text)
    assert paths.find(environ).profile == "default"
    assert common_settings(made.profiles_folder) == CommonSettings()


def test_a_new_one_has_the_settings_but_serves_nothing(environ: dict[str, str]) -> None:
    default = paths.find(environ)
    os.makedirs(default.settings)
    text = "# mine\nlanguage = 'zh_CN'\nserve_api = true\nhotkey_toggle = 'ctrl+alt+t'\n"
    Path(default.settings_file).write_text(text, encoding="utf-8")
    made = [profiles.create(environ, name) for name in ("Work", "Club")]
    chosen = [settings.load(each.settings_file).settings for each in (default, *made)]
    assert {each.language for each in chosen} == {"zh_CN"}
    assert {each.hotkey_toggle for each in chosen} == {"ctrl+alt+t"}
    assert [each.serve_api for each in chosen] == [True, False, False]
    assert len({each.api_port for each in chosen}) == 3
    assert Path(default.settings_file).read_text(encoding="utf-8") == text
    named = {**environ, "TOGGL_TRAY_PROFILE": "Work"}
    settings.save(made[0].settings_file, chosen[1]._replace(language="en"))
    later = profiles.create(named, "Later")
    assert settings.load(later.settings_file).settings.language == "en"


def test_settings_that_nobody_can_read_do_not_keep_one_from_being_made(
    environ: dict[str, str],
) -> None:
    default = paths.find(environ)
    os.makedirs(default.settings)
    Path(default.settings_file).write_text("= no toml", encoding="utf-8")
    made = profiles.create(environ, "Work")
    assert settings.load(made.settings_file) == settings.LoadedSettings(settings.Settings())


def test_use_makes_one_once(environ: dict[str, str]) -> None:
    named = {**environ, "TOGGL_TRAY_PROFILE": "Work"}
    assert profiles.ensure(named, paths.find(named))
    assert not profiles.ensure(named, paths.find(named))
    assert not profiles.ensure(environ, paths.find(environ))
    assert os.stat(paths.find(named).data).st_mode & 0o777 == 0o700


def test_a_renamed_one_keeps_all_it_has(environ: dict[str, str]) -> None:
    made = profiles.create(environ, "Work")
    Path(made.database).write_text("rows")
    scope = profiles.keyring_scope(made)
    profiles.switch_to(environ, "Work")
    new = profiles.rename(environ, made, "工作")
    assert Path(new.database).read_text() == "rows"
    assert profiles.keyring_scope(new) == scope
    assert paths.find(environ) == new
    assert profiles.rename(environ, new, "Work").profile == "Work"
    other = profiles.create(environ, "Other")
    with pytest.raises(Refused, match="already"):
        profiles.rename(environ, other, "wORK")
    assert profiles.rename(environ, other, "OTHER").profile == "OTHER"
    with pytest.raises(Refused, match="keeps its name"):
        profiles.rename(environ, paths.find_default(environ), "Mine")


def test_a_removed_one_comes_back_as_it_was(environ: dict[str, str]) -> None:
    for content in ("first", "second"):
        made = profiles.create(environ, "Work")
        Path(made.database).write_text(content)
        profiles.put_aside(environ, made, "20260213")
    assert [each.profile for each in profiles.everything(environ)] == ["default"]
    with pytest.raises(NotFound, match="There is no profile “Work”"):
        profiles.existing(environ, "Work")
    back = profiles.bring_back(environ, "work")
    assert Path(back.database).read_text() == "second"
    with pytest.raises(Refused, match="already"):
        profiles.bring_back(environ, "Work")
    with pytest.raises(NotFound, match="No profile “Club” was removed"):
        profiles.bring_back(environ, "Club")


@pytest.mark.parametrize("name", ["a~b", "a~20260213", "a~", "工~~作"])
def test_one_with_a_tilde_in_its_name_comes_back_by_it(environ: dict[str, str], name: str) -> None:
    for content in ("first", "second"):
        made = profiles.create(environ, name)
        Path(made.database).write_text(content)
        profiles.put_aside(environ, made, "20260213T080000Z")
    assert [each for each, _ in profiles.removed(environ)] == [name, name]
    assert Path(profiles.bring_back(environ, name).database).read_text() == "second"


def test_a_new_one_of_the_name_of_a_removed_one_is_not_switched_to(environ: dict[str, str]) -> None:
    made = profiles.create(environ, "Work")
    profiles.switch_to(environ, "Work")
    profiles.put_aside(environ, made, "20260213")
    profiles.create(environ, "Work")
    assert paths.find(environ).profile == "default"


def test_a_new_one_of_an_old_name_has_none_of_its_secrets(environ: dict[str, str]) -> None:
    keyring = FakeKeyring()

    def secrets_of(profile: Paths) -> SecretStore:
        return SecretStore(lambda: keyring, scope=profiles.keyring_scope(profile))

    default, work = paths.find(environ), profiles.create(environ, "Work")
    url = "https://api.track.toggl.com"
    secrets_of(default).save(url, "default's")
    secrets_of(work).save(url, "work's")
    assert secrets_of(default).read(url) == "default's"
    assert secrets_of(profiles.rename(environ, work, "Job")).read(url) == "work's"
    again = profiles.create(environ, "Work")
    assert secrets_of(again).read(url) is None
    secrets_of(again).delete(url)
    assert secrets_of(profiles.existing(environ, "Job")).read(url) == "work's"
    assert keyring.secrets["Toggl Tray", url] == "default's", "an older version finds it"


def test_nobody_asks_the_keyring_without_saying_for_which_profile() -> None:
    made = [
        (path.name, call.lineno)
        for path in Path(tray.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) == "SecretStore"
        and "scope" not in {each.arg for each in call.keywords}
    ]
    assert made == []


def test_the_size_of_one_is_without_the_others(environ: dict[str, str]) -> None:
    made = profiles.create(environ, "Work")
    before = [profiles.size_of(each, profiles.everything(environ)) for each in (made,)]
    Path(made.database).write_bytes(b"x" * 1_000)
    Path(paths.find(environ).data, "toggl-tray.db").write_bytes(b"x" * 300)
    found = profiles.everything(environ)
    assert profiles.size_of(made, found) == before[0] + 1_000
    assert profiles.size_of(found[0], found) == 300
