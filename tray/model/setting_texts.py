"""What is wrong with the settings: a text that is no zone, proxy or host, a key that is none."""

import os
from collections.abc import Collection

from tray.language import tr
from tray.model import limits
from tray.system_formats import zone_of_system


def is_private_host(host: str) -> bool:
    """Whether it is an address of a private network."""
    from ipaddress import ip_address

    try:
        return ip_address(host.strip("[]")).is_private
    except ValueError:
        return False


def zone_exists(name: str) -> bool:
    """Whether that is a time zone known here."""
    if name == zone_of_system(os.environ):
        return True
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def is_proxy(proxy: str) -> bool:
    """Whether it is http or https, perhaps a name and password, a host, and perhaps a port."""
    import re

    host = r"[\w.-]+|\[[0-9a-f:.]+\]"
    address = rf"https?://([^\s/?#@]+@)?({host})(:[0-9]{{1,5}})?/?"
    return bool(re.fullmatch(address, proxy, re.IGNORECASE))


def problem_with_text(key: str, value: str, choices: Collection[str]) -> str:
    """What is wrong with a text for a setting, as a sentence; empty if nothing."""
    if choices and value not in choices:
        return tr("{key} must be one of {choices}, not {value!r}.").format(
            key=key, choices=", ".join(choices), value=value
        )
    if key == "time_zone" and value and not zone_exists(value):
        return tr(
            "{value!r} is not a time zone known here. Use a name such as Europe/Tallinn."
        ).format(value=value)
    if key == "proxy" and value not in ("", "none") and not is_proxy(value):
        # Not repeated here: it may hold a password.
        return tr("proxy must be none, empty, or an address such as http://proxy.example.com:3128.")
    if key == "unencrypted_server" and value and not is_private_host(value):
        return tr(
            "{key} must be an address of a private network such as 192.168.1.5, not {value!r}."
        ).format(key=key, value=value)
    if key == "ca_file" and value and not os.path.isabs(value):
        return tr(
            "ca_file must be a full path such as /etc/ssl/certs/company.pem, not {value!r}."
        ).format(value=value)
    return ""


def unknown_keys(keys: Collection[str], path: str) -> str:
    """That a file has keys which are no setting of this version; empty if there are none."""
    if not keys:
        return ""
    first, more = limits.one_line(min(keys)), len(keys) - 1
    text = tr("{path} has {first!r}, which this version does not know and ignores.")
    if more:
        text = tr(
            "{path} has {first!r} and {more} more, which this version does not know and ignores."
        )
    return text.format(path=path, first=first[:40], more=more)
