"""Accepted file types, and the reasons for refusing a file as shown to its sender."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileType(TextChoices):
    """The accepted file types: all can be rendered as images, and none needs to execute anything."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class Refusal(TextChoices):
    """Why a file cannot be used, and what the sender can do about it."""

    EMPTY = "empty", _("The file is empty. Choose the file again.")
    TOO_LARGE = "too_large", _("The file is too large. Send a smaller scan or photo.")
    TYPE = "type", _("This file cannot be used. Send a PDF, a JPEG photo or a PNG picture.")
    NAME = "name", _("The ending of the file name does not fit the content. Save the file again.")
    MIXED = "mixed", _("The file holds a second file inside. Save or scan it again and send that.")
    DAMAGED = "damaged", _("The file cannot be opened. It may be damaged: save or scan it again.")
    LOCKED = "locked", _("The PDF is locked with a password. Save it without protection and send it again.")
    ACTIVE = "active", _("The PDF holds a program. Print it to a new PDF, or send a scan.")
    ATTACHMENT = "attachment", _("The PDF holds attached files. Send each document on its own.")
    FORM = "form", _("The PDF is an electronic form. Print it to a new PDF, or send a scan.")
    UNSEEN = (
        "unseen",
        _(
            "The file holds parts that our picture of it would not show: fields, notes, layers or moving pictures. "
            "Print it to a new PDF, or send a scan."
        ),
    )
    TRAILING = (
        "trailing",
        _("Something stands behind the end of the PDF. Print it to a new PDF, or send a scan."),
    )
    TOO_MANY_PAGES = "too_many_pages", _("The PDF has too many pages. Send only the pages we ask for.")
    TOO_MANY_PIXELS = "too_many_pixels", _("The picture is too large. Send a smaller photo or scan.")
    UNCHECKED = (
        "unchecked",
        _("We could not check this file: it needs too much time or memory. Send a scan or a simpler PDF."),
    )
    MALWARE = "malware", _("The file holds harmful software. Check your computer, then send a new scan.")
