"""What a click on the icon does on the panel that it is on, in words for settings and welcome."""

from tray.language import tr
from tray.model.panels import PanelKind


def clicks(panel: PanelKind) -> str:
    """What to do with the icon, unless the settings say otherwise."""
    if not panel.left_opens_menu:
        return tr("A click starts and stops, the right button opens the menu.")
    if not panel.has_double:
        return tr("A click opens the menu, whose first row starts and stops.")
    return tr(
        "A click opens the menu, whose first row starts and stops. A double click does so at once."
    )


def hints(panel: PanelKind) -> dict[str, str]:
    """The hints of those settings that count otherwise on this panel, by key."""
    found = {}
    if panel.left_opens_menu and panel.has_double:
        left = tr("Done by a double click: one click opens the menu, whose first row does it too")
        found["left_click"] = left
        found["double_click"] = tr("Where it is set, it is done instead of the left click")
    elif panel.left_opens_menu:
        found["left_click"] = tr("Opens the menu here, whose first row starts and stops")
        found["double_click"] = tr("This panel does not pass it on")
    if not panel.has_wheel:
        found["scroll_toggles"] = tr("This panel does not pass it on")
    if panel.name and not panel.has_label:
        found["icon_label"] = tr("{panel} shows no text there").format(panel=panel.name)
    return found
