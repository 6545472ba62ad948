import pytest

from tray.cli.advice import with_advice
from tray.errors import (
    Archived,
    NotCreatedYet,
    NotFound,
    OtherAccount,
    ReadOnly,
    Refused,
    StorageError,
    Undecided,
    UserError,
)


@pytest.mark.parametrize(
    ("error", "command"),
    [
        (NotCreatedYet("S."), "--new"),
        (NotFound("S.", kind="entry"), "`toggl-tray list`"),
        (NotFound("S.", kind="problem"), "`toggl-tray problems`"),
        (NotFound("S.", kind="task"), "`toggl-tray projects`"),
        (NotFound("S.", kind="tag"), "`toggl-tray tags`"),
        (Archived("S.", kind="project", id=7), "`toggl-tray projects restore 7`"),
        (OtherAccount("S."), "`toggl-tray logout --forget`"),
        (Undecided("S."), "`toggl-tray problems`"),
        (ReadOnly("S.", elsewhere=True), "TOGGL_TRAY_HOME"),
    ],
)
def test_a_terminal_says_which_command_helps(error: UserError | StorageError, command: str) -> None:
    sentence = with_advice(error)
    assert sentence.startswith("S. ")
    assert command in sentence


@pytest.mark.parametrize(
    "error",
    [
        NotFound("S."),
        Refused("S.", field="start"),
        Archived("S.", kind="task", id=7),
        ReadOnly("S."),
    ],
)
def test_where_no_command_helps_none_is_named(error: UserError | StorageError) -> None:
    assert with_advice(error) == "S."
