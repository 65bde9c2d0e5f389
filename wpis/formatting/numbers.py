"""How numbers are written: digits in groups of three, a no-break space between them."""

from decimal import Decimal

from django.utils.translation import gettext as _

NO_BREAK = "\u00a0"


def grouped(number: int) -> str:
    """Write 75000 as "75 000", with no-break spaces."""
    return f"{number:,}".replace(",", NO_BREAK)


def drams(amount: int) -> str:
    """Write an amount of drams as "75 000 ֏", never broken over two lines."""
    return f"{grouped(amount)}{NO_BREAK}֏"


def decimal(number: float | Decimal) -> str:
    """Write a small number without zeros at its end: 40, 37.5."""
    return f"{float(number):g}"


def file_size(size: int) -> str:
    """Write bytes as everybody reads them: 340 KB, 1.2 MB."""
    kilobytes = max(1, round(size / 1024))
    if kilobytes < 1024:
        return _("%(size)d KB") % {"size": kilobytes}
    return _("%(size).1f MB") % {"size": kilobytes / 1024}
