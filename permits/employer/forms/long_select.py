"""A list of hundreds of entries in a form."""

from collections.abc import Callable

from django import forms


class LongSelect(forms.Select):
    """A list of hundreds of entries; one template draws it at once, Django's own takes one per entry."""

    template_name = "permits/employer/fields/long_select.html"


Choices = Callable[[], list[tuple[str, str]]]


def with_blank(choices: Choices) -> Choices:
    """The choices of a list with "nothing chosen" in front, in the language of the reader."""
    return lambda: [("", ""), *choices()]
