"""The fields of an entry, as one points at them in its row or in its editor."""

from enum import Enum


class EntryField(Enum):
    """What of an entry the pointer is at, and what is edited first."""

    DESCRIPTION = "description"
    PROJECT = "project"
    TAGS = "tags"
    BILLABLE = "billable"
    START = "start"
    STOP = "stop"
    LENGTH = "length"
