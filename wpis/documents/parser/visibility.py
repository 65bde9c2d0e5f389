"""Whether a PDF holds something that a reader of PDF shows and our picture of its pages would not.

PDFium draws page content, and fields and notes that bring their own appearance. What it must make up itself it makes up
for some kinds only, and in Latin letters only; a file with anything else is refused in words, so that no filled field
and no note is ever missing on the officer's picture. ISO 32000-1: 12.5 annotations, 12.7 forms, 8.11 optional content.
"""

import re
from collections.abc import Iterator
from typing import Any

DARK = 0.25
"""Share of the way from white to black: what is paler may be lost on a picture."""
_NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_COLOUR = re.compile(rf"({_NUMBER}(?:\s+{_NUMBER}){{0,3}})\s+(g|rg|k)\b")
_INVISIBLE = re.compile(r"\b[37]\s+Tr\b")

HIDDEN, NOT_ON_SCREEN, PRINTED = 2, 32, 4  # flags of an annotation, 12.5.3
SHOW_NOTHING = {"/Link", "/Popup"}  # a frame at most; the text of a pop-up belongs to its note
MADE_UP = {"/Circle", "/Highlight", "/Ink", "/Square", "/Squiggly", "/StrikeOut", "/Underline"}
SAYS_ITS_WORDS = {"/FreeText"} | SHOW_NOTHING
"""Kinds whose words are on the page, or are no comment. Those of all others open in a window beside the mark."""


def hidden(reader: Any) -> bool:
    """Whether anything a person could see elsewhere is missing on our pictures of the pages."""
    root = reader.trailer["/Root"].get_object()
    form = resolved(root.get("/AcroForm"))
    if layers_differ(resolved(root.get("/OCProperties"))):
        return True
    rewritten = bool(form and resolved(form.get("/NeedAppearances")))
    return any(
        not is_drawn(annotation, has_form=form is not None, rewritten=rewritten)
        for annotation in annotations(reader)
    )


def annotations(reader: Any) -> Iterator[Any]:
    for page in reader.pages:
        for annotation in resolved(page.get("/Annots")) or ():
            found = resolved(annotation)
            if found is not None:
                yield found


def is_drawn(annotation: Any, *, has_form: bool, rewritten: bool) -> bool:
    """Whether our picture shows this field or note as a reader of PDF would."""
    kind, flags = resolved(annotation.get("/Subtype")), int(resolved(annotation.get("/F")) or 0)
    if flags & HIDDEN:
        return True  # nobody sees it, neither on a screen nor on paper
    if flags & NOT_ON_SCREEN:
        return not flags & PRINTED  # else it would appear on paper only
    if kind == "/Widget":
        return field_is_drawn(annotation, has_form=has_form, rewritten=rewritten)
    text = (
        text_of(resolved(annotation.get("/Contents"))) + words_of(resolved(annotation.get("/RC")))
    ).strip()
    if text and kind not in SAYS_ITS_WORDS:
        return False
    if kind == "/Popup" and text and resolved(annotation.get("/Parent")) is None:
        return False
    if kind in SHOW_NOTHING or appearance(annotation) is not None:
        return True
    if kind == "/FreeText":
        return can_be_written(text) and is_dark(resolved(annotation.get("/DA")))
    return kind in MADE_UP


def field_is_drawn(widget: Any, *, has_form: bool, rewritten: bool) -> bool:
    """Whether the value of this field of a form is on our picture.

    `rewritten`: the file asks readers to draw its fields anew from their values, whatever appearance it brings.
    """
    kind, value = inherited(widget, "/FT"), inherited(widget, "/V")
    look = appearance(widget)
    if kind == "/Btn":
        looks = resolved((resolved(widget.get("/AP")) or {}).get("/N"))
        state, chosen = resolved(widget.get("/AS")), str(value or "/Off")
        if look is None and not isinstance(looks, dict):
            return chosen == "/Off"
        if state not in {None, "/Off"} and look is None:
            return False  # ticked, and nothing says how that looks
        if chosen not in looks:
            return has_form and (chosen == "/Off" or stands_elsewhere(widget, chosen))
        return has_form and state == chosen
    rich = words_of(inherited(widget, "/RV")).strip()
    written = kind in {"/Tx", "/Ch"} and (text_of(value).strip() + rich) != ""
    if look is not None and not (rewritten and written):
        return has_form
    if rich or not is_dark(inherited(widget, "/DA")):
        return not written
    return not written or (has_form and look is None and can_be_written(text_of(value)))


def stands_elsewhere(widget: Any, chosen: str) -> bool:
    """Whether another button of its group is the one that was chosen."""
    group = resolved(widget.get("/Parent")) or {}
    others = (resolved(one) or {} for one in resolved(group.get("/Kids")) or ())
    return any(chosen in (resolved((resolved(one.get("/AP")) or {}).get("/N")) or {}) for one in others)


def appearance(annotation: Any) -> Any:
    """The normal appearance in its present state, None where there is none."""
    look = resolved((resolved(annotation.get("/AP")) or {}).get("/N"))
    if look is None or hasattr(look, "get_data"):
        return look
    return resolved(look.get(resolved(annotation.get("/AS"))))


def can_be_written(text: str) -> bool:
    """Whether PDFium can write this text where a file brings no appearance: in the Latin letters of its own fonts."""
    return text.isascii()


def words_of(rich: Any) -> str:
    """The words of a rich text, without its tags."""
    return re.sub(r"<[^>]*>", "", text_of(rich))


def is_dark(look: Any) -> bool:
    """Whether text with this default appearance (12.7.3.3) can be seen on paper: neither pale nor invisible."""
    commands = text_of(look)
    if _INVISIBLE.search(commands):
        return False
    return all(_darkness(*found) >= DARK for found in _COLOUR.findall(commands))


def _darkness(numbers: str, operator: str) -> float:
    parts = [float(number) for number in numbers.split()]
    return max(parts) if operator == "k" else 1 - min(parts)


def text_of(value: Any) -> str:
    """The value of a field as text; a list of chosen options and a long text in a stream too."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(text_of(resolved(one)) for one in value)
    if hasattr(value, "get_data"):
        return str(value.get_data(), "latin-1")
    return str(value)


def inherited(field: Any, key: str) -> Any:
    """A property of a field, which its parents may hold for it."""
    for _ in range(32):
        if key in field or "/Parent" not in field:
            break
        field = resolved(field["/Parent"])
    return resolved(field.get(key))


def layers_differ(properties: Any) -> bool:
    """Whether a layer is off, or on for some uses only: then programs show different things of one page."""
    if not properties:
        return False
    default = resolved(properties.get("/D")) or {}
    if resolved(default.get("/OFF")) or resolved(default.get("/BaseState")) in {"/OFF", "/Unchanged"}:
        return True
    for group in resolved(properties.get("/OCGs")) or ():
        usage = resolved((resolved(group) or {}).get("/Usage")) or {}
        for use, state in (("/View", "/ViewState"), ("/Print", "/PrintState"), ("/Export", "/ExportState")):
            if resolved((resolved(usage.get(use)) or {}).get(state)) == "/OFF":
                return True
    return False


def resolved(value: Any) -> Any:
    """What a reference points to; None for nothing."""
    found = value.get_object() if hasattr(value, "get_object") else value
    return None if type(found).__name__ == "NullObject" else found
