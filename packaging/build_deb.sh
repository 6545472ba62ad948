#!/bin/sh
# Makes dist/toggl-tray_VERSION_amd64.deb of dist/toggl-tray, which build_frozen.py has made.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/share.sh"
dist=${1:-$root/dist}
architecture=$(dpkg --print-architecture)
tree=$dist/deb
rm -rf "$tree"
mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib" "$tree/usr/share/doc/toggl-tray" \
    "$tree/usr/share/lintian/overrides" "$tree/usr/share/man/man1"

cp -a "$dist/toggl-tray" "$tree/usr/lib/toggl-tray"
find "$tree/usr/lib" -type d -exec chmod 755 {} +
find "$tree/usr/lib" -type f -exec chmod 644 {} +
chmod 755 "$tree/usr/lib/toggl-tray/toggl-tray"
ln -s ../lib/toggl-tray/toggl-tray "$tree/usr/bin/toggl-tray"
put_share "$tree/usr/share"

cat >"$tree/usr/share/doc/toggl-tray/copyright" <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Toggl Tray

Files: *
Copyright: $(sed -n 's/^Copyright (c) //p' "$root/LICENSE")
License: Expat

License: Expat
$(sed -n '/^Permission/,$p' "$root/LICENSE" | sed 's/^$/./; s/^/ /')
END
printf 'toggl-tray (%s) unstable; urgency=medium\n\n  * New version; %s.\n\n -- %s  %s\n' \
    "$version" "what is new stands in the program" "Toggl Tray <toggl-tray@users.noreply.github.com>" \
    "$(date -u -R -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}")" \
    | gzip -9n >"$tree/usr/share/doc/toggl-tray/changelog.gz"
gzip -9n >"$tree/usr/share/man/man1/toggl-tray.1.gz" <"$root/packaging/toggl-tray.1"
chmod 644 "$tree/usr/share/doc/toggl-tray/"* "$tree/usr/share/man/man1/"*

# What the frozen program has not brought along. Names with t64 are those of later releases.
depends="libbrotli1, libc6 (>= 2.35), libdbus-1-3, libegl1, libfontconfig1, libfreetype6, libgcc-s1, \
libglib2.0-0t64 | libglib2.0-0, libgl1, libgssapi-krb5-2, libstdc++6, libuuid1, \
libwayland-client0, libwayland-cursor0, libx11-6, libx11-xcb1, libxcb-randr0, \
libxcb-render0, libxcb-shape0, libxcb-shm0, libxcb-sync1, libxcb-xfixes0, libxcb-xkb1, \
libxcb1, libzstd1, zlib1g"
cat >"$tree/DEBIAN/control" <<END
Package: toggl-tray
Version: $version
Architecture: $architecture
Maintainer: Toggl Tray <toggl-tray@users.noreply.github.com>
Section: utils
Priority: optional
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: $depends
Recommends: fonts-dejavu-core | fonts-noto-core, libreadline8t64 | libreadline8, gnome-keyring | kwalletmanager | libsecret-1-0
Description: time tracker in the system tray
 Starts and stops a timer by a click on the tray icon or by a key, and keeps
 all entries on this computer, where every step can be undone. With an account
 of Toggl Track, or of a server of your own, both sides are kept in step.
 .
 Everything works from a terminal as well.
END

# Removed or purged, it leaves nothing of its own; what was tracked is in the users' homes.
cat >"$tree/usr/share/lintian/overrides/toggl-tray" <<END
# Python and Qt come with theirs, in the versions that the program is tested with.
toggl-tray: embedded-library *
# The launcher is PyInstaller's, which builds it so.
toggl-tray: hardening-no-pie *
# Python's and Qt's libraries find one another by it, or were built elsewhere with one that leads
# nowhere; the data of ICU has nothing to link with.
toggl-tray: custom-library-search-path *
toggl-tray: library-not-linked-against-libc *
toggl-tray: shared-library-lacks-prerequisites *
END
chmod 644 "$tree/usr/share/lintian/overrides/toggl-tray"

deb=$dist/toggl-tray_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$tree" "$deb" >/dev/null
rm -rf "$tree"
echo "$deb"
