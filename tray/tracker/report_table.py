"""The table of a report as a file for spreadsheets, and as plain text."""

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from tray.model import durations
from tray.model.durations import HOUR
from tray.model.reports.money import Amount, money
from tray.model.reports.report_definition import Grouping
from tray.model.reports.report_groups import ReportGroup
from tray.store.group_names import GroupNames
from tray.store.time_report import TimeReport


class TableRow(NamedTuple):
    """A group with the names of those it stands in, itself last."""

    names: tuple[str, ...]
    group: ReportGroup


def rows_of(report: TimeReport, by: tuple[Grouping, ...], names: GroupNames) -> Iterator[TableRow]:
    """Every group of the lowest level, in the order in which they are shown."""
    yield from _rows(report.grouped.groups, by, names, ())


def _rows(
    groups: tuple[ReportGroup, ...],
    by: tuple[Grouping, ...],
    names: GroupNames,
    above: tuple[str, ...],
) -> Iterator[TableRow]:
    for group in groups:
        path = (*above, names.of(by[len(above)], group.key))
        if group.groups:
            yield from _rows(group.groups, by, names, path)
        else:
            yield TableRow(path, group)


def write_csv(
    report: TimeReport,
    by: tuple[Grouping, ...],
    names: GroupNames,
    file: TextIO,
    *,
    ending: str = "\r\n",
) -> None:
    """Write each group of the lowest level as a line; what runs is no part of it.

    Args:
        report: What is written.
        by: Its levels.
        names: What the groups are called.
        file: Opened with ``newline=""``; in UTF-8.
        ending: Of each line; a file for others has CR LF (RFC 4180).
    """
    import csv

    from tray.tracker.transfer.csv_columns import guarded

    currencies = [amount.currency for amount in report.grouped.amounts]
    writer = csv.writer(file, lineterminator=ending)
    heads = [each.value.capitalize() for each in by]
    heads += ["Duration", "Hours", "Billable duration"]
    writer.writerow([*heads, *(f"Amount ({each})" if each else "Amount" for each in currencies)])
    for row in rows_of(report, by, names):
        group = row.group
        writer.writerow(
            [
                *map(guarded, row.names),
                _hh_mm_ss(group.seconds),
                f"{group.seconds / HOUR:.4f}",
                _hh_mm_ss(group.billable_seconds),
                *(amount_of(group.amounts, currency) for currency in currencies),
            ]
        )


def _hh_mm_ss(seconds: int) -> str:
    return durations.h_mm_ss(seconds).rjust(8, "0")


def amount_of(amounts: tuple[Amount, ...], currency: str) -> str:
    """What there is of a currency, with two decimals; empty if there is none."""
    return next((money(each.cents) for each in amounts if each.currency == currency), "")
