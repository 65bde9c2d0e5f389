"""What the employer enters: a company, and an application whose terms deceive the worker. Values as typed."""

from datetime import date, timedelta

Answers = dict[str, str | list[str]]

MRZ = "P<INDSHARMA<<RAJESH<KUMAR<<<<<<<<<<<<<<<<<<<\nN1234567<7IND9103270M3108158<<<<<<<<<<<<<<<2"
"""The lines of the worker's passport; their check digits are right."""


def passport_lines(walk: str) -> str:
    """The same lines with a number of this walk's own."""
    if not walk:
        return MRZ
    names, data = MRZ.split("\n")
    number = f"N{int(walk, 36) % 10_000_000:07}<"
    data = f"{number}{_check_digit(number)}{data[10:43]}"
    return f"{names}\n{data}{_check_digit(data[:10] + data[13:20] + data[21:43])}"


def _check_digit(text: str) -> int:
    """By ICAO 9303."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return sum(value * (7, 3, 1)[n % 3] for n, value in enumerate(values)) % 10


def three_boxes(name: str, day: date) -> Answers:
    """A date as the three boxes of a form."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


COMPANY: Answers = {
    "tax_number": "02345678",
    "name_hy": "«Արարատ Շին» ՍՊԸ",
    "name_en": "Ararat Build LLC",
    "province": "AM-ER",
    "address": "12 Abovyan Street, Yerevan",
    "nace": "41.20",
    **three_boxes("registered_on", date(2015, 3, 2)),
    "phone": "+374 10 123456",
    "email": "office@ararat-build.example.am",
    "authority": "Director according to the State Register",
}


def company(walk: str) -> Answers:
    """The same company, with a tax number of this walk's own."""
    return COMPANY | ({"tax_number": f"{int(walk, 36) % 100_000_000:08}"} if walk else {})


WORKER: Answers = {
    "given_names_hy": "Ռաջեշ Կումար",
    "surname_hy": "Շարմա",
    "phone": "+374 10 123456",  # the company's own number: nobody reaches the worker past the employer
    "email": "office@ararat-build.example.am",
    "contact_is_own": "no",
    "languages": ["hi"],
}
"""Beside what the passport lines say."""


def terms(today: date) -> Answers:
    """Little pay, long weeks, large deductions, a penalty for leaving, a contract nobody explained."""
    return {
        "occupation": "7112",
        "job_title": "Bricklayer",
        "province": "AM-ER",
        "workplace": "5 Tigran Mets Avenue, Yerevan",
        "weekly_hours": "66",
        "days_per_week": "7",
        "gross_wage": "68 000",
        "deduction_housing": "20 000",
        "deduction_food": "12 000",
        "deduction_transport": "0",
        "deduction_fees": "15 000",
        "deduction_other": "0",
        "wage_account": "AM12 3456 7890 1234",
        **three_boxes("starts_on", today + timedelta(days=60)),
        **three_boxes("ends_on", today + timedelta(days=360)),
        "contract_states": ["place"],
        "contract_languages": ["hy"],
        "contract_explained": "no",
        "penalty_clause": "yes",
    }


def pages_of_terms(today: date) -> tuple[Answers, Answers]:
    """The same, as the two pages ask it."""
    dates = ("starts_on", "ends_on")
    words = ("contract_states", "contract_languages", "contract_explained", "penalty_clause")
    contract = {name: value for name, value in terms(today).items() if name.startswith((*dates, *words))}
    return {name: value for name, value in terms(today).items() if name not in contract}, contract


HOUSING: Answers = {
    "provider": "employer",
    "province": "AM-ER",
    "address": "9 Arin-Berd Street, Yerevan",
    "persons_per_room": "10",
    "capacity": "30",
    "at_workplace": "yes",
}

RECRUITMENT: Answers = {
    "used_recruiter": "yes",
    "recruiter_name": "Golden Path Manpower",
    "recruiter_country": "IND",
    "recruiter_phone": "+91 98765 43210",
    "recruiter_email": "desk@golden-path.example.in",
    "worker_fee": "850 000",
    "advance": "200 000",
    "permit_cost_payer": "worker",
    "transport_by_employer": "yes",
}

QUESTION = "Which floor of the building is the workplace on, and who supervises the work there?"
ANSWER = "The third floor. Armen Sargsyan, the site manager, supervises the work."
EXPLAINED = "The terms are far below the law, the worker owes money and cannot be reached past the employer."


def a_pdf() -> bytes:
    """A valid PDF of one empty page."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] >>",
    )
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + tail
