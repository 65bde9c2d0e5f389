"""The directory of receiving bodies, printed from their files, and the description of their interface."""

from referral.agencies.directory import agencies
from referral.api.describe import PartnerSchema
from wpis.generated_docs import HEAD, Printer, row


def directory() -> str:
    """Every body with its mandate, purposes, the fields each purpose allows, and its clock."""
    out = [
        HEAD,
        "# Receiving bodies\n",
        "What a body may get is the intersection of this table with the person's consent.\n",
    ]
    for body in agencies().values():
        out += [f"\n## {body.name.en}\n", f"{body.mandate.en}\n"]
        out.append(
            f"Answers within {body.answer_within} {body.answer_unit}; sees an item for {body.access_days} days.\n"
        )
        out += [row("purpose", "consent", "may be told"), "|---|---|---|"]
        for purpose in body.purposes.values():
            consent = "needed" if purpose.needs_consent else "not needed, with a written reason"
            out.append(row(purpose.title.en, consent, ", ".join(purpose.fields)))
    return "\n".join(out) + "\n"


GENERATED_DOCS: dict[str, Printer] = {
    "agencies.md": directory,
    "openapi-protection.json": PartnerSchema.printed,
}
