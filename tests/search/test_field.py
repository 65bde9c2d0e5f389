"""The stored search text: written with its row, whoever writes it, and filled for old rows."""

import pytest
from django.db import connection

from permits.models import Employer, Worker
from tests.factories import permits as make
from wpis.search.field import fill, with_derived

pytestmark = pytest.mark.django_db


def test_it_follows_the_names_through_the_form(portal):
    by = make.a_user()
    portal.sign_in(by)
    draft = make.a_draft(make.an_employer(by), by)
    portal.post(f"/applications/{draft.pk}/worker/", {"surname": "Nguyễn", "surname_hy": "Սևակյան"})
    assert {"nguyen", "սեվակյան", "sevakian"} <= set(Worker.objects.get(pk=draft.pk).search_text.split())
    portal.post(f"/applications/{draft.pk}/worker/", {"surname": "Perera", "surname_hy": "Պերերա"})
    assert set(Worker.objects.get(pk=draft.pk).search_text.split()) == {"perera", "պերերա"}


def test_columns_made_of_others_are_saved_with_them():
    assert with_derived(Worker, ["surname"]) == ["surname", "search_text"]
    assert with_derived(Worker, ["passport_number"]) == ["passport_number", "passport_index"]
    assert with_derived(Worker, ["phone"]) == ["phone"]


def test_rows_of_an_earlier_release_are_filled():
    employer = make.an_employer(name_en="Çelik Yapı LLC")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE permits_employer SET search_text = ''")
    fill(Employer)
    assert {"celik", "yapi"} <= set(Employer.objects.get(pk=employer.pk).search_text.split())


@pytest.mark.parametrize("index", ["worker_search_text", "employer_search_text"])
def test_a_part_of_a_name_is_asked_of_a_trigram_index(index):
    table = f"permits_{index.partition('_')[0]}"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM {table} WHERE search_text LIKE '%%sharma%%'")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan
