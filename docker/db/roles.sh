#!/bin/sh
# The surfaces' login roles with their passwords, out of the variables WPIS_..._PASSWORD; `grant_surfaces` gives the rights.
# Runs on the first start of the database of docker-compose.yml, and at any time on another server, as
# its superuser, whom PGHOST and the like name: sh docker/db/roles.sh DATABASE
set -eu
if [ $# -gt 0 ]; then
	database=$1
else
	database=$POSTGRES_DB
	export PGUSER="$POSTGRES_USER"
fi
for surface in portal office protection files; do
	case $surface in
	portal) password=$WPIS_PORTAL_PASSWORD ;;
	office) password=$WPIS_OFFICE_PASSWORD ;;
	protection) password=$WPIS_PROTECTION_PASSWORD ;;
	files) password=$WPIS_FILES_PASSWORD ;;
	esac
	# Through the environment: what stands on a command line, every user of the machine reads.
	PASSWORD=$password psql -X -q -v ON_ERROR_STOP=1 -v role="wpis_$surface" -d "$database" <<-'SQL'
		\getenv password PASSWORD
		SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') AS missing \gset
		\if :missing
			CREATE ROLE :"role" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
		\else
			ALTER ROLE :"role" PASSWORD :'password';
		\endif
	SQL
done
