"""What Toggl accepts in a time entry, checked here so that no entry is refused later.

Source of the numbers: the messages the official desktop client handles (description 3,000
characters, 50 tags, 999 hours, start years 2006 to 2030).
"""

from datetime import UTC, datetime

from tray.language import grouped, tr
from tray.lean_typing import Final
from tray.local_errors import NotConfirmed, Refused
from tray.model import durations
from tray.model.durations import HOUR, MINUTE
from tray.model.field_words import kind_word, word_for

MAX_DESCRIPTION: Final = 3_000
MAX_TAGS: Final = 50
MAX_HOURS: Final = 999
MAX_SECONDS: Final = MAX_HOURS * HOUR
FIRST_YEAR: Final = 2006
LAST_YEAR: Final = 2030
LIKELY_SECONDS: Final = 12 * HOUR
"""An entry longer than that is more often a slip than meant."""
MAX_NAME: Final = 255
"""Characters in the name of a project, client, task or tag."""

EARLIEST: Final = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
LATEST: Final = int(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp()) - 1
"""The first and the last second since the epoch at which an entry may start or stop."""


def check_description(text: str) -> None:
    """Raise `Refused` if `text` is too long for a description."""
    if len(text) > MAX_DESCRIPTION:
        raise Refused(
            tr(
                "The description has {count} characters; at most {most} are possible. "
                "Shorten it by {rest}."
            ).format(
                count=grouped(len(text)),
                most=grouped(MAX_DESCRIPTION),
                rest=grouped(len(text) - MAX_DESCRIPTION),
            ),
            field="description",
        )


def check_tags(count: int) -> None:
    """Raise `Refused` if an entry may not carry that many tags."""
    if count > MAX_TAGS:
        raise Refused(
            tr(
                "An entry can have at most {most} tags, this one has {count}. Leave out {rest}."
            ).format(
                most=grouped(MAX_TAGS),
                count=grouped(count),
                rest=grouped(count - MAX_TAGS),
            ),
            field="tags",
        )


def check_times(start: int, stop: int | None) -> None:
    """Raise `Refused` if an entry may not have these times (epoch seconds; None: running)."""
    for field, moment in (("start", start), ("stop", stop)):
        if moment is not None and not EARLIEST <= moment <= LATEST:
            raise Refused(
                tr(
                    "The {field} lies outside the years {first_year} to {last_year}. Check "
                    "the computer's clock and the date that was given."
                ).format(field=word_for(field), first_year=FIRST_YEAR, last_year=LAST_YEAR),
                field=field,
            )
    if stop is None:
        return
    if stop < start:
        raise Refused(tr("The stop lies before the start. Swap them or correct one."), field="stop")
    if stop - start > MAX_SECONDS:
        minutes, seconds = divmod(stop - start, MINUTE)
        length = f"{grouped(minutes // 60)}:{minutes % 60:02}:{seconds:02}"
        raise Refused(
            tr(
                "An entry can last at most {hours} hours, this one would last {length}. Split it "
                "or correct its times."
            ).format(
                hours=MAX_HOURS,
                length=length,
            ),
            field="stop",
        )


def check_likely(
    start: int, stop: int | None, *, now: int, before: tuple[int, int] | None = None
) -> None:
    """Raise `NotConfirmed` if an entry would end in the future, or be longer than is likely.

    Args:
        start: Epoch seconds.
        stop: Epoch seconds; None is running, about which nothing is asked.
        now: Epoch seconds.
        before: The start and stop that it has; what they are already is not asked about.
    """
    if stop is None:
        return
    length, usual = stop - start, LIKELY_SECONDS
    if before is not None:
        usual, now = max(usual, before[1] - before[0]), max(now, before[1])
    is_long = length > usual
    if is_long and stop > now:
        text = tr("That entry would last {length} hours and end in the future.")
    elif is_long:
        text = tr("That entry would last {length} hours.")
    elif stop > now:
        text = tr("That entry would end in the future.")
    else:
        return
    raise NotConfirmed(text.format(length=durations.h_mm(length)), field="stop")


def one_line(text: str) -> str:
    """`text` on one line, without needless white space, control characters and broken Unicode."""
    if not text.isprintable():
        text = "".join(" " if ord(char) < 32 or 127 <= ord(char) < 160 else char for char in text)
        text = text.encode("utf-8", "replace").decode()  # lone surrogates cannot be stored
    return " ".join(text.split())


def clean_name(kind: str, name: str) -> str:
    """The name of a project, client, task or tag on one line.

    Raises:
        Refused: nothing is left, or it is too long.
    """
    clean = one_line(name)
    if not clean:
        raise Refused(
            tr("The name of a {kind} cannot be empty. Give it one.").format(kind=kind_word(kind)),
            field="name",
        )
    if len(clean) > MAX_NAME:
        raise Refused(
            tr(
                "The name of a {kind} can have at most {most} characters, this one "
                "has {count}. Shorten it."
            ).format(
                kind=kind_word(kind),
                most=grouped(MAX_NAME),
                count=grouped(len(clean)),
            ),
            field="name",
        )
    return clean
