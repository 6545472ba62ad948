import pytest

from tray.model.panels import GNOME, PanelKind, panel_of


@pytest.mark.parametrize(
    ("process", "desktop", "name"),
    [
        ("gnome-shell", "sway", "GNOME"),
        ("kded5", "GNOME", "Plasma"),
        (".gnome-shell-wr", "GNOME", "GNOME"),
        ("something-else", "GNOME", ""),
        ("", "ubuntu:GNOME", "GNOME"),
        ("", "KDE", "Plasma"),
        ("", "niri", ""),
        ("", "", ""),
    ],
)
def test_the_program_that_a_panel_is_counts_more_than_the_desktops_name(
    process: str, desktop: str, name: str
) -> None:
    assert panel_of(process, desktop).name == name


def test_of_a_panel_that_is_unknown_the_usual_is_expected() -> None:
    usual = PanelKind()
    assert usual.has_digits
    assert usual.has_tooltip
    assert not usual.has_label
    assert not usual.left_opens_menu
    assert not GNOME.has_digits
