"""What tests of pages share: addresses by name, the text of a page, and a filled-in form."""

import re
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from referral.states import Answer, Explained


def url(name: str, *args: Any) -> str:
    """The address of a page of the protection surface."""
    return reverse(f"referral:{name}", args=args, urlconf="wpis.urls.protection")


def text(response: Any) -> str:
    """What a person reads on the page, on one line."""
    body = re.sub(r"<svg.*?</svg>|<head>.*?</head>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def answer_form(**changes: Any) -> dict[str, Any]:
    """A yes of the person as the form posts it."""
    form: dict[str, Any] = {
        "explained": list(Explained.values),
        "answer": Answer.YES,
        "fields_agreed": ["alias", "safe_contact"],
        "language": "hi",
        "how_given": "spoken",
        "valid_until": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }
    return form | changes
