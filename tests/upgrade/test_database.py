"""An upgraded database is built like a new one, and its walls stand."""

import difflib

import pytest

from tests.conftest import standing_on
from tests.upgrade import cluster
from tests.upgrade.restoring import Release
from wpis.surfaces import ROLES, breaches


def test_an_upgraded_database_is_built_like_a_new_one(release: Release) -> None:
    new, upgraded = cluster.schema(release.new), cluster.schema(release.url)
    assert len(new) > 500
    assert list(difflib.unified_diff(new, upgraded, "new", "upgraded", lineterm="", n=1)) == []


@pytest.mark.parametrize("surface", ROLES)
def test_no_surface_holds_a_grant_of_the_old_release_that_is_not_declared_any_more(
    release: Release, surface: str
) -> None:
    with standing_on(surface):
        assert breaches() == []
