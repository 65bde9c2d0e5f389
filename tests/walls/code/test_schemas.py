"""Wall: strings. Each interface for programs describes its own surface alone, and the office has none."""

import json
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from rest_framework.views import APIView

from permits.api.describe import PortalSchema
from referral.api.describe import PartnerSchema
from tests.factories.permits import a_user
from tests.factories.referral import a_partner
from tests.walls.addresses import addresses
from tests.walls.test_urls import probe
from tests.walls.words import secrets_in
from wpis.accounts.roles import Role

SCHEMAS = {"portal": PortalSchema, "protection": PartnerSchema}


def described(surface: str) -> dict[str, Any]:
    """The OpenAPI file of a surface, as data."""
    schema: dict[str, Any] = json.loads(SCHEMAS[surface].printed())
    return schema


def routed(surface: str) -> set[str]:
    """The addresses of a surface that programs call, as OpenAPI writes them."""
    return {
        "/" + address.pattern.replace("<uuid:", "{").replace(">", "}").replace("{pk}", "{id}")
        for address in addresses(surface)
        if address.pattern.startswith("api/v1/")
    }


@pytest.mark.parametrize("surface", SCHEMAS)
def test_a_description_holds_exactly_the_addresses_of_its_surface(surface: str) -> None:
    paths = set(described(surface)["paths"])
    other = "protection" if surface == "portal" else "portal"
    assert paths == routed(surface)
    assert not paths & routed(other)
    assert len(paths) > 3


@pytest.mark.parametrize("surface", SCHEMAS)
def test_a_description_is_valid_and_made_without_a_warning(surface: str) -> None:
    GENERATOR_STATS.reset()
    schema = described(surface)
    assert not GENERATOR_STATS, "what was wrong stands in the captured output"
    validate_schema(schema)
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            assert {"401", "429"} <= set(operation["responses"])
            assert operation["security"] == [{"token": []}]
            if method == "post":
                assert any(field["name"] == "Idempotency-Key" for field in operation["parameters"])
                assert "409" in operation["responses"]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_portals_description_holds_no_secret_word_in_any_language(language: str, portal: Any) -> None:
    with translation.override(language):
        assert secrets_in(PortalSchema.printed()) == []
    served = portal.get("/api/schema", headers={"Accept-Language": language})
    assert secrets_in(served.content.decode()) == []
    assert not set(json.loads(served.content)["paths"]) & routed("protection")


def test_the_two_descriptions_have_their_own_words() -> None:
    titles = {described(surface)["info"]["title"] for surface in SCHEMAS}
    assert titles == {"Work permits of Armenia", "Items for partner agencies"}


@pytest.mark.django_db
def test_the_protection_desks_description_is_for_partners_alone(client_on: Any) -> None:
    partner = client_on("protection").sign_in(a_partner())
    assert json.loads(partner.get("/api/schema").content)["info"]["title"] == "Items for partner agencies"
    for role in (Role.ANALYST, Role.CASEWORKER, Role.AUDITOR):
        assert client_on("protection").sign_in(a_user(role)).get("/api/schema").status_code == 404
    assert client_on("protection").get("/api/schema").status_code == 302


@pytest.mark.django_db
def test_the_office_has_no_interface_for_programs_and_describes_none(office: Any) -> None:
    assert not {"rest_framework", "drf_spectacular"} & set(probe("office")["apps"])
    assert not [address for address in addresses("office") if "api" in address.pattern.split("/")]
    for view in views(import_module("wpis.urls.office").urlpatterns):
        assert not issubclass(getattr(view, "cls", object), APIView), view
    officer = office.sign_in(a_user(Role.OFFICER))
    for path in ("/api/schema", "/api/v1/applications", "/api/v1/items"):
        assert officer.get(path).status_code == 404


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_a_process_routes_only_its_own_interface(surface: str) -> None:
    rooms = {module.split(".")[0] for _place, module in probe(surface)["routes"] if ".api." in module}
    assert rooms - {"wpis"} == {
        "permits" if surface == "portal" else "referral"
    }  # wpis serves the description


def views(patterns: Any) -> list[Any]:
    """Every view below these patterns."""
    return [
        view
        for item in patterns
        for view in (views(item.url_patterns) if hasattr(item, "url_patterns") else [item.callback])
    ]
