"""Runs `grant_surfaces` until its standard input is closed, then says how often: `python -m tests.drill.granting`."""

import select
import sys

if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    count = 0
    while not count or not select.select([sys.stdin], [], [], 0)[0]:
        with connection.cursor() as cursor:  # something to mend, so that rights are taken and given
            cursor.execute(
                "GRANT TRUNCATE ON accounts_user, permits_application, permits_employer TO wpis_portal"
            )
            cursor.execute("ALTER POLICY portal_read ON accounts_user USING (surface = 'portal' AND true)")
        call_command("grant_surfaces", verbosity=0, stdout=sys.stderr)
        count += 1
    sys.stdout.write(f"{count}\n")
