#!/usr/bin/env python
"""Django's command line for WPIS."""

import os
import sys


def main() -> None:
    """Run a management command as the surface named by WPIS_SURFACE (default: the database owner)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpis.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
