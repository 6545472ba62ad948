"""Microphones that are recorded from and cameras that are open, as the kernel shows them."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from tray.desktop.in_use import FoundSigns, InUseKind, InUseSign
from tray.desktop.support import Support, missing, partly
from tray.language import tr

_CAMERA: Final = re.compile(r"/dev/video\d+")


class Microphones:
    """Looks whether a sound card records, below `proc`."""

    def __init__(self, proc: str = "/proc") -> None:
        self._cards = os.path.join(proc, "asound")

    @property
    def supports(self) -> Mapping[InUseKind, Support]:
        """Every program may read the state of the cards."""
        if not os.path.isdir(self._cards):
            why = tr("There is no sound card here.")
            return {InUseKind.MICROPHONE: missing(why)}
        why = tr("A headset on Bluetooth is not seen.")
        return {InUseKind.MICROPHONE: partly(why)}

    def stop(self) -> None:
        """Nothing is held."""

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """Each stream that captures has a file with its state."""
        running = any(map(_runs, self._states()))
        seen = [InUseSign(InUseKind.MICROPHONE)] if running else []
        then(seen if os.path.isdir(self._cards) else None)

    def _states(self) -> Iterator[str]:
        """What `glob` finds as ``card*/pcm*c/sub*/status``; it takes 0.2 MB with what it loads."""
        for card in _named(self._cards, "card"):
            for device in _named(card, "pcm"):
                if device.endswith("c"):
                    yield from (f"{each}/status" for each in _named(device, "sub"))


class Cameras:
    """Looks which process holds a camera, below `proc`."""

    def __init__(self, proc: str = "/proc") -> None:
        self._proc = proc

    @property
    def supports(self) -> Mapping[InUseKind, Support]:
        """What the processes of others hold is not to be seen."""
        why = tr("Only programs that you started are seen.")
        return {InUseKind.CAMERA: partly(why)}

    def stop(self) -> None:
        """Nothing is held."""

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """Each process has links to what it has open."""
        then([InUseSign(InUseKind.CAMERA, self._name(process)) for process in self._holders()])

    def _holders(self) -> Iterator[str]:
        for process in filter(str.isdigit, os.listdir(self._proc)):
            try:
                with os.scandir(f"{self._proc}/{process}/fd") as files:
                    if any(_CAMERA.fullmatch(os.readlink(file.path)) for file in files):
                        yield process
            except OSError:  # it is another user's, or has ended
                continue

    def _name(self, process: str) -> str:
        try:
            with open(f"{self._proc}/{process}/comm", encoding="utf-8", errors="replace") as file:
                return file.read().strip()
        except OSError:
            return ""


def _named(folder: str, prefix: str) -> list[str]:
    """What lies in a folder under names that begin so."""
    with suppress(OSError):
        return [f"{folder}/{name}" for name in os.listdir(folder) if name.startswith(prefix)]
    return []


def _runs(status: str) -> bool:
    try:
        with open(status, encoding="ascii", errors="replace") as file:
            return file.readline().strip() == "state: RUNNING"
    except OSError:
        return False
