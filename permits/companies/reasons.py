"""What an officer chooses when a company is verified, refused or looked at again: chosen, so nothing else slips in.

The claimant reads the reason of a refusal. None says whether somebody else claims the same tax number.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """What shows that the account acts for the company."""

    REGISTER = "register", _("The State Register names the person as head of the company")
    PROXY = "proxy", _("A power of attorney or an order of the company was seen")
    LETTER = "letter", _("The company answered a letter to its registered address")
    IN_PERSON = "in_person", _("The person came with an identity document and a document of the company")


class RefusalReason(models.TextChoices):
    """Why a company was not verified, as the claimant reads it."""

    NO_EVIDENCE = "no_evidence", _("You have not shown that you may act for the company.")
    DATA_DIFFER = "data_differ", _("What you entered differs from the State Register.")
    NOT_REGISTERED = "not_registered", _("The State Register has no such company.")


class ReconsiderReason(models.TextChoices):
    """Why a supervisor opens a settled company again."""

    OTHER_ACCOUNT = "other_account", _("Another account shows that it acts for the company")
    EVIDENCE = "evidence", _("There is new evidence")
    MISTAKE = "mistake", _("Corrects a mistake")
