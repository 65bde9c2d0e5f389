"""E-mail addresses on every form: what nobody sees is taken out, what no mail can reach is refused at the field."""

import importlib
import pkgutil
from typing import Any

import pytest
from allauth.account import app_settings
from django import forms

import alerts
import permits
import referral
import wpis
from permits.models import Employer, Worker
from tests.factories import permits as make
from tests.factories.letters import deliver
from wpis.ui.fields.address import AddressBox, AddressField, validate_address
from wpis.ui.forms import PlainWords
from wpis.ui.widgets import TextArea

pytestmark = pytest.mark.django_db

UNSEEN = ["\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2060", "\u3164"]
UNREACHABLE = [
    "a@b..am",
    "a@" + "x" * 64 + ".am",
    "a@\u0661\u0627.am",
    "a@-b.am",
    "ani@exam ple.am",
    "ani",
    "ani@localhost",
    "ani@[127.0.0.1]",
    "ani@[IPv6:::1]",
    "ani@127.0.0.1",
]
LOOK_ALIKES = [
    ("а@example.am", "“а” (a Cyrillic letter)"),
    ("ani@ехample.am", "“е” (a Cyrillic letter)"),
    ("anι@example.am", "“ι” (a Greek letter)"),
    ("anօ@example.am", "“օ” (an Armenian letter)"),
    ("ﬁona@example.am", "“ﬁ”"),
]


def our_forms() -> list[type[forms.BaseForm]]:
    """Every form class of the product."""
    for app in (wpis, permits, alerts, referral):
        for module in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if "forms" in module.name or "sign_in" in module.name:
                importlib.import_module(module.name)
    found: list[Any] = []
    waiting: list[Any] = [PlainWords]
    while waiting:
        waiting += (subclasses := waiting.pop().__subclasses__())
        found += [one for one in subclasses if issubclass(one, forms.BaseForm)]
    return list(dict.fromkeys(found))


def test_every_text_area_counts_a_line_break_once() -> None:
    boxes = [
        (form, name, field.widget)
        for form in our_forms()
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field.widget, forms.Textarea)
    ]
    assert len(boxes) > 10
    assert [box for box in boxes if not isinstance(box[2], TextArea)] == []


@pytest.mark.parametrize("typed", ["x" * 998 + "\r\n" + "y", "x" * 998 + "\ry", "x" * 998 + "\ny"])
def test_a_text_as_long_as_the_browser_counts_is_accepted_and_stored_so(typed: str) -> None:
    class Note(PlainWords, forms.Form):
        text = forms.CharField(max_length=1000, widget=TextArea)

    form = Note({"text": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "x" * 998 + "\ny"
    assert 'maxlength="1000"' in str(form["text"])


@pytest.mark.parametrize("sign", UNSEEN)
def test_an_address_is_what_its_writer_saw(sign: str) -> None:
    assert AddressField().clean(f"{sign}ani{sign}@example.am{sign}") == "ani@example.am"


@pytest.mark.parametrize("typed", UNREACHABLE)
def test_what_no_mail_can_reach_is_refused_at_the_field(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="Enter an e-mail address"):
        AddressField().clean(typed)


@pytest.mark.parametrize(("typed", "sign"), LOOK_ALIKES)
def test_a_letter_that_looks_like_another_is_quoted(typed: str, sign: str) -> None:
    with pytest.raises(forms.ValidationError) as caught:
        AddressField().clean(typed)
    assert sign in caught.value.messages[0]


@pytest.mark.parametrize("typed", ["a@пример.рф", "a@հայ.հայ"])
def test_a_domain_in_one_script_is_one(typed: str) -> None:
    assert AddressField().clean(typed) == typed


def test_every_address_on_every_form_is_read_by_the_box_and_the_validator() -> None:
    asked = 0
    for form in our_forms():
        try:
            made: Any = form()
        except (TypeError, ValueError, KeyError):
            continue  # needs more to be made: an allauth form of a request, or a base
        for field in made.fields.values():
            if isinstance(field, forms.EmailField):
                asked += 1
                assert isinstance(field.widget, AddressBox), form
                assert validate_address in field.validators, form
    assert asked >= 6


def test_an_account_made_with_an_invisible_sign_signs_in_without_it(portal: Any) -> None:
    portal.post("/accounts/signup/", sign_up("ani\u200b@example.am\u200b"))
    (letter,) = deliver()
    assert letter.to == ["ani@example.am"]


@pytest.mark.parametrize("sign", UNSEEN)
def test_signing_in_with_a_pasted_address_works(portal: Any, sign: str) -> None:
    make.a_user(email="ani@example.am")
    answer = portal.post(
        "/accounts/login/", {"login": f"{sign}ani@example.am{sign}", "password": make.PASSWORD}
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]


@pytest.mark.parametrize("typed", UNREACHABLE)
@pytest.mark.parametrize("page", ["signup", "login", "password/reset"])
def test_no_address_is_an_error_of_the_service(portal: Any, page: str, typed: str) -> None:
    name = "login" if page == "login" else "email"
    sent = sign_up(typed) if page == "signup" else {name: typed, "password": "x"}
    answer = portal.post(f"/accounts/{page}/", sent)
    assert answer.status_code in (200, 422)
    assert "Enter an e-mail address" in answer.content.decode()


def test_a_company_a_delegate_and_a_worker_have_clean_addresses(portal: Any) -> None:
    by = make.a_user()
    portal.sign_in(by)
    company = make.an_employer(by)
    draft = make.a_draft(company, by)
    portal.post(f"/applications/{draft.pk}/worker/", {"email": "rajesh\u200b@example.in\u202c"})
    assert Worker.objects.get(pk=draft.pk).email == "rajesh@example.in"
    bad = portal.post(f"/applications/{draft.pk}/worker/", {"email": "rajesh@b..in"})
    assert bad.status_code == 422
    assert Employer.objects.get().email.isascii()


def sign_up(email: str) -> dict[str, str]:
    names = [name.rstrip("*") for name in app_settings.SIGNUP_FIELDS]
    sent = {name: make.PASSWORD for name in names if name.startswith("password")}
    return {"email": email, "name": "Ani", **sent}
