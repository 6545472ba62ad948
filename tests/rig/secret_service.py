"""The keyring of a desktop: GNOME's, as its login unlocks it."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from tests.rig.bus import Bus
from tests.rig.waiting import wait_until

SERVICE: Final = "org.freedesktop.secrets"


@contextmanager
def secret_service(environ: Mapping[str, str], bus: Bus, password: bytes) -> Iterator[None]:
    """With a keyring on the session of `environ`, whose bus is `bus`.

    Args:
        environ: All of its environment.
        bus: Where it comes up.
        password: Of the login that unlocks it; empty: nobody has logged in.
    """
    keyring = subprocess.Popen(
        [
            *("gnome-keyring-daemon", "--foreground", "--components=secrets"),
            *(["--unlock"] if password else []),
        ],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert keyring.stdin
        keyring.stdin.write(password)
        keyring.stdin.close()
        wait_until(lambda: bus.has(SERVICE))
        yield
    finally:
        keyring.kill()
        keyring.wait()
