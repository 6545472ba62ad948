#!/bin/sh
# Runs every test; the first time, installs what they need. Arguments go to pytest.
# `--benchmarks` as the first argument measures what things cost instead, and `--promises` whether
# what the README promises holds; with `--hours N` as long as a release deserves.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/setup.sh"

set_up test
cd -- "$root"
unset PYTHONDONTWRITEBYTECODE # or each of the many programs that tests start is compiled anew
if [ "${1-}" = --benchmarks ]; then
    shift
    exec "$venv/bin/python" -m tests.benchmarks "$@"
fi
if [ "${1-}" = --promises ]; then
    shift
    exec "$venv/bin/python" -m tests.promises "$@"
fi
exec "$venv/bin/python" -m pytest -n auto --dist worksteal "$@"
