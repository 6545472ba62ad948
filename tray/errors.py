"""Every error of ours, sorted by who has to act on it.

    TrayError                   carries one sentence for the user
    ├── UserError               the user has to change something
    │   ├── Refused             what was asked is against a rule of the tracker or the API
    │   ├── NotFound            no such entry, project, client, tag …
    │   │   └── NotMadeYet      a project or task that could be made
    │   ├── BadLine             a quick-entry line or a time that cannot be read
    │   └── BadFile             a file to import, or the settings file, is not what it should be
    ├── StorageError            the computer has to be put right first; nothing was lost
    │   ├── DiskFull
    │   ├── ReadOnly
    │   ├── Busy                another process holds the database for too long
    │   ├── NewerDatabase       made by a later version of this program
    │   └── DamagedDatabase     the file is not a readable database any more
    └── (anything else)         a bug: never shown as a traceback, see `log.record_crash`

The message of each is a full sentence that names what is wrong and what to do.
"""


class TrayError(Exception):
    """An error with one sentence for the user in ``str(error)``."""


class UserError(TrayError):
    """The user has to change something and try again."""


class Refused(UserError):
    """What was asked is against a rule; `field` names the offending field, if it is one."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(UserError):
    """The thing that was named does not exist here."""


class NotMadeYet(NotFound):
    """The project or task that was named does not exist, but can be made: ask, or say how."""


class BadLine(UserError):
    """A quick-entry line, a moment or a date that cannot be read."""


class BadFile(UserError):
    """A file that was given to us is not what it should be."""


class StorageError(TrayError):
    """The database could not be used; what was stored before is untouched."""


class DiskFull(StorageError):
    """There is no room to write."""


class ReadOnly(StorageError):
    """The database or its folder may not be written."""


class Busy(StorageError):
    """Another process held the database longer than we wait."""


class NewerDatabase(StorageError):
    """The database was made by a later version of this program."""


class DamagedDatabase(StorageError):
    """The database file cannot be read as one."""
