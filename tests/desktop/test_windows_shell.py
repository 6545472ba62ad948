"""What the shell of Windows is told, as its documents have it."""

from typing import Any

from tray.desktop.windows import shell


class Library:
    """Notes what is called with which arguments."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: self.calls.append((name, arguments))


def test_our_windows_are_of_the_program_in_the_start_menu() -> None:
    library = Library()
    shell.name_program(library)
    ((name, (app_id,)),) = library.calls
    assert name == "SetCurrentProcessExplicitAppUserModelID"
    assert app_id.value == shell.APP_ID


def test_the_tray_may_come_to_the_front_for_a_second_launch() -> None:
    library = Library()
    shell.let_to_front(4711, library)
    shell.let_to_front(0, library)
    assert library.calls == [("AllowSetForegroundWindow", (4711,))]
