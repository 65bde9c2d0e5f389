"""Development commands run where a development process meets a database of invented people, and nowhere else."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

_TABLES = (
    "SELECT to_regclass('accounts_user') IS NOT NULL, to_regclass('development_simulationrun') IS NOT NULL"
)
_SOMEBODY_REAL = r"SELECT EXISTS (SELECT 1 FROM accounts_user WHERE email !~* '(@example\.am|\.example)$')"
_MADE_BY_THE_DEMO = "SELECT EXISTS (SELECT 1 FROM development_simulationrun)"


def refuse_elsewhere() -> None:
    """Raise CommandError unless this is a development process of the owner, on a database without real people."""
    if not settings.WPIS_DEMO or settings.WPIS_SURFACE != "owner":
        raise CommandError(
            "This runs in the demo only, as the owner of a development database (WPIS_DEMO=1)."
        )
    if has_real_people():
        raise CommandError(
            "This database holds accounts of people whom no demo has made. Demo commands do not touch it."
        )


def has_real_people() -> bool:
    """Whether an account has an address outside the invented domains, in a database that no simulation has filled.

    Asked in SQL, so that it can be asked of a database that was not migrated yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        accounts, simulations = cursor.fetchone()
        if not accounts:
            return False
        if simulations:
            cursor.execute(_MADE_BY_THE_DEMO)
            if cursor.fetchone() == (True,):
                return False
        cursor.execute(_SOMEBODY_REAL)
        return bool(cursor.fetchone()[0])
