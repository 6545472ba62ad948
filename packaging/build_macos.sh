#!/bin/sh
# Makes dist/Toggl-Tray-VERSION.dmg of the bundle that build_frozen.py makes on macOS. Never run so
# far. IDENTITY signs it with a real certificate; without, the signature says only who built it.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/share.sh"
dist=${1:-$root/dist}
bundle="$dist/Toggl Tray.app"

codesign --force --deep --options runtime --sign "${IDENTITY:--}" "$bundle"
codesign --verify --deep --strict "$bundle"
folder=$(mktemp -d)
cp -a "$bundle" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname "Toggl Tray" -srcfolder "$folder" -format UDZO -ov \
    "$dist/Toggl-Tray-$version-$(uname -m).dmg"
rm -rf "$folder"
