"""Chooses what carries the requests; the libraries that it needs are loaded only then."""

from tray.api.address import Address
from tray.api.line import Destination, Line
from tray.api.session_options import DIRECT, Setup


def open_line(address: Address, setup: Setup = DIRECT) -> Line:
    """A line to a server, without a request yet.

    Raises:
        BadAddress: the proxy's address cannot be used.
        Untrusted: the CA file cannot be used; a process of its own tells it by its requests.
    """
    place = Destination(address.url, address.host, address.is_local)
    if setup.aside and setup.adapter is None:
        from tray.api.child_line import ChildLine

        return ChildLine(place, setup, instead=_direct_line)
    return _direct_line(place, setup)


def _direct_line(place: Destination, setup: Setup) -> Line:
    from tray.api.direct_line import DirectLine

    return DirectLine(place, setup)
