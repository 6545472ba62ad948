"""Translates between the server's things and our rows: ids, names and columns.

What the server refers to and is not here yet gets a placeholder, so that
nothing is dropped; the next reading of the catalogue fills it in.
"""

from collections.abc import Sequence
from typing import Final

from tray.api.address import Version, stored_address
from tray.api.remote_values import (
    ClientFields,
    EntryFields,
    ProjectFields,
    RemoteClient,
    RemoteEntry,
    RemoteProject,
    RemoteTag,
    RemoteTask,
    RemoteThing,
    RemoteWorkspace,
    TaskFields,
)
from tray.model.colours import NONE, PALETTE
from tray.model.plans import NOT_IN_V8, PAID_ONLY
from tray.sentences import tr, tr_marked
from tray.store import account, journal, outbox, remote_rows
from tray.store.columns import COLUMNS, ColumnValue, RowValues, number, text
from tray.store.database import Database, Row
from tray.store.entries import ids_from, ids_to
from tray.store.journal import JournalEntry
from tray.store.remote_rows import RemoteRow

Thing = RemoteThing

_OPTIONAL: Final = ("client", "project", "task")
"""What others name, and may stay here all the same."""
_UNKNOWN_COLOUR: Final = "#525266"
_FLAGS: Final = {"private", "template", "auto_estimates"}
_PLAIN: Final = {"estimated_hours", "rate_cents", "fixed_fee_cents", "start_date", "end_date"}


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)


def placeholder_name(table: str, remote_id: int) -> str:
    """What a thing is called that the server refers to and does not list."""
    return f"(unknown {table} {remote_id})"


class Mapper:
    """Knows both languages; reads what it needs once, so it is made anew for each transaction."""

    def __init__(self, db: Database, *, now: int) -> None:
        self.db = db
        self.now = now
        self._ours: dict[str, dict[int, int]] = {}
        self._deleted: dict[str, set[int]] = {}
        self._local_only: set[Row] | None = None
        found = account.read(db)
        self.is_v8 = found is not None and stored_address(found.url).version is Version.V8
        self._by_name: dict[int, dict[tuple[str, bool], int]] = {}
        self._named_before: set[tuple[str, ColumnValue]] = set()
        """What the thing that is translated has named all along."""

    def row_ids(self, table: str) -> dict[int, int]:
        """Our ids by the server's."""
        if table not in self._ours:
            self._ours[table] = remote_rows.row_ids(self.db, table)
        return self._ours[table]

    def learn(self, known: RemoteRow) -> None:
        """Remember what the server has of a row."""
        remote_rows.save(self.db, known)
        if known.table != "entry":
            self.row_ids(known.table)[known.remote_id] = known.row_id

    def entry(self, theirs: RemoteEntry) -> RowValues:
        """A time entry in our columns."""
        self._look_back("entry", theirs.id)
        workspace = self._workspace(theirs.workspace_id)
        project = self._project(theirs.project_id, workspace)
        return {
            "workspace_id": workspace,
            "description": theirs.description,
            "project_id": project,
            "task_id": project and self._task(theirs.task_id, project),
            "tag_ids": ids_to(self._tags(theirs, workspace)),
            "billable": int(theirs.billable),
            "start": theirs.start,
            "stop": theirs.stop,
        }

    def thing(self, theirs: Thing) -> RowValues:
        """Anything else in our columns."""
        self._look_back(_TABLES[type(theirs)], theirs.id)
        match theirs:
            case RemoteWorkspace():
                return {
                    "name": theirs.name,
                    "organization_id": theirs.organization_id,
                    "premium": int(theirs.premium or self._may_be_paid(theirs.id)),
                    "admin": None if theirs.admin is None else int(theirs.admin),
                    "required": ",".join(theirs.required),
                    "only_admins_create_projects": int(theirs.only_admins_create_projects),
                    "only_admins_create_tags": int(theirs.only_admins_create_tags),
                    "locked_until": theirs.locked_until,
                }
            case RemoteProject():
                workspace = self._workspace(theirs.workspace_id)
                return {
                    "workspace_id": workspace,
                    "name": theirs.name,
                    "client_id": self._client(theirs.client_id, workspace),
                    "colour": theirs.colour,
                    "archived": int(theirs.archived),
                    "billable": int(theirs.billable),
                    "private": _flag(theirs.private),
                    "template": _flag(theirs.template),
                    "auto_estimates": _flag(theirs.auto_estimates),
                    "estimated_hours": theirs.estimated_hours,
                    "rate_cents": theirs.rate_cents,
                    "fixed_fee_cents": theirs.fixed_fee_cents,
                    "start_date": theirs.start_date,
                    "end_date": theirs.end_date,
                }
            case RemoteTask():
                workspace = self._workspace(theirs.workspace_id)
                project = self._project(theirs.project_id, workspace)
                return {
                    "project_id": project,
                    "name": theirs.name,
                    "archived": int(theirs.archived),
                    "estimated_seconds": theirs.estimated_seconds,
                    "user_id": theirs.user_id,
                }
            case RemoteClient():
                return {
                    "workspace_id": self._workspace(theirs.workspace_id),
                    "name": theirs.name,
                    "archived": int(theirs.archived),
                    "notes": theirs.notes,
                    "external_reference": theirs.external_reference,
                }
            case RemoteTag():
                workspace = self._workspace(theirs.workspace_id)
                return {"workspace_id": workspace, "name": theirs.name, "archived": 0}

    def _workspace(self, remote_id: int) -> int:
        return self._placeholder(
            "workspace", remote_id, {"name": placeholder_name("workspace", remote_id)}
        )

    def _client(self, remote_id: int | None, workspace: int) -> int | None:
        if remote_id is None:
            return None
        values: RowValues = {
            "workspace_id": workspace,
            "name": placeholder_name("client", remote_id),
        }
        return self._placeholder("client", remote_id, values)

    def _project(self, remote_id: int | None, workspace: int) -> int | None:
        if remote_id is None:
            return None
        return self._placeholder(
            "project",
            remote_id,
            {
                "workspace_id": workspace,
                "name": placeholder_name("project", remote_id),
                "colour": _UNKNOWN_COLOUR,
                "archived": 1,
            },
        )

    def _task(self, remote_id: int | None, project: int) -> int | None:
        if remote_id is None:
            return None
        values: RowValues = {
            "project_id": project,
            "name": placeholder_name("task", remote_id),
            "archived": 1,
        }
        return self._placeholder("task", remote_id, values)

    def _placeholder(self, table: str, remote_id: int, values: RowValues) -> int:
        """Our id of a thing; if it is not here yet, that of a placeholder."""
        known = self.row_ids(table).get(remote_id)
        if known is not None:
            return self._restored(table, known)
        row_id = remote_rows.insert(self.db, table, values)
        image = remote_rows.image(self.db, table, row_id) or {}
        self.learn(RemoteRow(table, row_id, remote_id, 0, image))
        account.update(self.db, catalogue_read_at=None)  # it has to be read what this is
        return row_id

    def _look_back(self, table: str, remote_id: int) -> None:
        """Note what a thing has named all along, if anything that it could name was deleted."""
        named: set[tuple[str, ColumnValue]] = set()
        if any(map(self._deleted_here, (*_OPTIONAL, "tag"))):
            known = remote_rows.of_remote(self.db, table, remote_id)
            base = known.base if known else {}
            named.update((parent, base.get(column)) for column, parent in _REFERENCES.items())
            named.update(("tag", tag) for tag in ids_from(text(base, "tag_ids") or "[]"))
        self._named_before = named

    def _deleted_here(self, table: str) -> set[int]:
        if table not in self._deleted:
            self._deleted[table] = remote_rows.deleted_here(self.db, table)
        return self._deleted[table]

    def _restored(self, table: str, row_id: int) -> int:
        """Our id of a thing that is in use; if it was deleted here meanwhile, it comes back.

        Whoever deleted it knew of what named it then.
        """
        if row_id in self._deleted_here(table) and (table, row_id) not in self._named_before:
            self._deleted[table].remove(row_id)
            known = remote_rows.of_row(self.db, table, row_id)
            base = known.base if known else {}
            values = {column: base[column] for column in COLUMNS[table] if column in base}
            for column, parent in _REFERENCES.items():
                if (used := number(values, column)) is not None:
                    self._restored(parent, used)
            remote_rows.insert(self.db, table, {"id": row_id, **values})
            outbox.drop(self.db, table, row_id)
            sentence = tr(
                "The {kind} “{name}” is back: it was used on another device after you deleted it "
                "here."
            ).format(kind=tr_marked(table), name=text(values, "name"))
            journal.add(self.db, JournalEntry(self.now, "merged", sentence))
        return row_id

    def _tags(self, theirs: RemoteEntry, workspace: int) -> list[int]:
        """Our ids of the tags; protocols without ids for them tell only names."""
        names = list(theirs.tags)
        if not theirs.tag_ids:
            return [self.tag_id(name, workspace) for name in names]
        known = self.row_ids("tag")
        found = [self._restored("tag", known[tag]) for tag in theirs.tag_ids if tag in known]
        new = [tag for tag in theirs.tag_ids if tag not in known]
        if not new:
            return found
        result = {self.tag_name(tag) for tag in found}
        left = [name for name in names if name not in result]
        if len(left) != len(new) or (len(new) > 1 and not self._same_order(theirs.tag_ids, names)):
            left = []
        for position, tag in enumerate(new):
            found.append(self._new_tag(tag, left[position] if left else "", workspace))
        return found

    def _same_order(self, tag_ids: Sequence[int], names: Sequence[str]) -> bool:
        """Whether ids and names are in the same order, as far as that can be seen."""
        known = self.row_ids("tag")
        return len(tag_ids) == len(names) and all(
            self.tag_name(known[tag]) == name
            for tag, name in zip(tag_ids, names, strict=True)
            if tag in known
        )

    def _new_tag(self, remote_id: int, name: str, workspace: int) -> int:
        """A tag that is not here yet: perhaps one that we made, and the server with the entry."""
        if not name:
            values: RowValues = {
                "workspace_id": workspace,
                "name": placeholder_name("tag", remote_id),
                "archived": 1,
            }
            return self._placeholder("tag", remote_id, values)
        row_id = self._tags_of(workspace).get((name, False)) or self._add_tag(name, workspace)
        image = remote_rows.image(self.db, "tag", row_id) or {}
        self.learn(RemoteRow("tag", row_id, remote_id, 0, {**image, "name": name}))
        item = outbox.of(self.db, "tag", row_id)
        if item is None or item.sent is None:
            remote_rows.mark_adopted(self.db, "tag", row_id)
        self._by_name.clear()
        return row_id

    def tag_id(self, name: str, workspace: int) -> int:
        """Our id of the tag that the server calls so, or will; made if there is none."""
        tags = self._tags_of(workspace)
        return tags.get((name, True)) or tags.get((name, False)) or self._add_tag(name, workspace)

    def _add_tag(self, name: str, workspace: int) -> int:
        self._by_name.clear()
        return remote_rows.insert(self.db, "tag", {"workspace_id": workspace, "name": name})

    def _tags_of(self, workspace: int) -> dict[tuple[str, bool], int]:
        """Our ids of tags by name and by whether the server has them, which then names them."""
        if workspace not in self._by_name:
            rows = self.db.rows(
                "SELECT ifnull(json_extract(r.base, '$.name'), t.name), r.id IS NOT NULL, t.id "
                "FROM tag AS t LEFT JOIN remote AS r ON r.of_table = 'tag' AND r.row_id = t.id "
                "WHERE t.workspace_id = ? ORDER BY t.archived DESC, t.id DESC",
                (workspace,),
            )
            self._by_name[workspace] = {(name, known == 1): tag for name, known, tag in rows}
        return self._by_name[workspace]

    def tag_name(self, row_id: int) -> str:
        """The server's name of a tag of ours; ours, if it does not have it yet."""
        known = remote_rows.of_row(self.db, "tag", row_id)
        if known is not None:
            return str(known.base["name"])
        row = self.db.row("SELECT name FROM tag WHERE id = ?", (row_id,))
        return row[0] if row else ""

    def unsent_references(self, image: RowValues) -> list[tuple[str, int]]:
        """What an image refers to that the server has not got: table and id, tags left out."""
        found: list[tuple[str, int]] = []
        for column, table in _REFERENCES.items():
            row_id = number(image, column)
            if row_id is not None and remote_rows.remote_id(self.db, table, row_id) is None:
                found.append((table, row_id))
        return found

    def workspace_of(self, image: RowValues) -> RemoteRow | None:
        """What the server has of the workspace of a row."""
        workspace = number(image, "workspace_id")
        if workspace is None:  # a task has that of its project
            sql = "SELECT workspace_id FROM project WHERE id = ?"
            (workspace,) = self.db.row(sql, (image["project_id"],)) or (0,)
        return remote_rows.of_row(self.db, "workspace", workspace)

    def _may_be_paid(self, remote_id: int) -> bool:
        """Whether a plan that is called free is to be tried: only Toggl's own word is believed."""
        found = account.read(self.db)
        if found is None or stored_address(found.url).is_toggl:
            return False
        known = remote_rows.of_remote(self.db, "workspace", remote_id)
        return known is None or bool(known.base.get("premium"))  # a refusal takes that away

    def plan_lacks(self, table: str, image: RowValues) -> tuple[str, ...]:
        """The columns that the plan has no use for, or that name what stays on this computer."""
        known = self.workspace_of(image)
        lacking = () if known and known.base.get("premium") else PAID_ONLY.get(table, ())
        if lacking and image.get("colour", NONE) not in PALETTE:
            lacking = (*lacking, "colour")
        if self.is_v8:
            lacking = (*lacking, *NOT_IN_V8.get(table, ()))
        return (*lacking, *self._local_only_columns(image))

    def _local_only_columns(self, image: RowValues) -> list[str]:
        if self._local_only is None:
            self._local_only = set(
                self.db.rows(
                    "SELECT of_table, row_id FROM local_only WHERE of_table IN (?, ?, ?)",
                    _OPTIONAL,
                )
            )
        found = [
            column
            for column, table in _REFERENCES.items()
            if (table, image.get(column)) in self._local_only
        ]
        return [*found, "task_id"] if "project_id" in found and "task_id" in image else found

    def entry_fields(self, image: RowValues) -> EntryFields:
        """The columns of an entry that are in `image`, as the server wants them."""
        fields: EntryFields = {}
        if "description" in image:
            fields["description"] = text(image, "description")
        if "project_id" in image:
            fields["project_id"] = self._remote_id("project", number(image, "project_id"))
        if "task_id" in image:
            fields["task_id"] = self._remote_id("task", number(image, "task_id"))
        if "tag_ids" in image:
            fields["tags"] = self._tag_names(ids_from(text(image, "tag_ids")))
        if "billable" in image:
            fields["billable"] = bool(image["billable"])
        if "start" in image:
            fields["start"] = number(image, "start") or 0
        if "stop" in image:
            fields["stop"] = number(image, "stop")
        return fields

    def _tag_names(self, row_ids: Sequence[int]) -> tuple[str, ...]:
        """What the server calls tags, without those that it does not know itself."""
        known = {row_id: remote_id for remote_id, row_id in self.row_ids("tag").items()}
        names = {row_id: self.tag_name(row_id) for row_id in row_ids}
        return tuple(
            name
            for row_id, name in names.items()
            if name != placeholder_name("tag", known.get(row_id, 0))
        )

    def project_fields(self, image: RowValues) -> ProjectFields:
        """The columns of a project that are in `image`, as the server wants them."""
        fields: ProjectFields = {}
        if "name" in image:
            fields["name"] = text(image, "name")
        if "client_id" in image:
            fields["client_id"] = self._remote_id("client", number(image, "client_id"))
        if "colour" in image:
            fields["colour"] = text(image, "colour")
        if "archived" in image:
            fields["archived"] = bool(image["archived"])
        if "billable" in image:
            fields["billable"] = bool(image["billable"])
        for name in _FLAGS & image.keys():
            fields[name] = None if image[name] is None else bool(image[name])  # type: ignore[literal-required]
        for name in _PLAIN & image.keys():
            fields[name] = image[name]  # type: ignore[literal-required]
        return fields

    def client_fields(self, image: RowValues) -> ClientFields:
        """The columns of a client that are in `image`, as the server wants them."""
        fields: ClientFields = {}
        if "name" in image:
            fields["name"] = text(image, "name")
        if "notes" in image:
            fields["notes"] = text(image, "notes")
        if "external_reference" in image:
            fields["external_reference"] = text(image, "external_reference")
        return fields

    def task_fields(self, image: RowValues, *, new: bool = False) -> TaskFields:
        """The columns of a task that are in `image`, as the server wants them.

        A new one is always made open, and done by a further request.
        """
        fields: TaskFields = {}
        if "name" in image:
            fields["name"] = text(image, "name")
        if "archived" in image and not new:
            fields["archived"] = bool(image["archived"])
        if "estimated_seconds" in image:
            fields["estimated_seconds"] = number(image, "estimated_seconds")
        if "user_id" in image:
            fields["user_id"] = number(image, "user_id")
        return fields

    def _remote_id(self, table: str, row_id: int | None) -> int | None:
        return None if row_id is None else remote_rows.remote_id(self.db, table, row_id)


_REFERENCES: Final = {
    "workspace_id": "workspace",
    "client_id": "client",
    "project_id": "project",
    "task_id": "task",
}
_TABLES: Final[dict[type[Thing], str]] = {
    RemoteWorkspace: "workspace",
    RemoteClient: "client",
    RemoteProject: "project",
    RemoteTask: "task",
    RemoteTag: "tag",
}
