"""Narrows a list of applications to those that a search text means, in SQL alone."""

from typing import Any

from django.db.models import Q, QuerySet

from permits.models import Application, Employer, Permit, Worker
from permits.search.numbers import passport_number, permit_numbers, reference_starts
from wpis.languages.signs import code_signs, without_invisible
from wpis.search.words import named

LONGEST = 100
"""Signs of a search text; what follows is ignored."""


def among_all(files: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Of all files of the office: by reference, permit, passport, worker or employer.

    A union instead of an OR: each part walks its own index, and the list is built out of what they find.
    """
    text = _shortened(text)
    if not text:
        return files
    found: list[QuerySet[Any, Any]] = []
    for start in reference_starts(text):
        found.append(Application.objects.filter(reference__startswith=start).values("pk"))
    if numbers := permit_numbers(text):
        found.append(Permit.objects.filter(number__in=numbers).values("application"))
    if passport := passport_number(text):
        found.append(Worker.objects.filter(passport_index=passport).values("pk"))
    if names := named("search_text", text):
        found.append(Worker.objects.filter(names).values("pk"))
    found.append(Application.objects.filter(employer__in=employers(text).values("pk")).values("pk"))
    first, *others = found
    return files.filter(pk__in=first.union(*others))


def among_own(applications: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Of an employer's own applications: by reference, permit, passport or worker.

    Asked row by row of the employer's own: what others have filed takes no part, not even in the time.
    """
    text = _shortened(text)
    if not text:
        return applications
    found = Q(pk=None)
    for start in reference_starts(text):
        found |= Q(reference__startswith=start)
    if numbers := permit_numbers(text):
        found |= Q(permit__number__in=numbers)
    if passport := passport_number(text):
        found |= Q(worker__passport_index=passport)
    if names := named("worker__search_text", text):
        found |= names
    return applications.filter(found)


def employers(text: str) -> QuerySet[Employer]:
    """Employers with this tax number, or whose name holds every word."""
    names = named("search_text", _shortened(text)) or Q(pk=None)
    return Employer.objects.filter(names | Q(tax_number=code_signs(text)[:_DIGITS]))


_DIGITS = 20
"""Signs of a tax number and more: a long text is no parameter of a look-up."""


def _shortened(text: str) -> str:
    return without_invisible(text).strip()[:LONGEST]
