"""The check digits of machine-readable zones."""


def check_digit(text: str) -> str:
    """The check digit of a field: weights 7, 3, 1; A is 10, Z is 35, `<` is 0 (Doc 9303-3, 4.9)."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * (7, 3, 1)[n % 3] for n, value in enumerate(values)) % 10)
