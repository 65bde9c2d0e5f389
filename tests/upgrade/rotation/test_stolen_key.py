"""The drill for a stolen signing key, on the permits of an earlier release."""

import base64
import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from permits.actions import signing
from permits.models import Permit, PermitSigning
from permits.verify.verdicts import Note, look_up
from tests.conftest import standing_on
from tests.upgrade.clock import Clock
from tests.upgrade.keys import _key
from tests.upgrade.restoring import Release
from wpis.crypto.new_keys import public_keys
from wpis.crypto.permit_codes import beginning, kid_of, verify

NEW = {"kid": "p3", "seed": base64.b64encode(b"n" * 32).decode()}


def test_permits_of_that_release_are_signed_again_and_checked(
    release: Release, settings: Any, clock: Clock
) -> None:
    at: datetime = timezone.now()
    stolen = {kid_of(permit.code) for permit in signing.in_force(at.date())}
    assert stolen, "the release has permits in force"
    listed = json.loads(public_keys(json.dumps(NEW)))
    for kid in stolen:
        listed |= {
            name: f"{half} stolen {at.isoformat()}"
            for name, half in json.loads(public_keys(json.dumps({"kid": kid, "seed": _key(kid)}))).items()
        }
    settings.WPIS_PERMIT_KEY, settings.WPIS_PERMIT_PUBLIC_KEYS = NEW, listed
    in_force = set(signing.in_force(at.date()).values_list("pk", flat=True))
    ordered = [signing.order(kid, at=at) for kid in sorted(stolen)]
    assert [report.reasons for report in ordered] == [[] for _ in stolen]
    with standing_on("office"):
        report = signing.sign_waiting(at=at)
    assert (report.done, report.reasons) == (len(in_force), [])
    for permit in Permit.objects.filter(pk__in=in_force):
        row = PermitSigning.objects.get(permit=permit)
        assert row.code.startswith(beginning("p3"))
        noon = timezone.make_aware(datetime.combine(permit.valid_from, datetime.min.time()).replace(hour=12))
        assert verify(row.code, now=noon).number == permit.number
        found = [look_up(text, noon) for text in (permit.code, row.code, permit.number)]
        assert {(one.verdict, one.note) for one in found} == {("valid", Note.SIGNED_AGAIN)}
