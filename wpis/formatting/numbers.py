"""How numbers are written: digits in groups of three, a no-break space between them."""

NO_BREAK = "\u00a0"


def grouped(number: int) -> str:
    """Write 75000 as "75 000", with no-break spaces."""
    return f"{number:,}".replace(",", NO_BREAK)


def drams(amount: int) -> str:
    """Write an amount of drams as "75 000 ֏", never broken over two lines."""
    return f"{grouped(amount)}{NO_BREAK}֏"
