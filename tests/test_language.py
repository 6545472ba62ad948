"""In which language sentences are, by the settings and by the system."""

import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest

from tray import language
from tray.chosen_language import known, set_language
from tray.language import LANGUAGES, tr
from tray.system_language import wanted_languages


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_SG.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, "en"),
        ({"LANG": "zh_HK.UTF-8", "LANGUAGE": "zh_HK:zh_CN:en"}, "zh_CN"),
        ({"LANG": "zh_CN.GB18030@euro"}, "zh_CN"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN"}, "zh_CN"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:zh_CN"}, "zh_CN"),
        ({"LANG": "C", "LANGUAGE": "zh_CN"}, "en"),
        ({"LANGUAGE": "zh_CN"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh_CN"),
    ],
)
def test_it_is_the_locale_of_the_system(environ: Mapping[str, str], expected: str) -> None:
    set_language("system", environ, "linux")
    assert language.language() == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("zh-Hans-CN", "zh_CN"), ("zh-Hans-HK", "zh_CN"), ("zh-Hant-TW", ""), ("en-US", "en")],
)
def test_other_systems_have_other_names(name: str, expected: str) -> None:
    assert known(name) == expected


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_a_locale_of_a_terminal_comes_before_the_system_s_own(platform: str) -> None:
    environ = {"LC_ALL": "zh_CN.UTF-8", "LANG": "de_DE.UTF-8"}
    assert list(wanted_languages(environ, platform)) == ["zh_CN.UTF-8"]


def test_what_is_chosen_counts_whatever_the_system_has() -> None:
    assert set_language("zh_CN", {"LANG": "en_GB.UTF-8"}, "linux")
    assert not set_language("zh_CN", {}, "linux")
    assert set_language("en", {"LANG": "zh_CN.UTF-8"}, "linux")
    assert tr("Settings") == "Settings"
    assert next(iter(LANGUAGES)) == "en"


def test_english_costs_nothing() -> None:
    program = (
        "import sys; from tray.language import *; from tray.chosen_language import set_language;"
        "set_language('system'); tr('Settings');"
        "ntr('{n} entry', '{n} entries', 2); ptr('noun', 'Start'); print('gettext' in sys.modules)"
    )
    environ = {"PATH": "", "LANG": "en_GB.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, '.'); {program}"],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("code", "things", "remarks", "sentences"),
    [
        ("en", "a, b", "a, b", "A. B."),
        ("de", "a, b", "a, b", "A. B."),
        ("zh_CN", "a、b", "a，b", "A.B."),
    ],
)
def test_each_kind_stands_together_as_the_language_has_it(
    code: str, things: str, remarks: str, sentences: str
) -> None:
    set_language(code)
    assert language.listed(("a", "", "b")) == things
    assert language.described(("a", "", "b")) == remarks
    assert language.in_a_row(("A.", "", "B.")) == sentences
