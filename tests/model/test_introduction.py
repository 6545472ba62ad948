import pytest

from tray.model.introduction import Introduction, due


@pytest.mark.parametrize(
    ("seen", "is_empty", "expected"),
    [
        ("", True, Introduction.WELCOME),
        ("", False, Introduction.NOTHING),
        ("0.1.0", True, Introduction.NEWS),
        ("0.1.0", False, Introduction.NEWS),
        ("0.2.0", True, Introduction.NOTHING),
        ("0.2.0", False, Introduction.NOTHING),
    ],
)
def test_what_is_due_at_a_start(seen: str, is_empty: bool, expected: Introduction) -> None:
    assert due(seen=seen, version="0.2.0", is_empty=is_empty) is expected
