#!/bin/sh
# Takes a base backup into ROOT/base/<moment> while people work, and verifies it. Nightly, as a role with REPLICATION that
# may connect to the database `postgres`; PGHOST, PGPORT and PGUSER say where and who. archive_wal.sh fills ROOT/wal.
set -eu
umask 077
[ $# -eq 1 ] || { echo "usage: base_backup.sh ROOT" >&2; exit 64; }
root=$1 name=$(date -u +%Y%m%dT%H%M%SZ)
part=$root/base/.$name.part

archiving=$(psql -XAtq -d postgres -c 'SHOW archive_mode')
[ "$archiving" != off ] || { echo "base_backup: archive_mode is off: nothing could be restored to a moment" >&2; exit 1; }
mkdir -p "$root/base"
trap 'rm -rf "$part"' EXIT
mkdir "$part"
pg_basebackup --pgdata="$part/data" --checkpoint=fast --wal-method=stream --manifest-checksums=SHA256 \
	--no-password --label="wpis $name"
# Roles, their settings and memberships in words: to read, and for a server of another version. Passwords are set anew.
pg_dumpall --database=postgres --globals-only --no-role-passwords --no-password >"$part/globals.sql"
pg_verifybackup --quiet "$part/data"
sync "$part/globals.sql"
mv "$part" "$root/base/$name"
sync "$root/base"
echo "$name"
