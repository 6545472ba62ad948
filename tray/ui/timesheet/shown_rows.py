"""What rows of the timesheet are called, and which others can be added."""

from tray.language import tr
from tray.model.sheet_rows import DAYS, SheetKey
from tray.store.catalogue import Names
from tray.ui.timesheet.row_adder import RowChoice
from tray.ui.timesheet.sheet_model import SheetModel, ShownRow


def shown_row(
    key: SheetKey, names: Names, seconds: tuple[int, ...] | None = None
) -> ShownRow | None:
    """The row of a project or task; None if that is no more."""
    lengths = seconds or (0,) * DAYS
    if key.project_id is None:
        return ShownRow(key, tr("No project"), "", lengths)
    project, task = names.projects.get(key.project_id), names.tasks.get(key.task_id or 0)
    if project is None or (key.task_id is not None and task is None):
        return None
    title = names.project(project)
    if task is not None:
        title = f"{title} / {task.name}"
    return ShownRow(key, title, project.colour, lengths)


def choices(names: Names, model: SheetModel, *, by_task: bool) -> list[RowChoice]:
    """The projects in use without a row yet, and if wanted their tasks; no project comes last."""
    keys = [SheetKey(each.id) for each in names.projects.values() if not each.archived]
    if by_task:
        active = {key.project_id for key in keys}
        keys += [
            SheetKey(task.project_id, task.id)
            for task in names.tasks.values()
            if not task.archived and task.project_id in active
        ]
    rows = [shown_row(key, names) for key in [*keys, SheetKey()] if model.row_of(key) is None]
    return [RowChoice(row.key, row.title, row.colour) for row in rows if row is not None]
