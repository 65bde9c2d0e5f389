"""Prints the directory of receiving agencies, and the description of their interface for programs."""

from referral.agencies.directory import agencies
from referral.api.describe import PartnerSchema
from wpis.generated_docs import HEAD, Printer, row


def directory() -> str:
    """Every agency with its mandate, purposes, the fields each purpose allows, and its clock."""
    out = [
        HEAD,
        "# Receiving agencies\n",
        "What an agency may get is the intersection of this table with the person's consent.\n",
    ]
    for agency in agencies().values():
        out += [f"\n## {agency.name['en']}\n", f"{agency.mandate['en']}\n"]
        clock = f"Answers within {agency.answer_within} {agency.answer_unit}"
        out.append(f"{clock}; can read a referral for {agency.access_days} days, or until it declines.\n")
        out += [row("purpose", "consent", "may be told", "reads after completion"), "|---|---|---|---|"]
        for purpose in agency.purposes.values():
            consent = "needed" if purpose.needs_consent else "not needed, with a written reason"
            after = "until its date: later outcomes are asked for" if purpose.later_outcomes else "no"
            out.append(row(purpose.title["en"], consent, ", ".join(purpose.fields), after))
    return "\n".join(out) + "\n"


GENERATED_DOCS: dict[str, Printer] = {
    "agencies.md": directory,
    "openapi-protection.json": PartnerSchema.printed,
}
