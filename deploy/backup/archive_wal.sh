#!/bin/sh
# Keeps one finished WAL segment, compressed. PostgreSQL runs it (postgresql.conf):
#   archive_command = '/opt/wpis/deploy/backup/archive_wal.sh "%p" "%f" /backup/wal'
# It ends with 0 only when the segment is on disk: PostgreSQL keeps what is not archived, and asks again.
set -eu
umask 077
[ $# -eq 3 ] || { echo "usage: archive_wal.sh SEGMENT NAME ARCHIVE" >&2; exit 64; }
segment=$1 kept=$3/$2.gz part=$3/.$2.part

if [ -e "$kept" ]; then
	gzip -dc "$kept" | cmp -s - "$segment" && exit 0 # asked again after a crash
	echo "archive_wal: $kept holds something else: do two servers share this archive?" >&2
	exit 1
fi
gzip -c "$segment" >"$part"
sync "$part"
mv "$part" "$kept"
sync "$3"
