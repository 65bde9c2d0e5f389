"""The patterns known from Armenia that are planted, each labelled; the label is never declared anywhere.

The codes P1 to P11 are those of permit-process.md 5.3. Each pattern says whether its applications show anything when
they are filed, so that a test counts what could be found apart from what nobody can see yet. Nothing here looks at
citizenship or sex: the people are drawn like all others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from wpis.development.simulation.country import Filing
from wpis.development.simulation.filings.declarations import Makers
from wpis.development.simulation.patterns import later, single, together

Story = Callable[[Makers], list[Filing]]


class Shows(StrEnum):
    """When a pattern leaves a mark that the service could notice."""

    AT_FILING = "at filing"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A story to tell, its code in permit-process.md 5.3 (empty: known from elsewhere), and what shows of it when."""

    tell: Story
    code: str
    shows: Shows
    why: str


PATTERNS: dict[str, Pattern] = {
    "p1-agent-fee": Pattern(
        single.agent_fee, "P1", Shows.AT_FILING, "The form asks for the fee; it exceeds the wage of months."
    ),
    "p2-intermediary": Pattern(
        single.intermediary, "P2", Shows.AT_FILING, "The contract names no wage and bears no signature."
    ),
    "p3-passports-held": Pattern(
        later.passports_held,
        "P3",
        Shows.LATER,
        "The form asks nobody who keeps the passport; a copy looks alike.",
    ),
    "p4-containers": Pattern(
        single.containers, "P4", Shows.AT_FILING, "Hours, housing on the site and the employer's telephone."
    ),
    "p4-crowded-lodging": Pattern(
        single.crowded_lodging, "P4", Shows.AT_FILING, "Persons in a room, hours, and what deductions leave."
    ),
    "p5-piece-rate": Pattern(
        single.piece_rate,
        "P5",
        Shows.AT_FILING,
        "The guaranteed wage is too low for hours that are too long.",
    ),
    "p6-no-contract": Pattern(
        single.no_contract, "P6", Shows.AT_FILING, "The paper that is sent in leaves out wage and signatures."
    ),
    "p6-unpaid-months": Pattern(
        later.unpaid_months,
        "P6",
        Shows.LATER,
        "The contract is whole; that wages stay away shows when none is declared.",
    ),
    "p9-unpaid-trial": Pattern(
        later.unpaid_trial,
        "P9",
        Shows.LATER,
        "The form asks neither for the day of arrival nor for the first day of work; a missing signature alone is"
        " nothing rare.",
    ),
    "deductions": Pattern(
        single.deductions, "", Shows.AT_FILING, "Deductions take half the wage of a long week."
    ),
    "unread-contract": Pattern(
        single.unread_contract,
        "",
        Shows.AT_FILING,
        "The contract has gaps, in a language not read by the worker.",
    ),
    "minor": Pattern(single.minor, "", Shows.AT_FILING, "Dates of birth in form and passport."),
    "p4-crowded-address": Pattern(
        together.crowded_address,
        "P4",
        Shows.AT_FILING,
        "More workers than beds at one address; the first ones see none.",
    ),
    "p7-closed-site": Pattern(
        together.closed_site,
        "P7",
        Shows.AT_FILING,
        "A penalty for leaving; job, bed, transport and permit in one hand.",
    ),
    "p8-lapsed-permits": Pattern(
        later.lapsed_permits,
        "P8",
        Shows.LATER,
        "Permits run out long after the filing. The register could tell that nobody asked again, but without records"
        " of departure this looks like going home.",
    ),
    "p10-sham-employer": Pattern(
        together.sham_employer,
        "P10",
        Shows.AT_FILING,
        "A young firm, and one telephone for all, from the fifth file on.",
    ),
    "p11-retaliation": Pattern(
        later.retaliation,
        "P11",
        Shows.LATER,
        "The complaint is made elsewhere; the withdrawal comes after the check and reads like an honest one.",
    ),
    "shared-phone": Pattern(
        together.shared_phone,
        "",
        Shows.AT_FILING,
        "One telephone for workers of several employers, from the third on.",
    ),
    "shared-account": Pattern(
        together.shared_account,
        "",
        Shows.AT_FILING,
        "One account for the wages of several, from the second on.",
    ),
}
"""Label -> pattern; those of one application come first, so that small countries repeat them first."""
