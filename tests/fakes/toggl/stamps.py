"""The ways in which the server writes and reads moments."""

from datetime import UTC, date, datetime, timedelta

MICRO = 1_000_000


def zulu(moment: int) -> str:
    """As replies to POST, PUT and PATCH write it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def offset(moment: int) -> str:
    """As replies to GET write it."""
    return datetime.fromtimestamp(moment, UTC).isoformat()


def fraction(at: int) -> str:
    """Microseconds since the epoch, with the zeros at the end left out."""
    whole, micros = divmod(at, MICRO)
    text = datetime.fromtimestamp(whole, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return (f"{text}.{micros:06}".rstrip("0") if micros else text) + "Z"


def seconds(at: int) -> str:
    """Microseconds since the epoch, as tables other than entries and tags write their `at`."""
    return offset(at // MICRO)


def read_moment(text: str) -> int | None:
    """Epoch seconds of an RFC 3339 moment, its fraction cut off; None if it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None or len(text) < len("2006-01-02T15:04:05Z"):
        return None
    return int((moment - datetime.fromtimestamp(0, UTC)) // timedelta(seconds=1))


def read_day(text: str) -> date | None:
    """A day written YYYY-MM-DD; None if it is none."""
    if len(text) != len("2006-01-02"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def midnight(day: date) -> int:
    """Epoch seconds of the begin of a day in UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def day_of(moment: float) -> date:
    """The day in UTC."""
    return datetime.fromtimestamp(moment, UTC).date()
