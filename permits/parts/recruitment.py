"""The part about recruitment: how the worker was found and who paid for it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from permits.models.terms import Payer, Recruitment
from permits.parts.declaration import Part, Rule, When, declared
from permits.parts.kinds import Choice, Country, Email, Money, Phone, Text, YesNo, at_most_together

WITH_RECRUITER = When(field="used_recruiter", among=(True,))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecruitmentRecord:
    """How the worker was found; money in drams."""

    used_recruiter: bool | None = declared(
        YesNo(),
        label=_("Did a recruiter or agent find the worker?"),
        needed=_("Say whether a recruiter or agent found the worker"),
    )
    recruiter_name: str = declared(
        Text(max_length=200),
        label=_("Name of the recruiter"),
        when=WITH_RECRUITER,
    )
    recruiter_country: str = declared(Country(), label=_("Country of the recruiter"), when=WITH_RECRUITER)
    recruiter_phone: str = declared(Phone(), label=_("Telephone of the recruiter"), when=WITH_RECRUITER)
    recruiter_email: str = declared(Email(), label=_("E-mail of the recruiter"), when=WITH_RECRUITER)
    worker_fee: int | None = declared(
        Money(),
        label=_("What the worker paid for the job, in drams"),
        help=_("To anybody, in this country or at home. Enter 0 if nothing was paid"),
    )
    advance: int | None = declared(
        Money(),
        label=_("Loan or advance that the worker pays back, in drams"),
        help=_("Enter 0 if there is none"),
    )
    transport_by_employer: bool | None = declared(
        YesNo(), label=_("Do you take the worker to and from work?")
    )
    permit_cost_payer: str = declared(
        Choice(choices=tuple(Payer.choices)),
        label=_("Who pays the state duty?"),
        needed=_("Choose who pays the state duty"),
    )


RECRUITMENT = Part(
    name="recruitment",
    title=_("Recruitment and costs"),
    heading=_("How the worker was found"),
    about="How the worker was found, and who pays for it.",
    model=Recruitment,
    record=RecruitmentRecord,
    rules=(
        Rule(
            field="advance",
            needs=("worker_fee", "advance"),
            of_any=True,
            holds=at_most_together,
            text=_("Fee and advance together can be at most 1 000 000 000 drams"),
        ),
    ),
)
