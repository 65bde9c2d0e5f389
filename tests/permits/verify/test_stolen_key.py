"""The drill for a stolen signing key: what the public check, the print and the offline check say at each stage."""

import base64
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pgtrigger
import pypdf
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from permits.actions.permits import claims_of
from permits.certificate import render
from permits.certificate.of_permit import face
from permits.models import Permit, PermitSigning
from permits.submissions.reading import read
from permits.tasks import work_open
from permits.verify.verdicts import Note, Verdict, look_up
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from wpis.audit.models import AuditEvent
from wpis.audit.verification import reports
from wpis.crypto.permit_codes import PermitClaims, beginning, issue
from wpis.models import BackgroundJob

pytestmark = pytest.mark.django_db

STOLEN = settings.WPIS_PERMIT_KEY
"""The key of the tests, which a thief has copied."""

FRESH = {"kid": "p2", "seed": base64.b64encode(b"f" * 32).decode()}


def public_half(key: dict[str, str]) -> str:
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key["seed"]))
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


@contextmanager
def marked(since: datetime) -> Iterator[None]:
    """The list as it is once the theft is known: the new key in front, the stolen one marked."""
    listed = {"p2": public_half(FRESH), STOLEN["kid"]: f"{public_half(STOLEN)} stolen {since.isoformat()}"}
    with override_settings(WPIS_PERMIT_KEY=FRESH, WPIS_PERMIT_PUBLIC_KEYS=listed):
        yield


def forged(permit: Permit, **changes: Any) -> str:
    """A code that the thief signs: for a permit that nobody issued, or with something changed in one."""
    claims = claims_of(permit, read(permit.submission))
    values = {name: getattr(claims, name) for name in PermitClaims.__dataclass_fields__} | changes
    listed = {STOLEN["kid"]: public_half(STOLEN)}
    with override_settings(WPIS_PERMIT_KEY=STOLEN, WPIS_PERMIT_PUBLIC_KEYS=listed):
        return issue(PermitClaims(**values))


def run(surface: str, *words: str) -> str:
    """One step of the drill, as this surface's process would do it."""
    out = io.StringIO()
    digests = {
        kid: key
        for kid, key in settings.WPIS_DIGEST_KEYS.items()
        if kid.startswith((f"{surface}-", "files-"))
    }
    try:
        if surface == "owner":
            call_command("permit_key", *words, stdout=out)
        else:
            with standing_on(surface), override_settings(WPIS_DIGEST_KEYS=digests):
                call_command("permit_key", *words, stdout=out)
    except SystemExit as end:
        return f"{out.getvalue()}exit {end.code}"
    return out.getvalue()


def offline(code: str, keys: Path | None = None) -> tuple[int, str]:
    """What `manage.py verify_permit` answers, with our own list or with a published one."""
    out = io.StringIO()
    try:
        call_command("verify_permit", code, *(["--keys", str(keys)] if keys else []), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def published(folder: Path) -> Path:
    """The list as somebody without this service fetches it."""
    file = folder / "keys.json"
    file.write_bytes(SurfaceClient("portal").get("/check/keys.json").content)
    return file


def page(text: str, language: str = "en") -> str:
    response = SurfaceClient("portal").get(f"/check/{text}", {"hl": language})
    assert response.status_code == 200
    return str(response.content.decode())


def verdict(text: str) -> tuple[str, str]:
    found = look_up(text, timezone.now())
    return found.verdict, found.note


@pytest.fixture
def permit() -> Permit:
    """A permit of last month, in force."""
    with time_machine.travel(timezone.now() - timedelta(days=30), tick=False):
        issued = make.a_permit()
    Permit.objects.get(pk=issued.pk)
    return issued


@pytest.fixture
def since() -> datetime:
    return timezone.now() - timedelta(days=3)


def in_its_term(permit: Permit) -> time_machine.travel:
    noon = datetime.combine(permit.valid_from + timedelta(days=1), datetime.min.time()) + timedelta(hours=12)
    return time_machine.travel(timezone.make_aware(noon), tick=True)


def test_the_whole_drill(permit: Permit, tmp_path: Path, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    unknown = forged(permit, number="P-7K3M9QXD2FHA4")
    altered = forged(permit, employer="Somebody Else LLC")
    with in_its_term(permit):
        since = timezone.now() - timedelta(hours=5)
        # 1. Nobody knows yet. The register vouches for what it holds; offline a forgery cannot be told.
        assert verdict(permit.number) == verdict(permit.code) == (Verdict.VALID, "")
        assert verdict(unknown) == (Verdict.UNREADABLE, Note.NOT_IN_REGISTER)
        assert verdict(altered) == (Verdict.FORGED, "")
        assert (offline(permit.code)[0], offline(unknown)[0]) == (0, 0)
        old_list = published(tmp_path)
        assert json.loads(old_list.read_text())["revoked_keys"] == []

        with marked(since):
            # 2. The key is marked: no code under it is believed by itself; the register still knows the permit.
            assert verdict(permit.number) == verdict(permit.code) == (Verdict.VALID, Note.NEW_PRINT_WAITS)
            for forgery in (unknown, altered):
                assert verdict(forgery) == (Verdict.FORGED, Note.STOLEN_KEY)
                assert "genuine and valid" not in page(forgery)
                assert "may have been deceived" in page(forgery)
            assert "The holder has done nothing wrong." in page(permit.number)
            listed = json.loads(published(tmp_path).read_text())
            assert [key["kid"] for key in listed["keys"]] == ["p2"], (
                "who does not know of revocation sees no p1"
            )
            [revoked] = listed["revoked_keys"]
            assert revoked["kid"] == STOLEN["kid"]
            assert revoked["revoked"] == {"revoked_at": int(since.timestamp()), "reason": "compromised"}
            for keys in (None, published(tmp_path)):
                for code in (permit.code, unknown, altered):
                    status, said = offline(code, keys)
                    assert status == 1
                    assert "was stolen" in said
                    assert "public check" in said
                    assert "genuine and in force" not in said
                assert permit.number in offline(permit.code, keys)[1]

            # 3. The owner orders, the office signs.
            assert "ordered: 1" in run("owner", "order", STOLEN["kid"])
            assert verdict(permit.number) == (Verdict.VALID, Note.NEW_PRINT_WAITS)
            assert "ordered and not signed: 1" in run("owner", "status")
            said = run("office", "sign")
            assert "signed again: 1" in said
            assert "letters to employers: 1" in said

            # 4. The new print is checked anywhere; the old one by the register; the forgeries nowhere.
            signing = PermitSigning.objects.get()
            assert signing.code.startswith(beginning("p2"))
            assert Permit.objects.get(pk=permit.pk).code == permit.code, "the first signature stays"
            for text in (permit.number, permit.code, signing.code):
                assert verdict(text) == (Verdict.VALID, Note.SIGNED_AGAIN)
            assert offline(signing.code, published(tmp_path))[0] == 0
            assert offline(permit.code, published(tmp_path))[0] == 1
            for forgery in (unknown, altered):
                assert verdict(forgery) == (Verdict.FORGED, Note.STOLEN_KEY)
                assert offline(forgery)[0] == 1
            printed = face(Permit.objects.get(pk=permit.pk))
            assert printed.code == signing.code
            text = " ".join(
                page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render(printed))).pages
            )
            assert "Signed again on" in text

            # 5. Again changes nothing, and the trail tells of each step.
            assert "ordered: 0" in run("owner", "order", STOLEN["kid"])
            assert "signed again: 0" in run("office", "sign")
            assert BackgroundJob.objects.filter(kind="permits_signed_again").count() == 1
            assert AuditEvent.objects.get(action="permits.key.replace").detail["ordered"] == 1
            assert AuditEvent.objects.get(action="permits.permit.sign_again").subject == signing.pk
            assert [line for report in reports() for line in report.wrong if "permit" in report.table] == []


def test_employers_get_one_letter_when_all_of_theirs_is_signed(permit: Permit, since: datetime) -> None:
    application = permit.application
    second = make.a_permit(
        make.a_submitted_application(application.employer, application.created_by), at=timezone.now()
    )
    with marked(since):
        run("owner", "order", STOLEN["kid"])
        run("office", "sign")
        mail.outbox.clear()
        with standing_on("office"):
            work_open()
        [letter] = [one for one in mail.outbox if permit.number in one.body]
        assert second.number in letter.body
        assert letter.to == [application.created_by.email]
        assert "neither you nor the workers have done anything wrong" in letter.body
        employer = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(application.created_by)
        shown = employer.get(f"/applications/{application.pk}/").content.decode()
        assert "print it again" in shown
        assert employer.get(f"/applications/{application.pk}/permit.pdf").content.startswith(b"%PDF")


def test_what_was_issued_after_the_theft_is_not_believed_before_its_issue_is_confirmed(
    since: datetime,
) -> None:
    issued = make.a_permit()
    with in_its_term(issued), marked(since):
        assert verdict(issued.number) == (Verdict.UNREADABLE, Note.BEING_CONFIRMED)
        assert "no fault of the holder" in page(issued.number)
        run("owner", "order", STOLEN["kid"])
        assert verdict(issued.number) == (Verdict.VALID, Note.NEW_PRINT_WAITS)


def test_a_permit_of_whose_issue_the_trail_does_not_tell_is_neither_ordered_nor_believed(
    permit: Permit, since: datetime
) -> None:
    with pgtrigger.ignore("audit.AuditEvent:append_only"):
        AuditEvent.objects.filter(action="permits.permit.issue", subject=permit.pk).delete()
    with in_its_term(permit), marked(since):
        other = make.a_permit()
        said = run("owner", "order", STOLEN["kid"])
        assert "ordered: 0" in said
        assert permit.number in said
        assert "exit 1" in said
        assert other.number not in said, "it is signed with the new key"


def test_once_the_order_is_given_an_older_row_that_is_not_on_it_is_not_believed(permit: Permit) -> None:
    good = make.a_permit(at=timezone.now())
    with in_its_term(good), marked(timezone.now() - timedelta(minutes=1)):
        with pgtrigger.ignore("audit.AuditEvent:append_only"):
            AuditEvent.objects.filter(action="permits.permit.issue", subject=permit.pk).delete()
        assert verdict(permit.number) == (Verdict.VALID, Note.NEW_PRINT_WAITS)
        run("owner", "order", STOLEN["kid"])
        assert verdict(permit.number) == (Verdict.UNREADABLE, Note.BEING_CONFIRMED)
        assert verdict(good.number) == (Verdict.VALID, Note.NEW_PRINT_WAITS)


def test_a_revoked_permit_is_not_signed_again_and_stays_revoked(permit: Permit, since: datetime) -> None:
    with marked(since):
        run("owner", "order", STOLEN["kid"])
        Permit.objects.filter(pk=permit.pk).update(revoked_at=timezone.now())
        assert "signed again: 0" in run("office", "sign")
        assert verdict(permit.number)[0] == verdict(permit.code)[0] == Verdict.REVOKED


def test_a_row_that_says_something_else_than_its_code_is_named_and_not_signed(
    permit: Permit, since: datetime
) -> None:
    with pgtrigger.ignore("permits.Permit:as_issued"):
        Permit.objects.filter(pk=permit.pk).update(valid_until=permit.valid_until + timedelta(days=300))
    with marked(since):
        run("owner", "order", STOLEN["kid"])
        said = run("office", "sign")
        assert f"{permit.number}: its former code does not say what the register says" in said
        assert "exit 1" in said
        assert PermitSigning.objects.get().signed_at is None


def test_a_run_that_was_killed_is_taken_up(permit: Permit, since: datetime, monkeypatch: Any) -> None:
    others = [make.a_permit(), make.a_permit()]
    monkeypatch.setattr("permits.actions.signing.BATCH", 1)
    with marked(since):
        run("owner", "order", STOLEN["kid"])
        real: Callable[[PermitClaims], str] = issue
        made: list[PermitClaims] = []

        def breaks(claims: PermitClaims) -> str:
            if made:
                raise KeyboardInterrupt
            made.append(claims)
            return real(claims)

        monkeypatch.setattr("permits.actions.signing.issue", breaks)
        with pytest.raises(KeyboardInterrupt):
            run("office", "sign")
        assert PermitSigning.objects.exclude(signed_at=None).count() == 1
        monkeypatch.setattr("permits.actions.signing.issue", real)
        assert "signed again: 2" in run("office", "sign")
        assert {row.permit_id for row in PermitSigning.objects.exclude(signed_at=None)} == {
            permit.pk,
            *(other.pk for other in others),
        }
        assert BackgroundJob.objects.filter(kind="permits_signed_again").count() == 3


def test_a_second_theft_is_drilled_like_the_first(permit: Permit, since: datetime) -> None:
    third = {"kid": "p3", "seed": base64.b64encode(b"t" * 32).decode()}
    with marked(since):
        run("owner", "order", STOLEN["kid"])
        run("office", "sign")
    moment = since.isoformat()
    listed = {
        "p3": public_half(third),
        "p2": f"{public_half(FRESH)} stolen {moment}",
        STOLEN["kid"]: f"{public_half(STOLEN)} stolen {moment}",
    }
    with in_its_term(permit), override_settings(WPIS_PERMIT_KEY=third, WPIS_PERMIT_PUBLIC_KEYS=listed):
        assert "ordered: 0" in run("owner", "order", STOLEN["kid"])
        assert "ordered: 1" in run("owner", "order", "p2")
        run("office", "sign")
        newest = PermitSigning.objects.get(former_kid="p2")
        assert newest.code.startswith(beginning("p3"))
        for row in PermitSigning.objects.all():
            assert verdict(row.code) == (Verdict.VALID, Note.SIGNED_AGAIN)


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_no_other_process_signs(permit: Permit, since: datetime, surface: str) -> None:
    with marked(since):
        run("owner", "order", STOLEN["kid"])
        with pytest.raises(CommandError, match="office's web process alone"):
            run(surface, "sign")
        with pytest.raises(CommandError, match="office's web process alone"):
            run("owner", "sign")
        with pytest.raises(CommandError, match="Only the owner"):
            run("office", "order", STOLEN["kid"])


def test_nothing_is_ordered_of_a_key_that_is_not_marked() -> None:
    with pytest.raises(CommandError, match="not marked as stolen"):
        run("owner", "order", STOLEN["kid"])


ATTACKS = {
    "the office orders": (
        "office",
        "INSERT INTO permits_permitsigning (id, permit_id, former_kid, ordered_at, kid, code) "
        "SELECT gen_random_uuid(), id, 'p0', now(), '', '' FROM permits_permit",
    ),
    "the office signs for another permit": (
        "office",
        "UPDATE permits_permitsigning SET permit_id = gen_random_uuid()",
    ),
    "the office signs with the former key": (
        "office",
        "UPDATE permits_permitsigning SET kid = former_kid, code = 'WP1:A', signed_at = clock_timestamp()",
    ),
    "the office dates a signature back": (
        "office",
        "UPDATE permits_permitsigning SET kid = 'p2', code = 'WP1:A', signed_at = now() - interval '1 day'",
    ),
    "the portal signs": (
        "portal",
        "UPDATE permits_permitsigning SET kid = 'p2', code = 'WP1:A', signed_at = clock_timestamp()",
    ),
    "the office deletes an order": ("office", "DELETE FROM permits_permitsigning"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_role_orders_or_signs_past_the_drill(permit: Permit, since: datetime, attack: str) -> None:
    surface, statement = ATTACKS[attack]
    with marked(since):
        run("owner", "order", STOLEN["kid"])
    with (
        standing_on(surface),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_code_that_sql_puts_into_an_order_is_not_believed(permit: Permit, since: datetime) -> None:
    with in_its_term(permit), marked(since):
        run("owner", "order", STOLEN["kid"])
        with standing_on("office"), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE permits_permitsigning SET kid = 'p2', code = %s, signed_at = clock_timestamp()",
                [forged(permit, employer="Somebody Else LLC")],
            )
        assert verdict(permit.number)[0] != Verdict.VALID
        assert any("sign_again" in line for report in reports() for line in report.wrong)


def test_a_new_key_is_made_into_a_file_of_its_maker_alone(tmp_path: Path) -> None:
    file = tmp_path / "p9.json"
    said = run("owner", "new", "p9", "--seed-file", str(file))
    made = json.loads(file.read_text())
    assert (made["kid"], file.stat().st_mode & 0o777) == ("p9", 0o600)
    assert made["seed"] not in said
    assert json.dumps({"p9": public_half(made)}) in said
    with pytest.raises(CommandError, match="name a new file"):
        run("owner", "new", "p9", "--seed-file", str(file))
    with pytest.raises(CommandError, match="on the list"):
        run("owner", "new", STOLEN["kid"], "--seed-file", str(tmp_path / "other"))


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_the_words_are_said_in_each_language(permit: Permit, since: datetime, language: str) -> None:
    unknown = forged(permit, number="P-7K3M9QXD2FHA4")
    with in_its_term(permit), marked(since):
        for text in (permit.number, unknown):
            shown = page(text, language)
            assert "nothing wrong" not in shown
            assert "deceived" not in shown
