#!/bin/sh
# Makes a data directory out of a base backup and the archive, as it was at MOMENT (as '2026-11-28 02:15:00+04'); without
# a moment up to the last archived transaction. TARGET must be empty. It touches neither the backup nor a running server.
# The restored server calls itself wpis-copy and archives nothing, so that it cannot be taken for the real one, until
# you say that it is (docs/operations.md, Backups).
set -eu
umask 077
[ $# -ge 3 ] || { echo "usage: restore.sh ROOT NAME TARGET [MOMENT]" >&2; exit 64; }
root=$(cd "$1" && pwd) name=$2 target=$3 moment=${4:-}
here=$(cd "$(dirname "$0")" && pwd)

case $moment in
*[!0-9:.+\ -]*) echo "restore: write the moment as 2026-11-28 02:15:00+04" >&2; exit 64 ;;
'' | ????-??-??\ ??:??:??*[+-][0-9][0-9]) ;;
*) echo "restore: the moment needs day, time and offset from UTC: 2026-11-28 02:15:00+04" >&2; exit 64 ;;
esac
if [ -e "$target" ] && [ -n "$(ls -A "$target")" ]; then
	echo "restore: $target is not empty" >&2
	exit 1
fi
pg_verifybackup --quiet "$root/base/$name/data"
mkdir -p "$target"
chmod 700 "$target"
cp -a "$root/base/$name/data/." "$target/"
cat >>"$target/postgresql.auto.conf" <<CONF
# Written by restore.sh.
restore_command = '"$here/restore_wal.sh" "%f" "%p" "$root/wal"'
recovery_target_action = 'promote'
archive_mode = 'off'
cluster_name = 'wpis-copy'
CONF
[ -z "$moment" ] || echo "recovery_target_time = '$moment'" >>"$target/postgresql.auto.conf"
touch "$target/recovery.signal"
echo "start a server on $target; it reads the archive and opens when it is there"
