"""The words that must not stand anywhere portal or office could show, log or ship them."""

import re

SECRET = re.compile(
    r"alert|screening|trafficking|referral|victim|indicator|typolog|suspicio|flagged|triage|exploitation"
    r"|\brisks?\b|risk_|_risk",
    re.IGNORECASE,
)


def secrets_in(text: str) -> list[str]:
    """The secret words of a text, with what stands around them."""
    return [text[max(0, found.start() - 30) : found.end() + 30] for found in SECRET.finditer(text)]
