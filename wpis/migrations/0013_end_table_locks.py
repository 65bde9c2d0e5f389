"""The function by which the ringer ends sessions of portal and office that lock a table against the others.

Whoever may delete from a table may lock it whole (`LOCK TABLE`), and all surfaces delete sign-in rows. No statement of the
service takes such a lock on these two surfaces, so whoever holds one, or waits for one while others queue behind it, has a
role's password and no business there. It names what it ended; it takes no arguments and touches no other role.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION wpis_end_table_locks() RETURNS TABLE (who text, locked text, how text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder record;
BEGIN
    FOR holder IN
        SELECT DISTINCT ON (l.pid) l.pid, a.usename, (SELECT relname::text FROM pg_class WHERE oid = l.relation) AS relation, l.mode
          FROM pg_locks l JOIN pg_stat_activity a USING (pid)
         WHERE l.locktype = 'relation'
           AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND a.usename IN ('wpis_portal', 'wpis_office')
           AND l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                          'AccessExclusiveLock')
         ORDER BY l.pid, l.granted DESC
    LOOP
        PERFORM pg_terminate_backend(holder.pid);
        who := holder.usename; locked := holder.relation; how := holder.mode;
        RETURN NEXT;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION wpis_end_table_locks() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("wpis", "0012_delete_drafts")]

    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION wpis_end_table_locks()")]
