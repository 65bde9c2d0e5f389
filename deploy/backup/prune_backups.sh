#!/bin/sh
# Removes what is not needed to restore any moment of the last DAYS days: it keeps every base backup of those days and the
# newest one before them, and the WAL since the oldest that it keeps. Nightly, after base_backup.sh.
set -eu
[ $# -eq 2 ] || { echo "usage: prune_backups.sh ROOT DAYS" >&2; exit 64; }
root=$1 before=$(date -u -d "$2 days ago" +%Y%m%dT%H%M%SZ)

needed=$(ls "$root/base" | awk -v before="$before" '$0 < before { newest = $0 } END { print newest }')
[ -n "$needed" ] || exit 0 # all are younger
for name in $(ls "$root/base"); do
	if expr "$name" '<' "$needed" >/dev/null; then
		rm -rf "${root:?}/base/$name"
		echo "removed $name"
	fi
done
first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]\{24\}\))$/\1/p' "$root/base/$needed/data/backup_label")
pg_archivecleanup --strip-extension=.gz "$root/wal" "$first"
