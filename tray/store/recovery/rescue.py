"""Sets a damaged database aside and puts a sound one, made of it and a backup, in its place.

Nothing is deleted: the damaged file stays beside the new one. Killed at any moment, a rescue is
begun again, or finished, when the database is opened next.
"""

import errno
import os
from collections.abc import Iterator

from tray import files
from tray.language import grouped, ntr, tr
from tray.lean_contexts import contextmanager, suppress
from tray.lean_typing import TYPE_CHECKING
from tray.local_errors import DamagedDatabase, DiskFull, NewerDatabase, StorageError
from tray.sentences import reason, together
from tray.store import backup, backup_paths, database_files, instance_mark
from tray.store.database import Database
from tray.store.opening import open_database

if TYPE_CHECKING:
    from tray.store.recovery.salvage import Found


def rescue_because(db: Database, error: Exception, *, now: int) -> tuple[Database, str]:
    """Rescue the database if it is the reason of an error that nobody expected.

    Returns:
        The database, opened anew, and what has happened.

    Raises:
        Exception: the error itself, if the database is sound.
        StorageError: it could not be rescued.
    """
    from tray.store import health

    is_sound = not isinstance(error, DamagedDatabase) and not health.fault(db.path)
    db.close()
    if is_sound:
        raise error
    notice = rescue(db.path, now=now)
    return open_database(db.path), notice


def rescue(path: str, *, now: int) -> str:
    """Replace a database that was found damaged; the caller has closed it.

    Returns:
        What has happened, in sentences for the user.

    Raises:
        Busy: another process has it open.
        StorageError: the new one cannot be written; everything is as it was before.
    """
    with database_files.alone(path), _explained(path), _workshop(path) as workshop:
        successors = database_files.unfinished_rescues(path)
        if successors and not os.path.exists(path):
            aside = _put_in_place(successors[-1], path)
            return tr(
                "The database was damaged, and its repair had been cut short. It is "
                "finished now. The damaged file is kept as {aside}."
            ).format(aside=aside)
        for leftover in successors:
            os.remove(leftover)
        return _rebuild(path, workshop, now=now)


def _rebuild(path: str, workshop: str, *, now: int) -> str:
    from tray.store.recovery import salvage

    damaged = copied(path, os.path.join(workshop, "damaged.db"))
    is_behind = bool(damaged) and _is_behind(path, damaged)
    is_mended = is_behind and _mend_log(path, damaged)
    if damaged and not is_mended and salvage.is_sound(damaged):
        return _nothing_wrong(path, is_behind=is_behind, now=now)
    spare, made_at = _spare(path, workshop)
    new = os.path.join(workshop, "new.db")
    found = salvage.combine(new, damaged=damaged, spare=spare)
    if not salvage.is_sound(new):
        raise StorageError(
            tr(
                "The database {path} is damaged and could not be rebuilt. It was left as "
                "it is. Copy the newest file of {folder_of} in its place."
            ).format(path=path, folder_of=backup_paths.folder_of(path))
        )
    backup.settle(new)
    successor = _free_name(path, now)
    files.replace(new, successor)
    _settle_folder(path)
    aside = _put_in_place(successor, path)
    return _report(found, spare_made_at=made_at, aside=aside)


def _is_behind(path: str, copy: str) -> bool:
    """Whether changes were made to the database that are not in a copy of its file."""
    from tray.store.health import UNREADABLE

    mark = instance_mark.read(path)
    with suppress(*UNREADABLE), open_database(copy) as db:
        return mark is not None and mark.generation > db.mark().generation
    return False


def _mend_log(path: str, copy: str) -> bool:
    """Give a copy the log that was kept, if there is more in it than SQLite reads."""
    import shutil

    from tray.store.recovery import log_frames

    with suppress(FileNotFoundError):
        shutil.copyfile(path + database_files.LOST_LOG, copy + database_files.LOG)
        return log_frames.mend(copy + database_files.LOG)
    return False


def _nothing_wrong(path: str, *, is_behind: bool, now: int) -> str:
    """What to say of a database that has no fault but, maybe, a log that was cut off."""
    if not is_behind:
        return tr("The database {path} was looked over. Nothing is wrong with it any more.").format(
            path=path
        )
    instance_mark.remove(path)
    aside = _aside(_free_name(path, now), path) + database_files.LOG
    with suppress(FileNotFoundError):
        files.replace(path + database_files.LOST_LOG, aside)
    return tr(
        "The latest changes to the database are lost: its log does not have them "
        "any more. What there is of it is kept as {aside}."
    ).format(aside=aside)


def _report(found: "Found", *, spare_made_at: int, aside: str) -> str:
    """What the user should know of a rescue."""
    has = ntr(
        "The database was damaged and has been rebuilt: it has {count} entry.",
        "The database was damaged and has been rebuilt: it has {count} entries.",
        found.entries,
    )
    if found.latest is not None:
        has = ntr(
            "The database was damaged and has been rebuilt: it has {count} entry, "
            "the latest of {moment}.",
            "The database was damaged and has been rebuilt: it has {count} entries, "
            "the latest of {moment}.",
            found.entries,
        )
    latest = "" if found.latest is None else _moment(found.latest)
    sentences = [has.format(count=grouped(found.entries), moment=latest)]
    if not found.readable:
        sentences.append(tr("Nothing could be read of the damaged file."))
    if found.spared:
        text = tr("{count} of them could not be read there and come from the record of steps.")
        if spare_made_at:
            text = tr(
                "{count} of them could not be read there and come from the backup of {moment}."
            )
        made_at = _moment(spare_made_at) if spare_made_at else ""
        sentences.append(text.format(count=grouped(found.spared), moment=made_at))
    if found.others:
        sentences.append(
            tr("So do {others} projects, clients, tags and favourites.").format(
                others=grouped(found.others)
            )
            if found.spared
            else tr("{others} projects, clients, tags and favourites were restored.").format(
                others=grouped(found.others)
            )
        )
    if found.stripped:
        sentences.append(
            ntr(
                "{count} entry has lost its project, task or tags.",
                "{count} entries have lost their project, task or tags.",
                found.stripped,
            ).format(count=grouped(found.stripped))
        )
    if not spare_made_at:
        sentences.append(tr("There was no backup to help."))
    if found.missing:
        sentences.append(
            tr("Up to {missing} others could not be read anywhere.").format(
                missing=grouped(found.missing)
            )
        )
    if not found.history:
        sentences.append(tr("What was done before can no longer be undone."))
    sentences.append(tr("The damaged file is kept as {aside}.").format(aside=aside))
    return " ".join(sentences)


def _moment(at: int) -> str:
    from datetime import datetime

    return f"{datetime.fromtimestamp(at):%Y-%m-%d %H:%M}"


def _spare(path: str, workshop: str) -> tuple[str, int]:
    """A copy of the newest sound backup and when that was made; empty if there is none."""
    from tray.store.recovery import salvage

    for backed_up in backup.newest_first(backup_paths.folder_of(path)):
        spare = copied(backed_up, os.path.join(workshop, "spare.db"))
        with suppress(NewerDatabase):
            if spare and salvage.is_sound(spare):
                return spare, int(os.path.getmtime(backed_up))
    return "", 0


def copied(path: str, copy: str) -> str:
    """Copy a database and its log, to look into without changing it; empty if there is none."""
    import shutil

    for ending in ("", database_files.LOG):
        with suppress(FileNotFoundError):
            os.remove(copy + ending)
        if database_files.size(path + ending):
            shutil.copyfile(path + ending, copy + ending)
    return "" if database_files.is_empty(path) else copy


def _free_name(path: str, now: int) -> str:
    """What to call the successor, so that the damaged file can be called likewise."""
    stamp, number = backup.stamp(now), 1
    while os.path.lexists(_aside(successor := f"{path}{database_files.RESCUED}{stamp}", path)):
        number += 1
        stamp = f"{backup.stamp(now)}-{number}"
    return successor


def _aside(successor: str, path: str) -> str:
    """The name of the damaged file that `successor` replaces."""
    return f"{path}.damaged-{successor.rpartition(database_files.RESCUED)[2]}"


def _put_in_place(successor: str, path: str) -> str:
    """Give the successor the database's name; return the path of the damaged file.

    While the name belongs to neither, whoever opens the database comes here to go on.
    """
    aside = _aside(successor, path)
    instance_mark.remove(path)
    for ending in ("", database_files.LOG, database_files.INDEX):
        with suppress(FileNotFoundError):
            files.replace(path + ending, aside + ending)
    with suppress(FileNotFoundError):
        files.replace(path + database_files.LOST_LOG, aside + database_files.LOG)
    files.replace(successor, path)
    _settle_folder(path)
    return aside


def _settle_folder(path: str) -> None:
    """Wait until the names beside `path` are on the disk, where the system knows how to."""
    with suppress(OSError):
        descriptor = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _workshop(path: str) -> Iterator[str]:
    """A folder beside the database, gone with all that is in it when the block ends."""
    import shutil

    folder = f"{path}.rescue"
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _explained(path: str) -> Iterator[None]:
    """Say what an error of the system means for the rescue of the database."""
    try:
        yield
    except OSError as error:
        sentence = tr(
            "The database {path} is damaged, and could not be repaired ({reason}). "
            "Nothing was deleted."
        ).format(path=path, reason=reason(error))
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            needed = database_files.size(path) * 3 // 1_000_000 + 1
            free = tr("Free about {megabytes} MB beside it, then try again.")
            raise DiskFull(together(sentence, free.format(megabytes=grouped(needed)))) from error
        raise StorageError(together(sentence, tr("Put that right, then try again."))) from error
