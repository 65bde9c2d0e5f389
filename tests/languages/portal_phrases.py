"""Phrases that were on pages of the portal and that no native official would write, and what to say instead."""

import re

INSTEAD = {
    r"stands? in (the|it\b)|stands on the permit": "is in, is written in, is printed on",
    r"something when leaving early": "for leaving early",
    r"day until which|until when we|Enter until when": "the date by which, the date on which",
    r"in which you (open|send)": "without activity",
    r"[Tt]ake the right back|[Tt]ook the application back": "end the access, withdrew",
    r"Needs you\b": "waiting for your answer",
    r"How it goes": "how it works",
    r"\bat hand\b": "ready",
    r"to be named for one": "to be invited",
    r"Somebody has shown you .*\?": "Has somebody shown you ...?",
    r"confirmed to understand": "confirmed that they understand",
    r"Not one of them": "these cannot be used",
    r"[Tt]ake .*the tick|take away the tick": "untick",
    r"Begin to type": "start typing",
    r"is not valid any more": "is no longer valid",
    r"folder for unwanted mail": "spam folder",
    r"Which occupation is meant|occupation of the list": "which ... do you mean, in the list",
    r"Gross wage a month": "gross wage a month",
    r"Persons in one room": "persons in one room",
    r"time limit (of the decision )?stands still|decision stands still": "is paused",
    r"[Tt]hese data\b|the data below|\bthe data of the state": "details",
    r"first letters\)": "initials",
    r"invitation to file for a company waits": "you have an invitation",
    r"lines do not (say|hold)": "do not give",
    r"signed in anew": "signed in again",
    r"A letter of this (number|reference) is wrong": "one character in ... is wrong",
    r"answers for what is filed": "is responsible for",
}
"""Pattern -> what to say instead."""


def odd(text: str) -> list[str]:
    """What to say instead of each phrase of the text that is on the list."""
    return [said for pattern, said in INSTEAD.items() if re.search(pattern, text)]
