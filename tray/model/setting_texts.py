"""What a text among the settings has to be: a zone, a proxy, a host."""

import re


def is_private_host(host: str) -> bool:
    """Whether it is an address of a private network."""
    from ipaddress import ip_address

    try:
        return ip_address(host.strip("[]")).is_private
    except ValueError:
        return False


def zone_exists(name: str) -> bool:
    """Whether that is a time zone known here."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def is_proxy(proxy: str) -> bool:
    """Whether it is http or https, perhaps a name and password, a host, and perhaps a port."""
    host = r"[\w.-]+|\[[0-9a-f:.]+\]"
    address = rf"https?://([^\s/?#@]+@)?({host})(:[0-9]{{1,5}})?/?"
    return bool(re.fullmatch(address, proxy, re.IGNORECASE))
