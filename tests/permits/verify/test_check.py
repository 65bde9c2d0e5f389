"""The public check of a permit: by number, by the QR code's address, by the signed code."""

import json
from datetime import datetime, timedelta
from urllib.parse import quote

import pgtrigger
import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from permits.models import Permit
from tests.factories import permits as make
from wpis.crypto.permit_codes import verify
from wpis.references import check_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def permit():
    return make.a_permit()


def on(day):
    noon = datetime.combine(day, datetime.min.time()) + timedelta(hours=12)
    return time_machine.travel(timezone.make_aware(noon), tick=False)


def answer(portal, text):
    response = portal.get(f"/check/{text}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_permit_is_valid_within_its_term_and_says_when_it_was_checked(portal, permit):
    with on(permit.valid_from):
        shown = answer(portal, permit.number)
        moment = timezone.localtime().strftime("%d.%m.%Y, %H:%M")
    assert "This permit is genuine and valid today." in shown
    assert 'class="note ok"' in shown
    assert moment in shown
    for known in ("Ararat Build", "Bricklayers", "R*** K*** S***", permit.valid_until.strftime("%d.%m.%Y")):
        assert known in shown
    for private in ("RAJESH", "SHARMA", "1991", "320"):
        assert private not in shown


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "It becomes valid on"), (0, "valid today"), (None, "valid today"), (1, "it ended on")],
)
def test_the_first_and_the_last_day_are_valid_days(portal, permit, days, words):
    day = permit.valid_until if days in (None, 1) else permit.valid_from
    with on(day + timedelta(days=days or 0)):
        assert words in answer(portal, permit.number)


def test_a_revoked_permit_is_told_apart_from_an_expired_one(portal, permit):
    Permit.objects.filter(pk=permit.pk).update(revoked_at=timezone.now())
    with on(permit.valid_from):
        shown = answer(portal, permit.number)
    assert "This permit was revoked on" in shown
    assert "it ended on" not in shown


def test_an_unknown_number_is_said_so_and_shown_back(portal):
    body = "7K3M9QXD2FH04"
    number = body + check_letter(body)
    shown = answer(portal, f"p-{number.lower().replace('0', 'o')}")
    assert "There is no permit with this number" in shown
    assert f"P-{number}" in shown


def test_a_slip_in_the_number_is_called_one(portal, permit):
    slip = "Z" if permit.number[-1] != "Z" else "Y"
    shown = answer(portal, permit.number[:-1] + slip)
    assert "One character in this number is wrong" in shown
    assert "There is no permit with this number" not in shown


@pytest.mark.parametrize("text", ["%00", "WP1:", "WP1:AAAA", "x" * 300, "<b>", "P-%00"])
def test_nonsense_is_not_found_and_not_shown_back(portal, text):
    shown = answer(portal, text)
    assert "There is no permit" in shown
    assert "<b>" not in shown


def test_a_number_is_understood_as_people_type_it(portal, permit):
    typed = f"  {permit.number.lower().replace('0', 'o')} "
    response = portal.get("/check/", {"number": typed})
    assert "Number" in response.content.decode()
    assert permit.number in response.content.decode()


def test_the_signed_code_is_verified_and_a_changed_letter_is_refused(portal, permit):
    with on(permit.valid_from):
        assert "valid today" in answer(portal, permit.code)
        place = len(permit.code) // 2
        changed = permit.code[:place] + ("A" if permit.code[place] != "A" else "B") + permit.code[place + 1 :]
        shown = answer(portal, changed)
    assert "valid today" not in shown
    assert "The signature of this code is not ours" in shown or "There is no permit" in shown


def test_a_genuine_code_of_a_revoked_permit_is_revoked(portal, permit):
    Permit.objects.filter(pk=permit.pk).update(revoked_at=timezone.now())
    assert "This permit was revoked on" in answer(portal, permit.code)


def test_the_published_keys_verify_a_code_without_this_service(portal, permit):
    keys = json.loads(portal.get("/check/keys.json").content)["keys"]
    noon = timezone.make_aware(datetime.combine(permit.valid_from, datetime.min.time()) + timedelta(hours=12))
    assert verify(permit.code, keys, now=noon).number == permit.number
    assert all("d" not in key for key in keys)


@pytest.mark.parametrize(
    "spelling",
    [
        "{body}",
        "P{body}",
        "P–{body}",
        "P\u2011{body}",
        "P֊{body}",
        "P−{body}",
        "Р-{body}",
        "р‑{lower}",
        "P-{body}.",
        "P - {body} ,",
        "P {half} {rest}",
        "\u202aP-{body}\u202c\u200b",
        "№ P-{body}",
        "https://permits.example.am/check/P-{body}?hl=ru",
    ],
)
def test_a_genuine_permit_is_found_however_its_number_is_typed(portal, permit, spelling):
    body = permit.number.removeprefix("P-")
    typed = spelling.format(body=body, lower=body.lower(), half=body[:7], rest=body[7:])
    for response in (portal.get("/check/", {"number": typed}), portal.get("/check/" + quote(typed, safe=""))):
        if "://" in typed and response.status_code == 404:
            continue  # an address within an address
        shown = response.content.decode()
        assert permit.number in shown
        assert "There is no permit" not in shown
        assert "Ararat Build" in shown


@pytest.mark.parametrize(
    ("language", "words"), [("hy", "սխալ"), ("ru", "невер"), ("en", "One character in this number is wrong")]
)
def test_a_mistyped_number_without_its_prefix_is_called_so_in_every_language(portal, permit, language, words):
    slip = permit.number[:-1] + ("Z" if permit.number[-1] != "Z" else "Y")
    for typed in (slip, slip.removeprefix("P-"), slip.replace("P-", "Р–")):
        shown = portal.get("/check/", {"number": typed, "hl": language}, follow=True).content.decode()
        assert words in shown.lower() or words in shown, typed


def test_titles_and_places_are_in_the_language_of_the_reader(portal, permit):
    for language, title, place in (
        ("ru", "Каменщики", "Ереван"),
        ("hy", "Որմնադիրներ", "Երևան"),
        ("en", "Bricklayers", "Yerevan"),
    ):
        shown = portal.get(f"/check/{permit.number}", {"hl": language}, follow=True).content.decode()
        assert title in shown
        assert place in shown


def test_without_a_number_the_page_asks_for_one(portal):
    assert "Permit number" in portal.get("/check/").content.decode()
    response = portal.get("/check/", {"number": ""})
    assert response.status_code == 422
    assert "Enter the number of the permit" in response.content.decode()


FORGERIES = {
    "a code that nobody signed": lambda permit, other: {"code": "WP1:AAAA"},
    "the code of another permit": lambda permit, other: {"code": other.code},
    "a longer term": lambda permit, other: {"valid_until": permit.valid_until + timedelta(days=365)},
    "a term that begins earlier": lambda permit, other: {"valid_from": permit.valid_from - timedelta(days=1)},
    "what another employer filed": lambda permit, other: {"submission": other.submission},
    "an application that nobody decided": lambda permit, other: {
        "application": make.a_submitted_application()
    },
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_row_in_the_register_without_its_own_signature_is_not_genuine(portal, permit, forgery):
    boss = make.a_user()
    other = make.a_permit(make.a_submitted_application(make.an_employer(boss, name_en="Sevan Textile"), boss))
    with on(permit.valid_from):
        assert "valid today" in answer(portal, permit.number)
    with pgtrigger.ignore("permits.Permit:as_issued"):
        Permit.objects.filter(pk=permit.pk).update(**FORGERIES[forgery](permit, other))
    with on(permit.valid_from):
        shown = answer(portal, permit.number)
    assert "Do not accept the paper." in shown
    assert "genuine and valid" not in shown
    assert "Ararat Build" not in shown


def test_a_permit_that_has_ended_stays_known_when_its_key_has_been_retired(portal, permit, settings):
    public = {"later": next(iter(settings.WPIS_PERMIT_PUBLIC_KEYS.values()))}
    with override_settings(WPIS_PERMIT_PUBLIC_KEYS=public):
        with on(permit.valid_until + timedelta(days=1)):
            assert "it ended on" in answer(portal, permit.number)
        with on(permit.valid_until):
            assert "Do not accept the paper." in answer(portal, permit.number)
