"""The ILO assessment of trafficking for labour exploitation: computes a result from answers about one person.

Source: ILO and European Commission, Operational indicators of trafficking in human beings (2009). The list
and its weights are in ilo_delphi_indicators.json. Only confirmed facts belong here, never statistical
signs, and the result never decides anything by itself: a person does.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple


class Weight(StrEnum):
    """How much one indicator says; it differs between adults and children."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class Dimension(StrEnum):
    """The six lists of indicators, by their names in the data file."""

    DECEPTIVE_RECRUITMENT = "deceptive_recruitment"
    COERCIVE_RECRUITMENT = "coercive_recruitment"
    RECRUITMENT_ABUSE_OF_VULNERABILITY = "recruitment_abuse_of_vulnerability"
    EXPLOITATION = "exploitation"
    COERCION_AT_DESTINATION = "coercion_at_destination"
    ABUSE_OF_VULNERABILITY_AT_DESTINATION = "abuse_of_vulnerability_at_destination"


class Result(StrEnum):
    """The rows of the published table, and two of ours for combinations that it leaves open.

    NOT_A_VICTIM, EXPLOITED_MIGRANT, DECEPTION_AND_EXPLOITATION and TRAFFICKING are published. FORCED_LABOUR
    is ours: exploitation and coercion at the destination without means of recruitment. COERCION is ours too:
    coercion is shown, but no row covers what it comes with. Both are always referred.
    """

    NOT_A_VICTIM = "not_a_victim"
    EXPLOITED_MIGRANT = "exploited_migrant"
    COERCION = "coercion_outside_the_table"
    DECEPTION_AND_EXPLOITATION = "deception_and_exploitation"
    FORCED_LABOUR = "forced_labour"
    TRAFFICKING = "victim_of_trafficking_for_forced_labour"

    @property
    def severity(self) -> int:
        """Place in the order above: one more answer of "yes" never lowers it."""
        return list(Result).index(self)


class UnknownIndicator(ValueError):
    """Codes that are not on the ILO list; `codes` names them."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(sorted(codes))
        super().__init__(f"not on the ILO list: {', '.join(self.codes)}")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the list; `child` is None where the list for children lacks it, `ilo11` names the eleven."""

    code: str
    dimension: Dimension
    phase: str
    text: str
    adult: Weight
    child: Weight | None
    ilo11: tuple[int, ...]

    def weight(self, *, child: bool) -> Weight | None:
        """The weight in the profile; the table of one profile never serves the other."""
        return self.child if child else self.adult


class Counts(NamedTuple):
    """How many indicators of each weight one dimension holds."""

    strong: int = 0
    medium: int = 0
    weak: int = 0

    @property
    def positive(self) -> bool:
        """The ILO rule: two strong; one strong and another; three medium; or two medium and one weak."""
        return (
            self.strong >= 2
            or (self.strong >= 1 and self.medium + self.weak >= 1)
            or self.medium >= 3
            or (self.medium >= 2 and self.weak >= 1)
        )


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of an assessment of one person.

    `result` follows the published table to the letter. `result_with_vulnerability` lets abuse of
    vulnerability stand for the means of its phase, since Article 3 of the Palermo Protocol names it among
    the means; triage uses this one and shows both. With it, DECEPTION_AND_EXPLOITATION also means "abuse of
    vulnerability at recruitment, and exploitation". `not_counted` are known codes that the list for children
    does not hold.
    """

    positive: Mapping[str, bool]
    counts: Mapping[str, Counts]
    result: Result
    result_with_vulnerability: Result
    child: bool
    not_counted: frozenset[str]

    @property
    def always_refer(self) -> bool:
        """Whether the person must be offered referral whatever else is found."""
        return (
            Result.TRAFFICKING in (self.result, self.result_with_vulnerability)
            or self.result_with_vulnerability is Result.FORCED_LABOUR
            or self.positive[Dimension.COERCIVE_RECRUITMENT]
            or self.positive[Dimension.COERCION_AT_DESTINATION]
        )


class Bounds(NamedTuple):
    """Bounds of the result: `worst` counts every "not known" as yes, `best` as no."""

    worst: Assessment
    best: Assessment


def _read(file: Path) -> Mapping[str, Indicator]:
    rows = json.loads(file.read_text(encoding="utf-8"))["indicators"]
    return MappingProxyType(
        {
            row["code"]: Indicator(
                code=row["code"],
                dimension=Dimension(row["dimension"]),
                phase=row["phase"],
                text=row["text"],
                adult=Weight(row["adult"]),
                child=Weight(row["child"]) if row["child"] else None,
                ilo11=tuple(row["ilo11"]),
            )
            for row in rows
        }
    )


INDICATORS: Mapping[str, Indicator] = _read(Path(__file__).with_name("ilo_delphi_indicators.json"))
"""The 67 indicators by code, in the order of the list."""


def assess(codes: Iterable[str], *, child: bool = False) -> Assessment:
    """Assess the indicators answered "yes" for one person; the same code twice counts once.

    For a child (under 18) the weights of the list for children hold and exploitation alone suffices: no means
    are needed (Palermo Protocol, art. 3 c). RV09 and EX06 are not on that list: they count nothing, but are
    accepted and reported in `not_counted`: an interview need not be repeated when an age is corrected.
    Raises UnknownIndicator.
    """
    given = frozenset(codes)
    if unknown := given - INDICATORS.keys():
        raise UnknownIndicator(unknown)
    tally: dict[Dimension, Counter[Weight]] = {dimension: Counter() for dimension in Dimension}
    not_counted = set()
    for code in given:
        weight = INDICATORS[code].weight(child=child)
        if weight is None:
            not_counted.add(code)
        else:
            tally[INDICATORS[code].dimension][weight] += 1
    counts = {
        dimension.value: Counts(found[Weight.STRONG], found[Weight.MEDIUM], found[Weight.WEAK])
        for dimension, found in tally.items()
    }
    positive = {dimension: count.positive for dimension, count in counts.items()}
    return Assessment(
        positive=MappingProxyType(positive),
        counts=MappingProxyType(counts),
        result=_result(positive, child=child, vulnerability=False),
        result_with_vulnerability=_result(positive, child=child, vulnerability=True),
        child=child,
        not_counted=frozenset(not_counted),
    )


def bounds(yes: Iterable[str], not_known: Iterable[str], child: bool = False) -> Bounds:
    """The worst and the best case for the person: "not known" is not "no".

    Raises UnknownIndicator, and ValueError when a code is both answered and not known.
    """
    yes, not_known = frozenset(yes), frozenset(not_known)
    if both := yes & not_known:
        raise ValueError(f"answered and not known at once: {', '.join(sorted(both))}")
    return Bounds(worst=assess(yes | not_known, child=child), best=assess(yes, child=child))


def _result(positive: Mapping[str, bool], *, child: bool, vulnerability: bool) -> Result:
    """The table used with the labour force survey of Moldova, and our two rows where it is silent."""
    deceived = positive[Dimension.DECEPTIVE_RECRUITMENT]
    forced_in = positive[Dimension.COERCIVE_RECRUITMENT]
    forced_there = positive[Dimension.COERCION_AT_DESTINATION]
    coercion = forced_in or forced_there
    if vulnerability:
        deceived = deceived or positive[Dimension.RECRUITMENT_ABUSE_OF_VULNERABILITY]
        forced_there = forced_there or positive[Dimension.ABUSE_OF_VULNERABILITY_AT_DESTINATION]
    if not positive[Dimension.EXPLOITATION]:
        return Result.COERCION if coercion else Result.NOT_A_VICTIM
    if child or (forced_there and (deceived or forced_in)):
        return Result.TRAFFICKING
    if forced_there:
        return Result.FORCED_LABOUR
    if deceived:
        return Result.DECEPTION_AND_EXPLOITATION
    return Result.COERCION if forced_in else Result.EXPLOITED_MIGRANT
