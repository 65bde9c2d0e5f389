"""Passport lines in words: what is wrong with them and where, and what was mended in a copy of them."""

from django.utils.translation import gettext as _

from wpis.documents.mrz import InvalidMRZ, Place, Repair, located, read_copy
from wpis.ui.fields.quoting import quoted

MOST = 6
"""So many mended signs are named one by one."""


def problem(error: InvalidMRZ, lines: str) -> str:
    """What is wrong with the lines and where; with the mending that would make them right, if only one would."""
    try:
        repairs = read_copy(lines).repairs
    except InvalidMRZ:
        repairs = ()
    if repairs:
        way_out = _("They would fit like this: %(repairs)s.") % {"repairs": mended(repairs)}
        return f"{_(error.message)} {way_out}"
    place = located(error, lines).place
    return f"{_(error.message)} {_where(place)}" if place else _(error.message)


def mended(repairs: tuple[Repair, ...]) -> str:
    """What was mended, sign by sign."""
    return "; ".join(map(_mended, repairs[:MOST])) + (" …" if len(repairs) > MOST else "")


def _mended(repair: Repair) -> str:
    about = {"line": repair.line, "place": repair.place, "copied": repair.copied, "read": repair.read}
    if not repair.copied:
        return _("line %(line)s lacks one “%(read)s” at character %(place)s") % about
    if not repair.read:
        return _("line %(line)s has one “%(copied)s” too many at character %(place)s") % about
    about["copied"] = quoted(repair.copied, str.isascii) or f"“{repair.copied}”"
    return _("line %(line)s, character %(place)s: “%(read)s” instead of %(copied)s") % about


def _where(place: Place) -> str:
    about = {"line": place.line, "first": place.first, "last": place.last, "text": place.text}
    if place.needed:
        return _("Line %(line)s has %(found)s characters and not %(needed)s.") % {
            "line": place.line,
            "found": place.last,
            "needed": place.needed,
        }
    if place.first == place.last:
        about["text"] = quoted(place.text, str.isascii) or f"“{place.text}”"
        return _("Line %(line)s, character %(first)s: %(text)s.") % about
    return _("Line %(line)s, characters %(first)s to %(last)s: “%(text)s”.") % about
