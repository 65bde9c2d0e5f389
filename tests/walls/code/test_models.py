"""Wall: ORM. No real foreign key crosses from alerts or referral to what portal and office touch."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import DO_NOTHING, Field, ForeignKey

RESTRICTED = ("alerts", "referral")


def crossing_fields() -> "list[Field[Any, Any]]":
    """Every relation of a restricted model that points out of its own app."""
    return [
        field
        for label in RESTRICTED
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.is_relation
        and not (field.related_model and field.related_model._meta.app_label == label)
    ]


@pytest.mark.parametrize("field", crossing_fields(), ids=str)
def test_a_key_across_the_wall_has_no_constraint_and_no_way_back(field: "Field[Any, Any]") -> None:
    assert isinstance(field, ForeignKey)
    constraint = field.db_constraint  # type: ignore[attr-defined]  # the stubs lack it
    assert constraint is False, "a constraint would lock and name the other side"
    assert field.remote_field.on_delete is DO_NOTHING or field.related_model._meta.label == "accounts.User"
    assert field.remote_field.hidden, "a reverse accessor would let open code reach the row"


def test_no_open_model_points_at_a_restricted_one() -> None:
    for model in apps.get_models():
        if model._meta.app_label not in RESTRICTED:
            for field in model._meta.get_fields():
                related = getattr(field, "related_model", None)
                assert related is None or related._meta.app_label not in RESTRICTED, (model, field)


@pytest.mark.django_db
def test_the_database_itself_knows_no_key_across_the_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
        )
        for source, target in cursor.fetchall():
            if source.startswith(("alerts_", "referral_")) != target.startswith(("alerts_", "referral_")):
                pytest.fail(f"{source} has a real foreign key to {target}")
