"""All entries out to a file and in from one: Toggl's CSV report, or a complete backup as JSON."""

from tray.tracker.transfer.content import NeedsChoice
from tray.tracker.transfer.csv_out import ExportResult, export_csv
from tray.tracker.transfer.importing import ImportResult, import_file
from tray.tracker.transfer.json_out import export_json
from tray.tracker.transfer.people import Person, account_person

__all__ = [
    "ExportResult",
    "ImportResult",
    "NeedsChoice",
    "Person",
    "account_person",
    "export_csv",
    "export_json",
    "import_file",
]
