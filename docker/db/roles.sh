#!/bin/sh
# The surfaces' login roles with their passwords, on the first start of the database; `grant_surfaces` gives the rights.
set -eu
for surface in portal office protection files; do
	case $surface in
	portal) password=$WPIS_PORTAL_PASSWORD ;;
	office) password=$WPIS_OFFICE_PASSWORD ;;
	protection) password=$WPIS_PROTECTION_PASSWORD ;;
	files) password=$WPIS_FILES_PASSWORD ;;
	esac
	psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v role="wpis_$surface" -v password="$password" <<-'SQL'
		CREATE ROLE :"role" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
	SQL
done
