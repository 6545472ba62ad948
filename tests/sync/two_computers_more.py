"""What else users do: split, merge, continue, tag many, do again, import, restore, set a clock.

Drawn only if asked for, so that the seeds of before go on to mean what they meant.
"""

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tests.sync.frail import FrailRig
from tests.sync.two_computers import Deed, Known, Machine, key_in
from tests.sync.two_computers_plan import AHEAD, Act
from tray.errors import UserError
from tray.store import entries, outbox
from tray.store.recovery.restore import restore
from tray.sync.problems import SyncProblem
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.transfer.importing import import_file

_COLUMNS: Final = ("Description", "Start date", "Start time", "End date", "End time")


class MoreMachine(Machine):
    """Carries out a plan in which there is more; of a key there may be several entries then."""

    def __init__(self, *args: Any) -> None:
        self.files: list[tuple[Path, dict[str, int]]] = []
        self.copies: dict[Path, Path] = {}
        self.told_before: list[str] = []
        super().__init__(*args)

    def _one_more(self, act: Act, key: str, start: int, *, but: FrailRig) -> None:
        """There is one more of a key, unless another computer has made the same.

        What another has begun, unheard of here, and still runs may be the same: there may be one of
        them in the end, or two.
        """
        known = self.known[key]
        known.made += 1
        heard_of = {each.start for each in entries.everything(but.db)}
        others = [
            each
            for rig in self.rigs
            if rig is not but
            for each in entries.everything(rig.db)
            if each.description.split()[0] == key
        ]
        begins = start == but.now
        if any(
            each.start == start or (begins and each.stop is None and each.start not in heard_of)
            for each in others
        ):
            self.undoable[act.computer].append(Deed(known.delete, known.want_again))
            return
        known.more += 1

        def take_back() -> None:
            known.more -= 1

        def again() -> None:
            known.more += 1

        self.undoable[act.computer].append(Deed(take_back, again))

    def _continue(self, rig: FrailRig, act: Act) -> None:
        entry = self._pick(rig, act)
        timer.resume(rig.db, entry.id, now=rig.now)
        self._one_more(act, entry.description.split()[0], rig.now, but=rig)

    def _split(self, rig: FrailRig, act: Act) -> None:
        entry = self._pick(rig, act)
        stop = rig.now if entry.stop is None else entry.stop
        moment = (entry.start + stop) // 2
        verbs.split(rig.db, entry.id, moment, now=rig.now)
        self._one_more(act, entry.description.split()[0], moment, but=rig)

    def _merge(self, rig: FrailRig, act: Act) -> None:
        """Two that are called the same, and that nothing lies between."""
        first = self._pick(rig, act)
        alike = [e for e in entries.everything(rig.db) if e.description == first.description]
        alike = sorted(alike, key=lambda each: each.start)
        place = next(n for n, each in enumerate(alike) if each.id == first.id)
        if place + 1 == len(alike):
            raise UserError("nothing to merge with")
        verbs.merge(rig.db, [first.id, alike[place + 1].id], now=rig.now)
        known = self.known[first.description.split()[0]]
        known.delete()
        self.undoable[act.computer].append(Deed(known.want_again, known.delete))

    def _tag_many(self, rig: FrailRig, act: Act) -> None:
        found = [each.id for each in entries.everything(rig.db)][act.pick % 3 :: 2]
        verbs.edit(rig.db, found, {"tags": [f"t{act.pick % 4}", "many"]}, now=rig.now)
        self.undoable[act.computer].append(Deed())

    def _redo(self, rig: FrailRig, act: Act) -> None:
        self._step_back(act, self.redoable, self.undoable, lambda: undo.redo(rig.db)).again()

    def _clock(self, rig: FrailRig, act: Act) -> None:
        rig.ahead = AHEAD[act.pick % len(AHEAD)]

    def _import(self, rig: FrailRig, act: Act) -> None:
        path = Path(rig.path).with_name(f"{self.number}.csv")
        start = self.world.now - 20_000 - act.pick
        texts = {self._new(): start, self._new(): start + 900}
        with path.open("w", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(_COLUMNS)
            for text, begin in texts.items():
                lines.writerow([text, *_written(begin), *_written(begin + 600)])
        self.files.append((path, texts))
        self._import_one(rig, act, path, texts)

    def _import_the_same(self, rig: FrailRig, act: Act) -> None:
        """What was imported on one computer is imported on another, which may have it already."""
        if self.files:
            self._import_one(rig, act, *self.files[act.pick % len(self.files)])

    def _import_one(self, rig: FrailRig, act: Act, path: Path, texts: dict[str, int]) -> None:
        found = {each.description.split()[0]: each.start for each in entries.everything(rig.db)}
        if any(found.get(text, start) != start for text, start in texts.items()):
            return  # what was moved is another for the import
        knowns = {text: self.known.setdefault(text, Known({text: None})) for text in texts}
        if any(each.deletions or len(each.parents) > 1 for each in knowns.values()):
            return
        import_file(rig.db, str(path), now=rig.now, zone=UTC)
        new = [known for text, known in knowns.items() if text not in found]
        for each in new:
            each.made += 1

        def take_back() -> None:
            for each in new:
                each.delete()

        def again() -> None:
            for each in new:
                each.want_again()

        if new:
            self.undoable[act.computer].append(Deed(take_back, again))

    def _copy(self, rig: FrailRig, act: Act) -> None:
        """Of the database, unless something is to be deleted, which may be taken back later."""
        if any(outbox.items(rig.db, "waiting", "unknown", "sending")) and _deletes(rig):
            return
        copy = Path(rig.path).with_name("copy")
        copy.unlink(missing_ok=True)
        rig.db.run("VACUUM INTO ?", (str(copy),))
        self.copies[Path(rig.path)] = copy

    def _put_back(self, rig: FrailRig, act: Act) -> None:
        """The copy, once all that was done here is on the server."""
        path = Path(rig.path)
        if path not in self.copies or outbox.count(rig.db).pending or self.ended_here:
            return
        if any(outbox.items(rig.db, "refused", "gone")):
            return
        self.told_before.append(super()._listed(rig))
        if act.pick % 2:
            restore(rig.db, str(self.copies[path]))
        else:
            rig.db.close()
            for each in path.parent.glob(f"{path.name}-*"):
                each.unlink()
            shutil.copy(self.copies[path], path)
            rig.db = rig.open()
        rig.start_engine()
        self.undoable[act.computer].clear()
        self.redoable[act.computer].clear()

    def _listed(self, rig: FrailRig) -> str:
        return "\n".join([super()._listed(rig), *self.told_before])

    def _are_one(self, problem: SyncProblem) -> bool:
        """As far as the user can know: there are more than were made."""
        key = key_in(problem.kept)
        return super()._are_one(problem) and self._count()[key] > self.known[key].more + 1


def _written(moment: int) -> tuple[str, str]:
    at = datetime.fromtimestamp(moment, UTC)
    return f"{at:%Y-%m-%d}", f"{at:%H:%M:%S}"


def _deletes(rig: FrailRig) -> bool:
    """Whether an entry is gone here that the server still has."""
    found = rig.db.row(
        "SELECT EXISTS (SELECT 1 FROM outbox WHERE of_table = 'entry' "
        "AND row_id NOT IN (SELECT id FROM entry))"
    )
    return bool(found[0])
