#!/bin/sh
# Starts Toggl Tray from this checkout; the first time, installs what it needs.
# Arguments go to the program: `sh packaging/run.sh --help`.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/setup.sh"

set_up run
exec "$venv/bin/toggl-tray" "$@"
