"""The errors that have nothing to do with a server; `tray.errors` shows where all of them belong.

They are apart as a class takes as long to make as many a module to load: what every command loads
takes them from here, and nothing else needs to.
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


class NotConfirmed(Refused):
    """What was asked is possible, but looks like a slip of the fingers: ask, or say how."""


class Archived(Refused):
    """The project or task that was named is out of use; `kind` and `id` are what to restore."""

    def __init__(self, sentence: str, *, kind: str, id: int) -> None:  # noqa: A002
        super().__init__(sentence, field=kind)
        self.kind = kind
        self.id = id


class OtherAccount(Refused):
    """The data here belongs to another account, which has to be forgotten first."""


class Undecided(Refused):
    """What was asked has to wait for decisions that only the user can take."""


class NotFound(UserError):
    """The thing that was named does not exist here; `kind` says what it was to be, if known."""

    def __init__(self, sentence: str, *, kind: str = "") -> None:
        super().__init__(sentence)
        self.kind = kind


class NotCreatedYet(NotFound):
    """The project or task that was named does not exist, but can be made: ask, or say how."""


class BadLine(UserError):
    """A quick-entry line, a moment or a date that cannot be read."""


class BadFile(UserError):
    """A file that was given to us is not what it should be."""


class StorageError(TrayError):
    """The database could not be used; what was stored before is untouched."""

    def __init__(self, sentence: str, *, elsewhere: bool = False) -> None:
        super().__init__(sentence)
        self.elsewhere = elsewhere
        """Whether another folder for the data would help."""


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
