"""The files of the receiving agencies: read strictly, dated, complete."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from referral.agencies.directory import FOLDER, AnswerUnit, agencies, read_agency
from referral.shared_fields.catalogue import catalogue
from wpis.law import InvalidFile


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    text = (FOLDER / "police-anti-trafficking.yaml").read_text()
    assert old in text
    file = tmp_path / "police.yaml"
    file.write_text(text.replace(old, new, 1))
    return file


def test_every_file_is_read_and_names_five_agencies():
    assert set(agencies()) == {
        "victim-identification-commission",
        "police-anti-trafficking",
        "labour-inspectorate",
        "ngo-shelter",
        "ombudsman",
    }


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[alias, spoken_language, child", "[alias, salary, child", "unknown fields: salary"),
        ("access_days: 30", "acces_days: 30", "'acces_days' is an unknown entry"),
        ("channel: portal", "channel: fax", "'channel' must be one of portal, found 'fax'"),
        ("unit: hours", "unit: weeks", "'unit' must be one of hours, working_days, found 'weeks'"),
        ("within: 24", "within: 0", "at least 1"),
        ("consent: required", "consent: maybe", "'consent' must be one of"),
        ("consent: not_required", "consent: required", "no ground for doing without it"),
        (
            "  - slug: safe\n",
            "  - slug: safe\n    means: rescued\n",
            "'means' must be one of accepted, .*, found 'rescued'",
        ),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path, old, new, complaint):
    with pytest.raises(InvalidFile, match=complaint):
        read_agency(_changed(tmp_path, old, new))


def test_a_purpose_without_consent_names_its_ground(tmp_path):
    ground = next(
        line
        for line in (FOLDER / "police-anti-trafficking.yaml").read_text().splitlines()
        if "    ground:" in line
    )
    with pytest.raises(InvalidFile, match="'ground' is missing"):
        read_agency(_changed(tmp_path, ground + "\n", ""))


def test_what_is_sent_without_consent_names_nobody_by_name_or_number():
    identifying = {"full_name", "full_name_hy", "birth_date", "passport_number", "safe_contact", "findings"}
    for agency in agencies().values():
        for purpose in agency.purposes.values():
            if not purpose.needs_consent:
                assert not identifying & set(purpose.fields), (agency.slug, purpose.slug)


def test_support_asks_for_no_proceedings_and_shares_no_status():
    """E2: nothing in the catalogue or in a mandate ties help to cooperation or reports a permit status."""
    words = ("complaint_filed", "cooperat", "testi", "permit", "status", "residence")
    assert not [slug for slug in catalogue() if any(word in slug for word in words)]
    shelter = agencies()["ngo-shelter"].purposes["shelter"]
    assert not {"employer_name", "findings", "passport_number"} & set(shelter.fields)


def test_answers_are_due_in_hours_or_working_days():
    friday = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)  # 17:00 in Yerevan
    shelter, commission = agencies()["ngo-shelter"], agencies()["victim-identification-commission"]
    assert shelter.answer_unit is AnswerUnit.HOURS
    assert shelter.answer_due(friday) == datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
    assert commission.answer_due(friday) == datetime(2026, 11, 25, 14, 0, tzinfo=UTC)  # Wednesday 18:00


def test_every_text_is_in_armenian_and_english():
    for agency in agencies().values():
        texts = [agency.name, agency.mandate, *[p.title for p in agency.purposes.values()]]
        texts += [outcome.title for outcome in agency.outcomes.values()]
        for words in texts:
            assert words["en"].isascii()
            assert any("Ա" <= letter <= "և" for letter in words["hy"])
