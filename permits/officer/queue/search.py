"""Search in the queue: by reference, worker's name or employer."""

from django.db.models import Q, QuerySet

from permits.models import Application, Employer, Worker
from wpis.references import tidy

LONGEST = 100
WORDS = 5
"""Further words are ignored: they no longer narrow the result."""


def matching(files: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Those of `files` whose reference starts with the text, or whose worker or employer it names."""
    words = text[:LONGEST].split()[:WORDS]
    if not words:
        return files
    if (reference := tidy(text)).startswith("WP-"):
        return files.filter(reference__startswith=reference)
    of_workers = _workers(words).values("pk")
    of_employers = Application.objects.filter(employer__in=employers(text).values("pk")).values("pk")
    # A union instead of an OR: each half walks its own index, and the list is built out of what they find.
    return files.filter(pk__in=of_workers.union(of_employers))


def employers(text: str) -> QuerySet[Employer]:
    """Employers with this tax number, or whose name holds every word."""
    found = Q()
    for word in text[:LONGEST].split()[:WORDS]:
        found &= Q(name_en__icontains=word) | Q(name_hy__icontains=word)
    return Employer.objects.filter(found | Q(tax_number=text.strip()))


def _workers(words: list[str]) -> QuerySet[Worker]:
    found = Q()
    for word in words:
        found &= (
            Q(surname__icontains=word)
            | Q(given_names__icontains=word)
            | Q(surname_hy__icontains=word)
            | Q(given_names_hy__icontains=word)
        )
    return Worker.objects.filter(found)
