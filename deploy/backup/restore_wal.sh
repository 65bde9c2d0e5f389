#!/bin/sh
# Gives PostgreSQL one WAL segment back during a restore; restore.sh names it in restore_command.
# 1 says that the archive ends here; 126 stops the restore: a segment that is there and cannot be read is no end.
set -eu
umask 077
[ $# -eq 3 ] || { echo "usage: restore_wal.sh NAME DESTINATION ARCHIVE" >&2; exit 126; }
[ -e "$3/$1.gz" ] || exit 1
gzip -dc "$3/$1.gz" >"$2" || { echo "restore_wal: $3/$1.gz cannot be read" >&2; exit 126; }
