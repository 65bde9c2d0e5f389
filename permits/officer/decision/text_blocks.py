"""Reusable sentences for questions to the employer, in the employer's language."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Block:
    """A reusable sentence, and the part of the form that it opens for changes."""

    title: Promise
    text: Promise
    section: str


BLOCKS: dict[str, Block] = {
    "passport_unreadable": Block(
        _("Passport copy not readable"),
        _("The copy of the passport cannot be read. Add a sharp copy of the page with the photo."),
        "documents",
    ),
    "name_differs": Block(
        _("Name differs from the passport"),
        _("The name differs from the passport. Write it as it is printed in the passport."),
        "worker",
    ),
    "contract_unsigned": Block(
        _("Contract not signed"),
        _("The contract lacks a signature. Add the contract with the signatures of both sides."),
        "documents",
    ),
    "wage_differs": Block(
        _("Wage differs from the contract"),
        _("The wage differs from the contract. Correct it or explain the difference."),
        "terms",
    ),
    "wage_minimum": Block(
        _("Wage below the legal minimum"),
        _("The wage is below the legal minimum for these hours. Correct it or explain it."),
        "terms",
    ),
    "hours_maximum": Block(
        _("Hours above the legal maximum"),
        _("The hours a week are above what the law allows. Correct them or explain the work schedule."),
        "terms",
    ),
    "workplace": Block(
        _("Address of the workplace"),
        _("Give the full address of the place where the work will be done."),
        "terms",
    ),
    "housing": Block(
        _("Address of the housing"),
        _("Give the full address where the worker will live, and how many people share one room."),
        "housing",
    ),
    "recruiter": Block(
        _("Recruiter"),
        _("Say who found the worker, and which costs the worker paid or must pay back."),
        "recruitment",
    ),
}


def add(text: str, key: str, language: str) -> str:
    """The question with one more ready sentence, in the employer's language."""
    with translation.override(language):
        sentence = str(BLOCKS[key].text)
    return f"{text.rstrip()}\n{sentence}".strip()
