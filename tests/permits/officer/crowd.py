"""Inserts many files directly into the tables, for tests of lists and their indexes."""

from django.db import connection

from permits.models import Application
from tests.factories import permits as make
from wpis.accounts.models import User

STATES = "submitted,in_review,waiting,approval_proposed,refusal_proposed"


def crowd(count: int, *, states: str = STATES, officer: User | None = None) -> list[Application]:
    """`count` open files of one employer, in the order of work; several share each decision date and moment."""
    employer = make.an_employer()
    with connection.cursor() as cursor:
        # A file is born as a draft, and the database refuses shortcuts: the owner looks away for this once.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            """
            INSERT INTO permits_application (id, reference, kind, state, employer_id, created_by_id, language,
                                             created_at, submitted_at, regime, due_on, officer_id)
            SELECT gen_random_uuid(), 'WP-' || lpad(g::text, 13, '0'), 'new',
                   (string_to_array(%s, ','))[1 + g %% array_length(string_to_array(%s, ','), 1)],
                   %s, %s, 'hy', at, at, 'R2026', (at + interval '30 days')::date, %s
            FROM (SELECT g, now() - interval '1 hour' * (g / 3) AS at FROM generate_series(1, %s) g) q
            """,
            [states, states, employer.pk, make.a_user().pk, officer.pk if officer else None, count],
        )
        cursor.execute(
            """
            INSERT INTO permits_worker (application_id, given_names, surname, given_names_hy, surname_hy, search_text,
                                        sex, nationality, passport_issuer, languages)
            SELECT id, 'RAJESH', 'SHARMA', 'ՌԱՋԵՇ', 'ՇԱՐՄԱ', 'rajesh sharma ռաջեշ շարմա', 'M', 'IND', 'IND', '{}'
            FROM permits_application WHERE employer_id = %s
            """,
            [employer.pk],
        )
        cursor.execute(
            """
            INSERT INTO permits_employmentterms (application_id, occupation, job_title, province, workplace)
            SELECT id, '7112', 'Bricklayer', 'AM-KT', 'x' FROM permits_application WHERE employer_id = %s
            """,
            [employer.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    return list(Application.objects.filter(employer=employer).order_by("due_on", "submitted_at", "pk"))
