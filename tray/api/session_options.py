"""What a connection goes through: limits, proxy, certificates, a gateway's connection."""

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from tray.errors import BadAddress
from tray.sentences import tr

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter


class Limits(NamedTuple):
    """How long a request may take and how much it may bring."""

    connect_seconds: float = 5.0
    """For each address of the server."""
    read_seconds: float = 20.0
    """Without a single byte from the server."""
    whole_seconds: float = 60.0
    """``math.inf``: as long as it takes."""
    idle_seconds: float = 30.0
    """A connection that was silent for longer is not used again: the server may be about to close
    it, and nobody knows of a request that meets the closing whether it was carried out."""
    body_bytes: int = 8 * 1024 * 1024


class Setup(NamedTuple):
    """What a connection goes through, besides the server's address."""

    proxy: str = ""
    """An address such as ``http://proxy.example:8080``, ``none``, or empty for the system's."""
    ca_file: str = ""
    """Certificates to trust besides those of the system."""
    connection: str = ""
    """Which connection of a gateway to use, if it has several (``Maton-Connection``)."""
    limits: Limits = Limits()
    adapter: "BaseAdapter | None" = None
    """Sends in place of the network."""
    aside: bool = False
    """Whether a process of its own sends, while there is something to send: see `ChildLine`."""


DIRECT: Final = Setup()


def manual_proxies(proxy: str) -> dict[str, str] | None:
    """The proxies to use, or None for those of the system."""
    proxy = proxy.strip()
    if not proxy:
        return None
    if proxy.lower() == "none":
        return {}
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        parts = urlsplit(proxy)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not proxy.isprintable() or " " in proxy:
        raise BadAddress(
            tr(
                "The proxy's address cannot be used. It has to look like "
                "http://proxy.example:8080; "
                "“none” means no proxy, and nothing the one of the system."
            )
        )
    return {"https": proxy}
