"""The catalogue of what may be shared."""

import pytest

from referral.shared_fields.catalogue import Kind, catalogue, read_catalogue
from wpis.law import InvalidFile


def test_a_field_with_an_unknown_kind_is_refused(tmp_path):
    file = tmp_path / "fields.yaml"
    file.write_text('fields:\n  - {slug: x, title: {en: "X", hy: "Ի"}, kind: colour}\n')
    with pytest.raises(InvalidFile, match=r"'kind' must be one of text, .*, found 'colour'"):
        read_catalogue(file)
    assert {field.kind for field in catalogue().values()} == set(Kind)


def test_a_telephone_that_the_employer_filed_is_never_shared():
    assert not [slug for slug in catalogue() if "phone" in slug or "email" in slug]
