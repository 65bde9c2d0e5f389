"""Prints the signed code of an issued permit, which the printed permit carries as a picture: `... printed NUMBER`."""

import sys

if __name__ == "__main__":
    import django

    django.setup()
    from permits.models import Permit

    sys.stdout.write(Permit.objects.get(number=sys.argv[1]).code)
