#!/bin/sh
# Starts Toggl Tray from this checkout; the first time, installs what it needs. Arguments make it a
# command: `sh packaging/run.sh --help`. Where there is no desktop, the tray shows on a virtual one.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/setup.sh"

set_up run
[ $# -gt 0 ] || exec sh "$root/packaging/virtual-desktop.sh" "$venv/bin/toggl-tray"
exec "$venv/bin/toggl-tray" "$@"
