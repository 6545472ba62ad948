"""A sample of the corruption benchmark: whatever happens, a user is told and goes on."""

from pathlib import Path

import pytest

from tests.store import corruption
from tests.store.corruption import KINDS, Made, judge, make


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("kind", KINDS)
def test_no_corruption_loses_a_row_without_a_word_or_stops_a_command(
    made: Made, tmp_path: Path, kind: str
) -> None:
    for seed in range(3):
        verdict = judge(made, tmp_path, seed, kind)
        assert not verdict.unusable, verdict
        assert not verdict.lost_silently, verdict


@pytest.mark.parametrize("kind", ["row against the rules", "schema against the rules"])
def test_what_no_command_could_show_is_mended_and_nothing_is_lost(
    made: Made, tmp_path: Path, kind: str
) -> None:
    for seed in range(3, 30):
        verdict = judge(made, tmp_path, seed, kind)
        assert not verdict.unusable, verdict
        assert not verdict.lost, verdict
        assert not verdict.altered or kind == "row against the rules", verdict


def test_rows_that_nothing_refers_to_do_not_vanish_with_their_page(
    made: Made, tmp_path: Path
) -> None:
    verdicts = [judge(made, tmp_path, seed, "page without rows") for seed in range(3, 15)]
    assert [each for each in verdicts if each.unusable or each.lost] == []
    assert any(each.words for each in verdicts), "in a log, the page may be there once more"


@pytest.mark.parametrize(
    ("table", "name", "damaged"),
    [
        ("entry", "description TEXT", "'descriptiom TEXT'"),
        ("project", "colour TEXT", "'colous TEXT'"),
        ("favourite", "tag_ids TEXT", "'tag_idt TEXT'"),
        ("owed_stop", "entry_id I", "CAST(x'e4' AS TEXT) || ' I'"),
    ],
)
def test_a_column_whose_name_is_damaged_is_known_by_its_place(
    made: Made,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    name: str,
    damaged: str,
) -> None:
    sql = f"UPDATE sqlite_schema SET sql = replace(sql, '{name}', {damaged}) WHERE name = '{table}'"
    kind = "schema against the rules"
    monkeypatch.setattr(corruption, "KINDS", {**KINDS, kind: corruption.changed_by(sql)})
    verdict = judge(made, tmp_path, 1, kind)
    assert not verdict.unusable, verdict
    assert (verdict.lost, verdict.altered) == (0, 0), verdict
