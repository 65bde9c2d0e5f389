"""Sample pages of every layout, for visual tests in a real browser; none of them needs the database."""

import datetime
from pathlib import Path

from django import forms as plain
from django.db.transaction import non_atomic_requests as bare
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import path
from django.utils.safestring import mark_safe

from wpis.ui.fields import DateField, MoneyField, PassportNumberField, PhoneField, SeveralField, YesNoField
from wpis.ui.forms import Form
from wpis.ui.views import set_language
from wpis.ui.widgets import Radios, Select, TextArea
from wpis.urls.ground import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

FILES = Path(__file__).with_name("samples")
NAMES = ("question", "tasks", "queue", "case", "restricted")
DAY = datetime.date(2026, 11, 21)
RAIL = mark_safe(
    '<h2>To do</h2><ul><li><a href="#" aria-current="page"><span>Mine</span><span class="n">9</span></a></li>'
    '<li><a href="#"><span>Decision due today</span><span class="badge">4</span></a></li></ul>'
)


class Passport(Form):
    """One field of every kind."""

    family = plain.CharField(label="Family name", help_text="As printed in the passport", max_length=60)
    passport = PassportNumberField(label="Passport number", help_text="For example, N1234567")
    sex = plain.ChoiceField(
        label="Sex in the passport", choices=[("F", "Female"), ("M", "Male")], widget=Radios
    )
    born = DateField(label="Date of birth", help_text="For example, 27 3 1994")
    pay = MoneyField(label="Pay before tax, in drams a month")
    phone = PhoneField(label="Phone", required=False)
    housed = YesNoField(label="Do you give the worker a place to live?")
    languages = SeveralField(label="Languages the worker reads", choices=[("hy", "Armenian")], required=False)
    marz = plain.ChoiceField(label="Province", choices=[("", "Choose"), ("k", "Kotayk")], widget=Select)
    duties = plain.CharField(label="Duties", widget=TextArea, required=False)
    contract = plain.FileField(label="Contract")
    true = plain.BooleanField(label="What I say here is true and complete")


class Person:
    """Someone signed in, for the header and the watermark."""

    is_authenticated = True

    def __str__(self):
        return "Անահիտ Պետրոսյան"


def sample(name):
    """A view that shows one sample with believable values."""
    source = Template((FILES / f"{name}.html").read_text(encoding="utf-8"))

    def view(request):
        sent = (
            request.POST
            if request.method == "POST"
            else {"born_day": "31", "born_month": "2", "born_year": "1994"}
        )
        form = Passport(sent)
        context = {
            "form": form,
            "rail": RAIL,
            "today": DAY,
            "rows": [
                {"ref": f"A-2026-0045{n:02d}", "left": 12 - n, "who": "" if n % 3 else "Priya S."}
                for n in range(15)
            ],
            "events": [
                {"title": "Pay changed", "at": datetime.datetime(2026, 11, 20, 10, 2), "by": "Արարատ Շին ՍՊԸ"}
            ],
            "steps": [
                {"label": "Sent", "state": "done", "note": "03.11.2026"},
                {"label": "Checks", "state": "now"},
                {"label": "Decision", "state": ""},
            ],
        }
        if name != "question":
            context |= {"user": Person(), "agency": "Migration officer"}
        return HttpResponse(source.render(RequestContext(request, context)))

    return bare(view)


urlpatterns = [
    *(path(f"{name}/", sample(name)) for name in NAMES),
    path("language/", bare(set_language), name="set_language"),
]
