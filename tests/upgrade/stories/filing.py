"""What employers file: whole forms in several scripts, and the patterns that the rules look for."""

import io
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from permits.actions import applications, documents
from permits.models import Application, DocumentKind, Employer
from permits.submissions.draft import Draft
from permits.tasks import work_open
from tests.factories.permits import MRZ, a_file, answers
from tests.upgrade.stories.cast import Cast
from wpis.accounts.models import User
from wpis.documents.checking.tasks import work_files

Changes = dict[str, dict[str, Any]]

FULL: Changes = {
    "worker": {
        "passport_number": "N1234567",
        "passport_expires_on": date(2031, 8, 15),
        "mrz": MRZ,
        "phone": "+91 98765 43210",
        "email": "rajesh.sharma+permit@example.in",
    },
    "terms": {
        "job_title": "Քարտաշ և որմնադիր / Каменщик 4-го разряда",
        "workplace": "ք. Երևան, Տիգրան Մեծի պողոտա 5",
        "weekly_hours": "37.5",
        "deduction_housing": 12_000,
        "deduction_food": 8_000,
        "deduction_transport": 3_000,
        "deduction_fees": 0,
        "deduction_other": 1_000,
    },
    "housing": {"address": "ք. Երևան, Կոմիտասի պողոտա 27/3, բն. 14"},
    "recruitment": {
        "used_recruiter": True,
        "recruiter_name": "وكالة النور للتوظيف",
        "recruiter_country": "ARE",
        "recruiter_phone": "+971501234567",
        "recruiter_email": "office@nour.example",
    },
}
"""Every field of the form is filled in, and nothing is wrong with it."""

LEAST: Changes = {
    "worker": {
        "given_names_hy": "ԻԲՐԱՀԻՄ",
        "surname_hy": "ՄԱՀՄՈՒԴ",
        "given_names": "IBRAHIM",
        "surname": "MAHMOUD",
        "nationality": "EGY",
        "phone": None,
        "email": None,
        "contact_is_own": None,
        "languages": ["ar"],
        "passport_issuer": "EGY",
        "sex": "X",
    },
    "terms": {
        "wage_account": None,
        "contract_states": None,
        "contract_languages": None,
        "contract_explained": None,
        "penalty_clause": None,
        "starts_on": date(1926, 9, 1),  # a slip of the pen: the law book knows nothing of that day
        "ends_on": date(2099, 8, 31),
    },
    "housing": {
        "provider": "worker",
        "province": "",
        "address": "",
        "persons_per_room": None,
        "capacity": None,
        "at_workplace": None,
    },
    "recruitment": {
        "used_recruiter": True,
        "worker_fee": None,
        "advance": None,
        "transport_by_employer": None,
        "permit_cost_payer": "recruiter",
    },
}
"""What cannot be submitted without, and nothing else: no rule can be checked."""

DEBT: Changes = {
    "recruitment": {
        "used_recruiter": True,
        "recruiter_name": "Агентство «Светлый путь»",
        "recruiter_country": "RUS",
        "recruiter_phone": "+79161234567",
        "worker_fee": 900_000,
        "advance": 150_000,
    },
    "terms": {"penalty_clause": True},
}
CHILD: Changes = {"worker": {"birth_date": date(2010, 1, 15)}}
TWO_BIRTH_DATES: Changes = {
    "worker": {"passport_number": "N7654321", "mrz": MRZ, "birth_date": date(1990, 3, 27)}
}
POOR: Changes = {
    "terms": {
        "gross_wage": 60_000,
        "weekly_hours": 60,
        "days_per_week": 7,
        "deduction_housing": 20_000,
        "deduction_other": 15_000,
    },
    "housing": {"persons_per_room": 9, "at_workplace": True},
}
BLIND: Changes = {
    "terms": {
        "contract_states": ["hours"],
        "contract_languages": ["hy"],
        "contract_explained": False,
    }
}
CONTROLLED: Changes = {
    "worker": {"contact_is_own": False, "email": "office@nour.example"},
    "housing": {"provider": "employer"},
    "recruitment": {
        "recruiter_email": "office@nour.example",
        "transport_by_employer": True,
        "permit_cost_payer": "employer",
    },
}
SHARED: Changes = {
    "worker": {"phone": "+37455123456", "nationality": "BGD", "passport_issuer": "BGD", "languages": ["bn"]},
    "terms": {"wage_account": "AM00112233445566", "province": "AM-LO", "contract_languages": ["bn", "ru"]},
    "housing": {
        "address": "Վանաձոր, Նալբանդյան 14",
        "province": "AM-LO",
        "capacity": 2,
        "provider": "recruiter",
    },
    "recruitment": {"permit_cost_payer": "worker"},
}
"""One telephone, one account, one address for several workers."""

NAMES: tuple[dict[str, Any], ...] = (
    {"given_names": "MOHAMMAD REZA", "surname": "RAZAEI", "given_names_hy": "ՄՈՀԱՄՄԱԴ ՌԵԶԱ",
     "surname_hy": "ՌԱԶԱԵԻ", "nationality": "IRN", "passport_issuer": "IRN", "languages": ["fa", "ar"]},
    {"given_names": "MARIA CLARA", "surname": "DELA CRUZ", "given_names_hy": "ՄԱՐԻԱ ԿԼԱՐԱ",
     "surname_hy": "ԴԵԼԱ ԿՐՈՒՍ", "nationality": "PHL", "passport_issuer": "PHL", "sex": "F",
     "languages": ["fil", "en"]},
    {"given_names": "NGUYỄN", "surname": "O'BRIEN-ŠTĚPÁNEK", "given_names_hy": "ՆԳՈՒԵՆ",
     "surname_hy": "Օ’ԲՐԱՅԵՆ", "nationality": "FRA", "passport_issuer": "FRA", "languages": ["fr"]},
    {"given_names": "SUNIL", "surname": "PERERA", "given_names_hy": "ՍՈՒՆԻԼ", "surname_hy": "ՊԵՐԵՐԱ",
     "nationality": "LKA", "passport_issuer": "LKA", "languages": ["si", "ta"]},
)  # fmt: skip
"""Who else comes to work."""


def named(number: int, *changes: Changes) -> Changes:
    """Changes put one over the other, about one of the people above."""
    parts: Changes = {"worker": dict(NAMES[number % len(NAMES)])}
    for change in changes:
        for part, values in change.items():
            parts[part] = {**parts.get(part, {}), **values}
    return parts


def a_draft(
    cast: Cast, company: Employer, by: User, changes: Changes, *, language: str = "hy"
) -> Application:
    """A draft with everything but its files."""
    application = applications.start(company, kind="new", by=by, at=cast.clock(), language=language)
    at = cast.clock()
    parts = answers(timezone.localdate(at), **changes)
    parts["terms"]["ends_on"] += timedelta(days=Application.objects.count())  # no contract is filed twice
    for part, values in parts.items():
        applications.save_part(application, part, values, by=by, at=at)
    return application


def an_application(
    cast: Cast, company: Employer, by: User, changes: Changes, *, language: str = "hy", checked: bool = True
) -> Application:
    """A submitted application; unless told otherwise its files were looked into and its letters sent."""
    draft = a_draft(cast, company, by, changes, language=language)
    attach(cast, draft, by)
    if checked:
        cast.clock(2)
        work_files()
        work_open()
    filed = applications.submit(
        Application.objects.get(pk=draft.pk),
        by=by,
        at=cast.clock(),
        declared=True,
        expected_draft=Draft.AS_SAVED,
    )
    if checked:
        cast.clock(1)
        work_files()
        work_open()
    return filed


def attach(cast: Cast, draft: Application, by: User) -> None:
    """The two files that every application needs: a picture and a PDF."""
    documents.attach(draft, picture(), DocumentKind.PASSPORT, by=by, at=cast.clock(1))
    documents.attach(draft, a_file("contract.pdf"), DocumentKind.CONTRACT, by=by, at=cast.clock(1))


def picture(name: str = "անձնագիր.png", kind: str = "PNG") -> SimpleUploadedFile:
    """A small picture, as a browser sends it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((24, 16)).convert("RGB").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type=f"image/{kind.lower()}")
