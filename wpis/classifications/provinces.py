"""The eleven provinces (marzes) of Armenia: one list for every form, record and page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Province(models.TextChoices):
    """A marz by its ISO 3166-2:AM code; Yerevan counts as one. The capital first, the others by code."""

    YEREVAN = "AM-ER", _("Yerevan")
    ARAGATSOTN = "AM-AG", _("Aragatsotn")
    ARARAT = "AM-AR", _("Ararat")
    ARMAVIR = "AM-AV", _("Armavir")
    GEGHARKUNIK = "AM-GR", _("Gegharkunik")
    KOTAYK = "AM-KT", _("Kotayk")
    LORI = "AM-LO", _("Lori")
    SHIRAK = "AM-SH", _("Shirak")
    SYUNIK = "AM-SU", _("Syunik")
    TAVUSH = "AM-TV", _("Tavush")
    VAYOTS_DZOR = "AM-VD", _("Vayots Dzor")


def province_name(code: str) -> str:
    """The name in the reader's language; the code itself when it is none of ours."""
    return str(dict(Province.choices).get(code, code))
