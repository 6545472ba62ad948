"""Two computers with one account, for tests of what they do to each other."""

from pathlib import Path
from typing import Final

from tests.fakes.toggl.exchange import Request
from tests.sync.rig import Rig, World, run_together

MINUTE: Final = 60
HOUR: Final = 3600


class Pair:
    """Two computers in step with one account."""

    def __init__(self, folder: Path, *, version: int = 9) -> None:
        self.world = World()
        self.account = self.world.account
        self.here = self._computer(folder / "here", version)
        self.there = self._computer(folder / "there", version)
        self.run(MINUTE)

    def _computer(self, folder: Path, version: int) -> Rig:
        folder.mkdir()
        rig = Rig(folder, world=self.world, version=version)
        rig.sign_in()
        return rig

    @property
    def both(self) -> tuple[Rig, Rig]:
        return self.here, self.there

    def run(self, seconds: int) -> None:
        run_together(self.both, seconds)

    def meet(self) -> None:
        """Both come online, and exchange all they have."""
        for rig in self.both:
            self.online(rig)
        self.run(2 * HOUR)
        assert self.here.ours() == self.there.ours() == self.here.theirs()

    def online(self, rig: Rig, online: bool = True) -> None:
        rig.adapter.online = online
        if online:
            rig.engine.network_is_back()


def is_post(request: Request) -> bool:
    return request.method == "POST"


def is_put(request: Request) -> bool:
    return request.method == "PUT"
