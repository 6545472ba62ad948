"""What is known of the chosen project, client or task beside its name, each changed where it is."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tray.language import in_a_row, tr
from tray.session.tracking import Tracking
from tray.store import account, known_people, remote_rows, workspace_rules
from tray.store.catalogue import Kind, Thing
from tray.tracker import catalogue, thing_fields
from tray.tracker.outcome import Outcome
from tray.ui import icons, plain_text
from tray.ui.labels import ElidedLabel, ThemedLabel, plain, subdued
from tray.ui.projects import detail_fields
from tray.ui.projects.card import Card
from tray.ui.projects.rows import Row, workspace_of
from tray.ui.theme import CONTROL_HEIGHT, SMALL, UNIT, text_scale

if TYPE_CHECKING:
    from tray.ui.projects.detail_fields import Detail

WIDTH: Final = 34 * UNIT


class DetailsPanel(Card):
    """Follows the list; what is changed in it is one step each."""

    closed = Signal()
    """The user has had enough of it."""
    done = Signal(str, object)
    """What was done, in a sentence, and its `Outcome`."""
    wrong = Signal(str)
    """Why what was typed cannot be."""

    def __init__(self, tracking: Tracking, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._row: Row | None = None
        self._made_for: object = None
        self.fields: dict[str, Detail] = {}
        """By the column that each is about."""
        self.title = ElidedLabel("", self, tint=plain)
        self.close_button = QPushButton(self)
        icons.dress(self.close_button, "close", subdued)
        self.close_button.setFlat(True)
        self.close_button.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
        self.close_button.setAccessibleName(tr("Close the details"))
        self.close_button.setToolTip(plain_text.tooltip(tr("Close (Esc)")))
        self.close_button.clicked.connect(self.closed)
        self.note = ThemedLabel("", self, size=SMALL)
        self.note.setWordWrap(True)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QWidget(self)
        line = QHBoxLayout(head)
        line.setContentsMargins(UNIT, UNIT // 2, 0, UNIT // 2)
        line.addWidget(self.title, 1)
        line.addWidget(self.close_button)
        self.add(head)
        self.add(self._area, 1)
        self.setFixedWidth(round(WIDTH * text_scale(self.font())))
        self.setAccessibleName(tr("Details"))
        self._lay_out()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what is known of what is selected; of several, that there are several."""
        row = rows[0] if len(rows) == 1 else None
        thing = None if row is None else self._thing(row)
        if row is None or thing is None:
            self._show_nothing(len(rows))
            return
        lacking = self._lacking(row)
        values = thing._asdict()
        is_another = self._row is None or (row.kind, row.id) != (self._row.kind, self._row.id)
        self._row = row
        self.title.setText(row.name)
        if self._made_for != (row.kind, lacking, self._people(row)):
            self._make(row, lacking)
            is_another = True
        for column, field in self.fields.items():
            (field.show if is_another else field.follow)(values[column])
        self._show_note(row, lacking)
        self._enable(values)

    def _thing(self, row: Row) -> Thing | None:
        names = self._tracking.snapshot.names
        found: dict[Kind, Any] = {
            "project": names.projects,
            "client": names.clients,
            "tag": names.tags,
            "task": names.tasks,
        }
        thing: Thing | None = found[row.kind].get(row.id)
        return thing

    def _workspace(self, row: Row) -> int:
        return workspace_of(self._tracking.snapshot.names, row.kind, row.id)

    def _lacking(self, row: Row) -> tuple[str, ...]:
        return thing_fields.lacking(self._tracking.db, row.kind, self._workspace(row))

    def _show_nothing(self, count: int) -> None:
        self._row = None
        self.title.setText(tr("Details"))
        self._make_for(None, [])
        self.note.setText(
            tr("{count} are selected. Select one to see more of it.").format(count=count)
            if count
            else tr("Select something to see more of it.")
        )

    def _make(self, row: Row, lacking: tuple[str, ...]) -> None:
        people = self._people(row)
        kept = () if row.kind == "task" else lacking  # what tasks have works here without a plan
        made = [
            (column, make) for column, make in _fields(row.kind, dict(people)) if column not in kept
        ]
        self._make_for((row.kind, lacking, people), made)

    def _make_for(
        self, what: object, made: "Sequence[tuple[str, Callable[[QWidget], Detail]]]"
    ) -> None:
        if self._made_for == what:
            return
        self._made_for = what
        self._lay_out()
        for place, (column, make) in enumerate(made):
            field = make(self._inside)
            field.committed.connect(self._on_committed)
            field.wrong.connect(self.wrong)
            self._column.insertWidget(place, field.row)
            self.fields[column] = field

    def _lay_out(self) -> None:
        """Put an empty form into the place of the one before."""
        self.fields = {}
        self.note.setParent(self)
        self._inside = QWidget(self._area)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(UNIT, UNIT // 2, 2 * UNIT, UNIT)
        self._column.setSpacing(3 * UNIT // 2)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        self._area.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)  # which `setWidget` switches on
        self.note.show()

    def _people(self, row: Row) -> tuple[tuple[int | None, str], ...]:
        """Who a task can be assigned to, as far as they are known here."""
        if row.kind != "task":
            return ()
        db = self._tracking.db
        there = remote_rows.remote_id(db, "workspace", self._workspace(row))
        found = account.read(db)
        people: dict[int | None, str] = {None: tr("Nobody")}
        if found is not None:
            people[found.user_id] = found.name or tr("You")
        for each in known_people.of_workspace(db, there or 0):
            people[each.id] = each.label
        return tuple(people.items())

    def _show_note(self, row: Row, lacking: tuple[str, ...]) -> None:
        self.note.setText(in_a_row((self._of_plan(row, lacking), self._of_role(row))))

    def _of_plan(self, row: Row, lacking: tuple[str, ...]) -> str:
        if row.kind == "tag":
            return tr("A tag has nothing but its name.")
        if row.kind == "task" and lacking:
            return tr("The workspace's plan has no tasks, so this stays on this computer.")
        if row.kind == "project" and "rate_cents" in lacking:
            return tr(
                "Billable, rates, fees, estimates and templates need a paid plan of the workspace."
            )
        return ""

    def _of_role(self, row: Row) -> str:
        rules = workspace_rules.read(self._tracking.db, self._workspace(row))
        if row.kind == "project" and not rules.may_create_projects:
            return tr(
                "Only administrators of “{workspace}” manage its projects. A change of yours may "
                "be refused."
            ).format(workspace=rules.name)
        if row.kind == "task" and account.read(self._tracking.db) and len(self._people(row)) == 2:
            return tr("Who else is in the workspace is known here once the Team page has shown it.")
        return ""

    def _enable(self, values: dict[str, Any]) -> None:
        hours = self.fields.get("estimated_hours")
        if hours is not None:  # those of the tasks are added up then
            hours.control.setEnabled(not values["auto_estimates"])

    @Slot(object)
    def _on_committed(self, value: object) -> None:
        row, sender = self._row, self.sender()
        column = next((name for name, field in self.fields.items() if field is sender), None)
        if row is None or column is None:
            return
        outcome = self._tracking.run(lambda now: self._change(row, column, value, now))
        if outcome is None:
            field, thing = self.fields.get(column), self._thing(row)
            if field is not None and thing is not None:
                field.show(thing._asdict()[column])
        elif outcome.changed:
            self.done.emit(tr("Changed the details of “{name}”.").format(name=row.name), outcome)

    def _change(self, row: Row, column: str, value: object, now: int) -> Outcome:
        db, changes = self._tracking.db, cast("Any", {column: value})
        match row.kind:
            case "project":
                return catalogue.edit_project(db, row.id, changes, now=now)
            case "client":
                return catalogue.edit_client(db, row.id, changes, now=now)
        if column == "archived":
            return catalogue.archive(db, "task", row.id, now=now, archived=bool(value))
        return catalogue.edit_tasks(db, [row.id], changes, now=now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            for field in self.fields.values():
                field.reset()
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _fields(
    kind: Kind, people: dict[int | None, str]
) -> "list[tuple[str, Callable[[QWidget], Detail]]]":
    """The columns of a kind that the list has no place for, and what makes a field for each."""
    match kind:
        case "project":
            return [
                ("private", lambda at: detail_fields.flag(tr("Only members see it"), at)),
                ("billable", lambda at: detail_fields.flag(tr("New entries are billable"), at)),
                ("rate_cents", lambda at: detail_fields.money(tr("Rate an hour"), at)),
                ("fixed_fee_cents", lambda at: detail_fields.money(tr("Fixed fee"), at)),
                ("auto_estimates", lambda at: detail_fields.flag(tr("Estimate from tasks"), at)),
                ("estimated_hours", lambda at: detail_fields.hours(tr("Estimate"), at)),
                ("start_date", lambda at: detail_fields.day(tr("Start date"), at)),
                ("end_date", lambda at: detail_fields.day(tr("End date"), at)),
                ("template", lambda at: detail_fields.flag(tr("Template for others"), at)),
            ]
        case "client":
            return [
                ("notes", lambda at: detail_fields.notes(tr("Notes"), at)),
                ("external_reference", lambda at: detail_fields.line(tr("Reference"), at)),
            ]
        case "task":
            return [
                ("archived", lambda at: detail_fields.flag(tr("Done"), at)),
                ("estimated_seconds", lambda at: detail_fields.length(tr("Estimate"), at)),
                ("user_id", lambda at: detail_fields.choice(tr("Assigned to"), people, at)),
            ]
    return []
