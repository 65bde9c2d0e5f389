"""Grades of evidence: shown by a document, suggested by a number, or said by a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Evidence(models.TextChoices):
    """Grades of `trafficking-and-referral.md` F.1. A proxy sorts the queue and never counts as proof."""

    CONTEXT = "E0", _("context, never scored")
    DIRECT = "E1", _("said by the worker, an inspector or a witness")
    DOCUMENT = "E2", _("the filed document itself shows it")
    PROXY = "E3", _("a statistical sign; only a reason to look")


class Group(models.TextChoices):
    """Findings of one group can have one cause, so only two groups together corroborate each other."""

    TERMS = "terms", _("terms of work")
    MONEY = "money", _("money")
    CONTACT = "contact", _("contact")
    HOUSING = "housing", _("housing")
    EMPLOYER = "employer", _("employer")
    PERSON = "person", _("person")


class Level(models.TextChoices):
    """How soon a person must look."""

    ATTENTION = "attention", _("Attention")
    SERIOUS = "serious", _("Serious")
    URGENT = "urgent", _("Urgent")


RANK = {Level.ATTENTION: 1, Level.SERIOUS: 2, Level.URGENT: 3}
"""Level -> order, the most pressing highest."""
