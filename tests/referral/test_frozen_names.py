"""Names that other things rest on stay whatever the code is called: tables, audit actions, kinds of subject."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from referral.models import Case, Referral
from referral.referrals import actions as referrals
from referral.workflow import CASE, REFERRAL
from tests.factories.referral import a_referral
from wpis.audit.models import AuditEvent
from wpis.crypto.fields import EncryptedField
from wpis.crypto.sealing import Sealed, place, unseal

TABLES = {
    "referral_apirequest",
    "referral_apitoken",
    "referral_case",
    "referral_casechange",
    "referral_casemember",
    "referral_closingproposal",
    "referral_consent",
    "referral_disclosure",
    "referral_disclosurechange",
    "referral_note",
    "referral_outsideaccess",
    "referral_reminder",
}
SEALED = {
    "referral_case": ["person", "why", "contact_how", "contact_when", "contact_say"],
    "referral_consent": ["interpreter"],
    "referral_disclosure": ["reason", "packet", "decline_reason", "outcome_note"],
    "referral_note": ["text"],
    "referral_closingproposal": ["reason", "refusal"],
    "referral_casechange": ["reason"],
    "referral_disclosurechange": ["reason"],
    "referral_outsideaccess": ["note"],
}
"""Table -> columns that hold ciphertext, most since the first release; what was sealed is bound to these names."""
ACTIONS = {
    *(f"referral.case.{step}" for step in ("reach", "refer", "answer", "hold", "resume", "close", "reopen")),
    "referral.case.take_over",
    *(f"referral.disclosure.{step}" for step in ("accept", "decline", "complete", "withdraw")),
}


def test_the_tables_keep_their_names():
    assert {model._meta.db_table for model in apps.get_app_config("referral").get_models()} == TABLES


def test_what_is_encrypted_keeps_table_and_column():
    sealed = {
        model._meta.db_table: columns
        for model in apps.get_app_config("referral").get_models()
        if (columns := [f.column for f in model._meta.local_fields if isinstance(f, EncryptedField)])
    }
    assert sealed == SEALED


@pytest.mark.django_db
def test_ciphertext_bound_to_the_first_names_is_what_the_model_reads():
    referral, partner = a_referral()
    referrals.decline(referral, "We have no bed.", by=partner, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT packet, decline_reason FROM referral_disclosure WHERE id = %s", [referral.pk])
        packet, reason = (Sealed(bytes(value)) for value in cursor.fetchone())
    assert b"safe_contact" in unseal(packet, place("referral_disclosure", "packet", referral.pk))
    assert unseal(reason, place("referral_disclosure", "decline_reason", referral.pk)) == b"We have no bed."
    stored = Referral.objects.get(pk=referral.pk)
    assert stored.packet == referral.packet
    assert stored.decline_reason == "We have no bed."


def test_the_steps_write_the_audit_actions_of_the_first_release():
    assert {f"{flow.name}.{step}" for flow in (CASE, REFERRAL) for step in flow.transitions} == ACTIONS


@pytest.mark.django_db
def test_the_trail_calls_a_referral_what_it_always_did():
    referral, _partner = a_referral()
    kinds = AuditEvent.objects.filter(subject=referral.pk).values_list("subject_kind", flat=True)
    assert set(kinds) == {"referral.disclosure"}
    assert AuditEvent.objects.get(action="referral.case.open").subject_kind == Case._meta.label_lower
