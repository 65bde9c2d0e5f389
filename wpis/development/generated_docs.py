"""Documentation of the synthetic country, generated from its code."""

from wpis.development.simulation.patterns.catalogue import PATTERNS
from wpis.generated_docs import HEAD, Printer, row


def planted_patterns() -> str:
    """What is planted in a synthetic country, and when it shows."""
    out = [
        HEAD,
        "# What is planted in a synthetic country\n",
        "P1 to P11 are the patterns of the Armenian reports; those without a code are known from elsewhere."
        " The label stands in the truth file only.\n",
        "| pattern | label | what is planted | shows | because |",
        "|---|---|---|---|---|",
    ]
    planted = sorted(PATTERNS.items(), key=lambda item: (int(item[1].code[1:] or 99), item[1].shows, item[0]))
    for label, pattern in planted:
        told = " ".join((pattern.tell.__doc__ or "").split()).removeprefix(f"{pattern.code}: ")
        out.append(row(pattern.code, label, told[:1].upper() + told[1:], pattern.shows, pattern.why))
    return "\n".join(out) + "\n"


GENERATED_DOCS: dict[str, Printer] = {"planted-patterns.md": planted_patterns}
