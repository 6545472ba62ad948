"""A damaged database, as somebody in a terminal meets it."""

import shutil
from pathlib import Path

from tests.cli.conftest import Cli
from tests.store import damage


def test_damage_that_opening_shows_is_repaired_and_told(cli: Cli, tmp_path: Path) -> None:
    made = damage.make(tmp_path / "made")
    shutil.rmtree(cli.home)
    damaged = damage.copy(made, cli.home)
    damage.destroy(damaged, 1)
    said, remarks = cli.with_remarks("status")
    assert "Today" in said
    assert "has been rebuilt" in remarks
    assert str(damage.set_aside(damaged)[0]) in remarks


def test_damage_found_by_a_command_is_repaired_and_the_next_one_works(
    cli: Cli, tmp_path: Path
) -> None:
    made = damage.make(tmp_path / "made")
    shutil.rmtree(cli.home)
    damaged = damage.copy(made, cli.home)
    damage.destroy(damaged, damage.root_of(damaged, "entry"))
    sentence = cli.fails(3, "list", "all")
    assert "has been rebuilt" in sentence
    assert sentence.endswith("Give the command again.")
    assert "later 29" in cli("list", "all")
