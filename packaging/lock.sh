#!/bin/sh
# Writes requirements.txt, requirements-test.txt and requirements-freeze.txt anew from pyproject.toml.
# Versions already there are kept; `--upgrade` takes the newest, `--upgrade-package NAME` of one.
set -eu
cd -- "$(dirname -- "$0")/.."
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet uv

# lock FILE ARGUMENT... (of uv)
lock() {
    file=packaging/$1
    shift
    # pynput names evdev on Linux, for a way of listening that is not used here; it has no wheels.
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        --no-emit-package evdev --output-file "$file" "$@" >/dev/null
    # Ubuntu 22.04 has a release candidate of 3.11, for which its pip gets the longer name wrong.
    sed 's/python_full_version/python_version/' "$file" >"$file.new"
    mv "$file.new" "$file"
}

lock requirements.txt pyproject.toml --group build "$@"
lock requirements-test.txt --group dev --constraint packaging/requirements.txt "$@"
lock requirements-freeze.txt --group freeze --constraint packaging/requirements.txt "$@"
