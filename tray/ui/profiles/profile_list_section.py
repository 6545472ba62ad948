"""The profiles in the settings: switch, make, rename, remove, and what holds for all of them."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from tray import clock, profile_actions, profiles
from tray.errors import TrayError
from tray.language import described, tr
from tray.profile_actions import ProfileState
from tray.profile_names import DEFAULT
from tray.session.profile_switch import ProfileSwitch
from tray.ui import labels
from tray.ui.data.data_words import size
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.settings.setting_controls import switch as make_switch
from tray.ui.theme import UNIT


class ProfileListSection(Section):
    """A row for each profile below the one that makes another, then those that were removed."""

    def __init__(self, switch: ProfileSwitch, parent: QWidget) -> None:
        super().__init__(tr("Profiles"), parent)
        self._switch = switch
        self.rows: dict[str, SettingRow] = {}
        self.box: QMessageBox | None = None
        self.dialog: QInputDialog | None = None
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Name, then Enter"))
        self.name.setAccessibleName(tr("New profile"))
        self.name.returnPressed.connect(self._on_new)
        hint = tr("For another account, with these settings")
        self._new = self.add(tr("New profile"), hint, self.name)
        switch.changed.connect(self.refresh)
        switch.removed.connect(self._on_removed)
        switch.failed.connect(self._on_failed)
        self._shown: object = None
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)  # rows that are added now would get no room

    @Slot()
    def refresh(self) -> None:
        """Show which there are, and what is in them."""
        states = self._switch.states()  # which may come back here, if there are others by now
        removed = self._switch.removed_profiles()
        if (states, removed) == self._shown:
            return  # the row that has the focus keeps it
        self._shown = (states, removed)
        for row in self.rows.values():
            self.remove(row)
        self.rows = {state.name: self._row(state) for state in states}
        for name, folder in removed:
            self.rows[folder] = self._removed_row(name)

    def _row(self, state: ProfileState) -> SettingRow:
        shown = profiles.shown(state.name)
        here = state.name == self._switch.name
        label = tr("{name} (this one)").format(name=shown) if here else shown
        return self.add(label, _about(state), self._buttons(state, here=here))

    def _buttons(self, state: ProfileState, *, here: bool) -> QWidget:
        both = QWidget(self)
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addStretch()
        name = profiles.shown(state.name)
        if not here:
            go = QPushButton(tr("Switch"), both)
            go.setAccessibleName(tr("Switch to the profile {name}").format(name=name))
            go.clicked.connect(partial(self._switch.choose, state.name))
            line.addWidget(go)
        more = self._more(state, both)
        if more is not None:
            more.setEnabled(not here)
            line.addWidget(more)
        return both

    def _more(self, state: ProfileState, parent: QWidget) -> QToolButton | None:
        """What else can be done with one that is neither this nor the first one."""
        if state.name == DEFAULT:
            return None
        more = QToolButton(parent)
        more.setText("⋯")
        more.setAccessibleName(tr("More for the profile {name}").format(name=state.name))
        more.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setStyleSheet("QToolButton::menu-indicator { image: none }")
        menu = QMenu(more)
        menu.addAction(tr("Rename…"), partial(self.ask_name, state.name))
        menu.addAction(tr("Remove…"), partial(self.ask, state))
        more.setMenu(menu)
        return more

    def _removed_row(self, name: str) -> SettingRow:
        button = QPushButton(tr("Bring back"), self)
        button.setAccessibleName(tr("Bring back the profile {name}").format(name=name))
        button.clicked.connect(partial(self._try, partial(self._switch.bring_back, name)))
        return self.add(name, tr("Removed; all its files are kept"), button)

    @Slot()
    def _on_new(self) -> None:
        name = self.name.text()
        if self._try(partial(self._switch.create, name)):
            self.name.clear()

    def _try(self, act: "partial[None]") -> bool:
        """Do something, or say below the line for a new one why not; whether it was done."""
        try:
            act()
        except TrayError as error:
            self._new.say(str(error))
            return False
        self._new.say("")
        self.refresh()
        return True

    def ask_name(self, name: str) -> None:
        """Ask what a profile is to be called."""
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Rename the profile"))
        dialog.setLabelText(tr("Name"))
        dialog.setTextValue(name)
        dialog.setOkButtonText(tr("Rename"))
        dialog.textValueSelected.connect(partial(self._on_named, name))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()

    def _on_named(self, name: str, new: str) -> None:
        self._try(partial(self._switch.rename, name, new))

    def ask(self, state: ProfileState) -> None:
        """Ask whether to remove a profile, with what would be missed."""
        box = QMessageBox(self)
        box.setWindowTitle(tr("Remove the profile"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        safe = tr("A backup is made first, and its files are kept: it can be brought back.")
        box.setText(f"{profile_actions.question(state)}\n\n{safe}")
        remove = box.addButton(tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        remove.clicked.connect(partial(self._on_agreed, state.name))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.box = box
        box.open()

    def _on_agreed(self, name: str) -> None:
        if name in self.rows:
            self.rows[name].say(tr("Removing…"), labels.subdued)
        self._switch.remove(name, now=clock.now())

    @Slot(object)
    def _on_removed(self, _: str) -> None:
        self.refresh()

    @Slot(object)
    def _on_failed(self, sentence: str) -> None:
        self._new.say(sentence)


def _about(state: ProfileState) -> str:
    """Whose account it is, what runs, and how large it is."""
    parts = [state.account or tr("No account")]
    if state.running is not None:
        parts.append(tr("{what} runs").format(what=state.running or tr("An entry")))
    if state.has_tray:
        parts.append(tr("its icon is there"))
    return described(parts) + f" · {size(state.size_bytes)}"


class CommonSection(Section):
    """What holds for all profiles."""

    def __init__(self, switch: ProfileSwitch, parent: QWidget) -> None:
        super().__init__(tr("All profiles together"), parent)
        self._switch = switch
        self.one_timer = make_switch(partial(self._choose, "one_timer"), self)
        self.side_by_side = make_switch(partial(self._choose, "side_by_side"), self)
        label, hint = tr("One running entry"), tr("A start stops what runs in another profile")
        self._first = self._add(label, hint, self.one_timer.widget)
        label = tr("Icons beside each other")
        hint = tr("Switching leaves this profile's icon; hotkeys are for the one switched to")
        self._add(label, hint, self.side_by_side.widget)

    def _add(self, label: str, hint: str, control: QWidget) -> SettingRow:
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        return self.add(label, hint, control)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        chosen = self._switch.common
        self.one_timer.show(chosen.one_timer)
        self.side_by_side.show(chosen.side_by_side)

    def _choose(self, key: str, value: object) -> None:
        try:
            self._switch.set_common(lambda before: before._replace(**{key: bool(value)}))
        except TrayError as error:
            self._first.say(str(error))
            return
        self._first.say("")
