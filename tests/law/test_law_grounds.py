"""Legal grounds of decisions, as they hold on a day."""

from datetime import date

import pytest

from wpis import law
from wpis.law import Confidence, NotInForce
from wpis.law.grounds import Decision, Ground, grounds

R2022 = date(2026, 10, 31)
R2026 = date(2026, 11, 1)


def codes(found: tuple[Ground, ...]) -> set[str]:
    return {one.code for one in found}


def test_the_labour_market_is_a_ground_until_the_test_is_abolished() -> None:
    assert "labour_market" in codes(law.refusal_grounds(R2022))
    assert "labour_market" not in codes(law.refusal_grounds(R2026))


def test_the_quota_and_a_missing_answer_are_grounds_from_r2026_on() -> None:
    new = codes(law.refusal_grounds(R2026)) - codes(law.refusal_grounds(R2022))
    assert new == {"quota_exhausted", "no_answer"}


def test_each_regime_has_its_own_way_to_an_approval() -> None:
    assert "permit_after_market_test" in codes(law.approval_grounds(R2022))
    assert "permit_within_quota" in codes(law.approval_grounds(R2026))
    assert codes(law.approval_grounds(R2022)) & codes(law.approval_grounds(R2026)) >= {
        "exempt_category",
        "extension",
    }


def test_a_permit_can_be_ended_on_coded_grounds() -> None:
    assert "own_request" in codes(law.revocation_grounds(R2026))
    assert "absence" not in codes(law.revocation_grounds(R2022))


def test_no_ground_holds_before_the_first_regime() -> None:
    assert law.refusal_grounds(date(2021, 12, 31)) == ()


def test_a_ground_is_found_by_its_code_and_day() -> None:
    found = law.ground("labour_market", R2022)
    assert found.decision is Decision.REFUSAL
    assert "25" in found.reference
    assert found.confidence is Confidence.CONFIRMED


def test_a_ground_that_does_not_hold_is_refused_by_name() -> None:
    with pytest.raises(NotInForce, match="ground labour_market is not in force on 2026-11-01"):
        law.ground("labour_market", R2026)
    with pytest.raises(NotInForce):
        law.ground("invented", R2022)


@pytest.mark.parametrize("one", grounds(), ids=lambda one: one.code)
def test_every_ground_has_a_title_in_both_languages_and_a_stable_code(one: Ground) -> None:
    assert one.code.isidentifier()
    assert one.code.islower()
    assert one.title["en"].isascii()
    assert any("Ա" <= letter <= "և" for letter in one.title["hy"])
    if one.reference == "no source found":
        assert one.confidence is Confidence.GENERAL
