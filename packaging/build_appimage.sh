#!/bin/sh
# Makes dist/Toggl_Tray-VERSION-x86_64.AppImage of dist/toggl-tray, which build_frozen.py has made.
# The runtime that an image begins with is in no package registry: RUNTIME names the file, which the
# workflow fetches by its checksum. Without it the folder that the image would hold is left, to be
# tried by its AppRun.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/share.sh"
dist=${1:-$root/dist}
tree=$dist/Toggl_Tray.AppDir
image=$dist/Toggl_Tray-$version-$(uname -m).AppImage
rm -rf "$tree"
mkdir -p "$tree/usr/lib" "$tree/usr/bin"

cp -a "$dist/toggl-tray" "$tree/usr/lib/"
ln -s ../lib/toggl-tray/toggl-tray "$tree/usr/bin/toggl-tray"
put_share "$tree/usr/share"
cp "$tree/usr/share/applications/toggl-tray.desktop" "$tree/"
cp "$root/resources/icons/toggl-tray.png" "$tree/"
ln -s toggl-tray.png "$tree/.DirIcon"
# `toggl-tray install` writes a menu entry for the image, by which portals know the program.
cat >"$tree/AppRun" <<'END'
#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/usr/lib/toggl-tray/toggl-tray" "$@"
END
chmod 755 "$tree/AppRun"

if [ -z "${RUNTIME-}" ]; then
    echo "$tree"
    exit
fi
mksquashfs "$tree" "$image.squashfs" -quiet -no-progress -root-owned -noappend -comp zstd
cat "$RUNTIME" "$image.squashfs" >"$image"
chmod 755 "$image"
rm -rf "$image.squashfs" "$tree"
echo "$image"
