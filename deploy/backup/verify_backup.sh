#!/bin/sh
# Verifies a base backup and everything archived since: each file against the manifest, each WAL segment readable, none
# missing in between. Weekly, and before each restore. Without NAME the newest.
set -eu
umask 077
[ $# -ge 1 ] || { echo "usage: verify_backup.sh ROOT [NAME]" >&2; exit 64; }
root=$1 name=${2:-$(ls "$1/base" | tail -n 1)}
data=$root/base/$name/data

[ -n "$name" ] && [ -d "$data" ] || { echo "verify_backup: no base backup $name in $root/base" >&2; exit 1; }
pg_verifybackup --quiet "$data"
first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]\{24\}\))$/\1/p' "$data/backup_label")
timeline=$(printf %.8s "$first")

read_wal=$(mktemp -d)
trap 'rm -rf "$read_wal"' EXIT
last=
for kept in "$root/wal/$timeline"????????????????.gz; do
	segment=$(basename "$kept" .gz)
	expr "$segment" '>=' "$first" >/dev/null || continue
	gzip -dc "$kept" >"$read_wal/$segment" || { echo "verify_backup: $kept cannot be read" >&2; exit 1; }
	last=$segment
done
[ -n "$last" ] || { echo "verify_backup: nothing is archived since $first" >&2; exit 1; }
pg_waldump --quiet --path="$read_wal" "$first" "$last" ||
	{ echo "verify_backup: the WAL from $first to $last is not whole" >&2; exit 1; }
echo "$name is whole; WAL from $first to $last is whole"
