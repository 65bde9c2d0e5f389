"""Start the demo: every server and process of WPIS on this machine, with a seeded country."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from wpis.development.embedded.demo.supervisor import main


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """As `make demo`; DATABASE_URL and REDIS_URL are used as they are."""
        sys.exit(main())
