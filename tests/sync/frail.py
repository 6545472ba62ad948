"""A computer with a bad line, on which the program may be ended at any moment."""

from pathlib import Path
from typing import Any, Final

import requests

from tests.fakes.toggl.mounted import MountedAdapter
from tests.sync.rig import Rig
from tray.store.database import Database
from tray.store.opening import open_database

FAULTS: Final = {
    "drop_before_commit": 0.08,
    "drop_after_commit": 0.08,
    "reset_after_commit": 0.06,
    "late": 0.06,
    "doubled": 0.06,
    "truncated": 0.06,
    "html_502_before": 0.05,
    "html_502_after": 0.06,
    "html_429": 0.04,
    "wrong_type": 0.03,
    "clock_skew": 0.02,
}


class Crash(BaseException):
    """The program is gone, as by ``kill -9``."""

    def __init__(self, frail: "Frail") -> None:
        super().__init__()
        self.frail = frail


class Frail:
    """Says when the program is to end: at a request, or when something is written."""

    def __init__(self) -> None:
        self.left = 0
        self.where = ""

    def arm(self, where: str, left: int) -> None:
        self.where, self.left = where, left

    def at(self, where: str) -> None:
        if where == self.where:
            self.left -= 1
            if not self.left:
                self.where = ""
                raise Crash(self)


class FrailAdapter(MountedAdapter):
    """A line that the program may not live to hear from."""

    frail: Frail

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> Any:
        self.frail.at("before a request")
        response = super().send(request, *args, **options)
        self.frail.at("after a request")
        return response


class FrailDatabase(Database):
    """A store in which the program may not live to write."""

    frail: Frail | None = None

    def run(self, sql: str, parameters: Any = ()) -> Any:
        if sql == "COMMIT" and self.frail:
            self.frail.at("before a commit")
        done = super().run(sql, parameters)
        if sql == "COMMIT" and self.frail:
            self.frail.at("after a commit")
        return done


class FrailRig(Rig):
    """A computer that may be switched off at any moment."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.frail = Frail()
        super().__init__(folder, **options)
        self.adapter = FrailAdapter(self.service)
        self.adapter.frail = self.frail

    def open(self) -> Database:
        db = open_database(self.path)
        db.__class__ = FrailDatabase  # prepared as any other
        assert isinstance(db, FrailDatabase)
        db.run("PRAGMA synchronous = OFF")  # a power cut is not among the rules
        db.frail = self.frail
        self.set_clock_of(db)
        return db

    def run(self, seconds: int) -> None:
        """Let time pass; whoever ends meanwhile is started again."""
        end = self.now + seconds
        while self.now < end:
            try:
                super().run(end - self.now)
            except Crash:
                self.restart()
        self.frail.where = ""
