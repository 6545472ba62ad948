"""By what the list of entries is filtered to show those of a group."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tray.model.filters import Criterion, FilterKind, Filters
from tray.model.reports.chart import OTHERS, RUNNING, days_of
from tray.model.reports.report_definition import OF_TIME, Grouping
from tray.model.reports.report_groups import tag_ids
from tray.model.reports.time_slices import Key
from tray.ui.reports.report_loader import ReportContent

_KINDS: Final = {
    Grouping.PROJECT: FilterKind.PROJECT,
    Grouping.CLIENT: FilterKind.CLIENT,
    Grouping.TASK: FilterKind.TASK,
    Grouping.TAG: FilterKind.TAG,
}


class EntriesOf(NamedTuple):
    """What is looked for in the list."""

    search: str
    filters: Filters


def entries_of(
    content: ReportContent, levels: Sequence[Grouping], keys: Sequence[Key]
) -> EntriesOf:
    """The entries of a group, given its levels and its keys.

    Of a weekday or an hour in more than a week they are those of all its days.
    """
    definition = content.wish.definition
    found = EntriesOf(definition.search, Filters(definition.criteria, content.report.range.days))
    for level, key in zip(levels, keys, strict=False):
        found = _narrowed(found, level, key)
    return found


def _narrowed(found: EntriesOf, level: Grouping, key: Key) -> EntriesOf:
    filters = found.filters
    if key in (OTHERS, RUNNING):
        return found
    if level in OF_TIME and filters.days is not None:
        return found._replace(filters=filters._replace(days=days_of(key, level, filters.days)))
    if level is Grouping.DESCRIPTION:
        return found._replace(search=f"{found.search} {key}".strip())
    kind = _KINDS.get(level, FilterKind.TAG)
    ids = (tag_ids(key) or (0,)) if level is Grouping.TAGS else (int(str(key)),)
    others = tuple(each for each in filters.criteria if each.kind is not kind)
    criteria = (*others, *(Criterion(kind, each) for each in ids))
    return found._replace(filters=filters._replace(criteria=criteria))
