"""The short forms of `zipfile` and `pathlib` do as the long ones."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.app.short_library import Archive, ShortPath

NAMES = st.text("abcdé/._", min_size=1, max_size=20)
CONTENTS = st.one_of(st.binary(max_size=50), st.binary(max_size=20).map(lambda part: part * 100))
METHODS = st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))


@given(st.dictionaries(NAMES, st.tuples(CONTENTS, METHODS), max_size=6))
def test_an_archive_is_read(files: dict[str, tuple[bytes, int]]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for name, (content, method) in files.items():
            written.writestr(name, content, method)
    archive = Archive(made.getvalue())
    assert [member.filename for member in archive.members] == list(files)
    assert {name: archive.read(name) for name in files} == {
        name: content for name, (content, _) in files.items()
    }
    with pytest.raises(KeyError):
        archive.read("nowhere")


def test_a_path_is_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    short = ShortPath(str(tmp_path / "link"))
    assert os.fspath(short) == str(short) == str(tmp_path / "link")
    assert str(short.resolve() / "file") == str(tmp_path / "folder" / "file")
    assert str(short.parent) == str(tmp_path)
    assert short.exists()
    assert not (short / "file").exists()
    assert short.is_dir()
    assert short.suffix == ""
