"""How the system shows days and times: as its own settings say, or by the country of the locale.

The countries are those of the CLDR, version 47; one that is not named has 24 hours, weeks from
Monday and dates as ``YYYY-MM-DD``.
"""

import os
from collections.abc import Mapping

from tray.lean_typing import Any, Final, NamedTuple

_TWELVE_HOURS: Final = (
    "AE AG AL AS AU BB BD BH BM BN BO BS BT BW CA CO CR CU CY DJ DM DO DZ EC EG EH ER ET FJ FM GD "
    "GH GM GR GT GU GY HK HN IN IQ JM JO KH KI KN KP KR KW KY LB LC LR LS LY MH MO MP MR MW MX MY "
    "NA NI NZ OM PA PE PG PH PK PR PS PW QA SA SB SD SG SL SO SS SV SY SZ TC TD TN TO TT TW UM US "
    "VC VE VG VI VU WS YE ZM"
)
_FROM_SUNDAY: Final = (
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT "
    "MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
)
_FROM_SATURDAY: Final = "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"
_DATES: Final = {
    "MM/DD/YYYY": "AS FM GU MH MP PH PR PW UM US VI",
    "DD.MM.YYYY": (
        "AL AM AT AX AZ BA BG BY CH CZ DE DK EE FI FO GE HR IL IS KG KZ LI LV MD ME MK NO PL RO RS "
        "RU SI SJ SK TM TR UA XK"
    ),
    "DD-MM-YYYY": "AW CL CW IN MV NL SN SR",
    "DD/MM/YYYY": (
        "AD AE AG AO AR AU BB BD BE BF BH BI BJ BL BM BN BO BR BS BW BZ CD CF CG CI CM CO CR CU CV "
        "CY DJ DM DO DZ EC EG EH ES ET FJ FK FR GA GB GD GF GG GH GI GM GN GP GQ GR GT GW GY HK HN "
        "ID IE IM IQ IT JE JM JO KE KH KI KM KN KW KY LA LB LC LR LU LY MA MC MF ML MM MO MQ MR MT "
        "MU MW MX MY MZ NC NE NG NI NR NZ OM PA PE PF PG PK PM PS PT PY QA RE SA SB SC SD SG SH SL "
        "SM SO SS ST SV SY SZ TC TD TG TH TJ TL TN TO TT TV TZ UG UY UZ VA VC VE VG VN VU WF WS YE "
        "YT ZM"
    ),
}
_CORE_FOUNDATION: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_UTF8: Final = 0x08000100
_ZONE_LINK: Final = "/etc/localtime"
_ZONES: Final = "/usr/share/zoneinfo"
_HOURS_OF_WINDOWS: Final = 0x23
_DATE_OF_WINDOWS: Final = 0x1F
_WEEK_OF_WINDOWS: Final = 0x100C
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class RegionalFormats(NamedTuple):
    """How days and times are shown somewhere, in the words of the settings; empty: not known."""

    time_zone: str = ""
    week_start: str = ""
    time_format: str = ""
    date_format: str = ""
    duration_format: str = ""


def formats_of_system(environ: Mapping[str, str], platform: str) -> RegionalFormats:
    """What the user of this computer has chosen; its time zone and lengths need no name here."""
    variables = map(environ.get, ("LC_ALL", "LC_TIME"))
    locale = next(filter(None, variables), "")
    if not locale and platform == "win32":
        return _of_windows()
    if not locale and platform == "darwin":
        return _of_mac()
    return _of_locale(locale or environ.get("LANG", ""))


def zone_of_system(environ: Mapping[str, str], link: str = _ZONE_LINK, folder: str = _ZONES) -> str:
    """The name of the zone that times without one are in, if it is certain; empty if not.

    Args:
        environ: Another zone may be named there, which Python need not understand.
        link: What most systems have for a file of their zone.
        folder: Where those files are, which Python reads as well.
    """
    file = "" if environ.get("TZ") else os.path.realpath(link)
    begin = os.path.join(folder, "")
    return file.removeprefix(begin) if file.startswith(begin) and os.path.isfile(file) else ""


def _of_locale(locale: str) -> RegionalFormats:
    """What is usual in the country of a locale such as ``de_AT.UTF-8``."""
    country = locale.partition(".")[0].partition("@")[0].replace("-", "_").rpartition("_")[2]
    if len(country) != 2 or not country.isupper():
        return RegionalFormats()
    start = "sunday" if country in _FROM_SUNDAY.split() else "monday"
    if country in _FROM_SATURDAY.split():
        start = "saturday"
    dates = (form for form, countries in _DATES.items() if country in countries.split())
    hours = "12h" if country in _TWELVE_HOURS.split() else "24h"
    return RegionalFormats("", start, hours, next(dates, "YYYY-MM-DD"))


def _of_windows() -> RegionalFormats:
    """What stands in “Region”, by ``GetLocaleInfoEx``."""
    from importlib import import_module

    ctypes: Any = import_module("ctypes")  # of which type checkers know less elsewhere

    def ask(what: int) -> str:
        found = ctypes.create_unicode_buffer(85)
        ctypes.WinDLL("kernel32").GetLocaleInfoEx(None, what, found, len(found))
        return str(found.value)

    first = ask(_WEEK_OF_WINDOWS)
    return RegionalFormats(
        week_start=_DAYS[int(first)] if first in tuple("0123456") else "",
        time_format={"0": "12h", "1": "24h"}.get(ask(_HOURS_OF_WINDOWS), ""),
        date_format=date_format_of(ask(_DATE_OF_WINDOWS)),
    )


def _of_mac() -> RegionalFormats:
    """What is usual in the region that macOS is set to, with its own switch for 24 hours."""
    from importlib import import_module

    ctypes: Any = import_module("ctypes")
    core = ctypes.CDLL(_CORE_FOUNDATION)
    pointer, number = ctypes.c_void_p, ctypes.c_long
    core.CFLocaleCopyCurrent.restype = core.CFLocaleGetIdentifier.restype = pointer
    core.CFLocaleGetIdentifier.argtypes = core.CFRelease.argtypes = [pointer]
    core.CFDateFormatterCreateDateFormatFromTemplate.restype = pointer
    core.CFDateFormatterCreateDateFormatFromTemplate.argtypes = [
        *(pointer, pointer, ctypes.c_ulong, pointer)
    ]
    core.CFStringCreateWithCString.restype = pointer
    core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    core.CFStringGetCString.argtypes = [pointer, ctypes.c_char_p, number, ctypes.c_uint32]
    text = ctypes.create_string_buffer(100)

    def read(string: object) -> str:
        got = core.CFStringGetCString(string, text, len(text), _UTF8)
        return text.value.decode() if got else ""

    locale = core.CFLocaleCopyCurrent()
    template = core.CFStringCreateWithCString(None, b"j", _UTF8)
    hours = core.CFDateFormatterCreateDateFormatFromTemplate(None, template, 0, locale)
    found = _of_locale(read(core.CFLocaleGetIdentifier(locale)))
    pattern = read(hours)
    for each in filter(None, (hours, template, locale)):
        core.CFRelease(each)
    return found._replace(time_format="12h" if "a" in pattern else "24h")


def date_format_of(pattern: str) -> str:
    """The order and the sign of a pattern such as ``d/M/yyyy``; empty if it is none of ours."""
    letters = dict.fromkeys(each for each in pattern.lower() if each in "dmy")
    sign = next((each for each in pattern if each in "./-"), "-")
    parts = {"d": "DD", "m": "MM", "y": "YYYY"}
    found = sign.join(parts[each] for each in letters)
    return found if found in _DATES or found == "MM-DD-YYYY" else "YYYY-MM-DD" * ("y" in letters)
