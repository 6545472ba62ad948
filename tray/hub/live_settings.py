"""The settings as they are now, though the process that reads them goes on for days."""

import os
from threading import Lock

from tray import settings
from tray.settings import Settings


class LiveSettings:
    """Reads the file again when it was written; called from several threads."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = Lock()
        self._mark = self._file_mark()
        self._settings = settings.load(path).settings

    def now(self) -> Settings:
        """The settings; a file that cannot be used leaves them as they were."""
        mark = self._file_mark()
        if mark != self._mark:
            with self._lock:
                loaded = settings.load(self._path)
                if loaded.readable:
                    self._settings = loaded.settings
                self._mark = mark
        return self._settings

    def _file_mark(self) -> tuple[int, int]:
        try:
            status = os.stat(self._path)
        except OSError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_size)
