"""Form data of an employer's pages, as a browser sends it."""

from datetime import date, timedelta
from typing import Any

COMPANY = {
    "tax_number": "01234567",
    "name_hy": "«Սևան» ՍՊԸ",
    "name_en": "Sevan LLC",
    "province": "AM-GR",
    "address": "1 Shore Street, Sevan",
    "nace": "55.10",
    "registered_on_day": "2",
    "registered_on_month": "3",
    "registered_on_year": "2015",
    "phone": "010 123456",
    "email": "office@sevan.am",
    "authority": "Director according to the State Register",
}


def parts(today: date) -> dict[str, dict[str, Any]]:
    """Every page, complete."""
    starts, ends = today + timedelta(days=60), today + timedelta(days=300)
    return {
        "worker": {
            "given_names": "Rajesh Kumar",
            "surname": "Sharma",
            "given_names_hy": "Ռաջեշ Կումար",
            "surname_hy": "Շարմա",
            **boxes("birth_date", date(1991, 3, 27)),
            "sex": "M",
            "nationality": "IND",
            "passport_number": "n 123-4567",
            "passport_issuer": "IND",
            **boxes("passport_expires_on", date(2031, 8, 15)),
            "phone": "+91 98765 43210",
            "contact_is_own": "yes",
            "languages": ["hi", "en"],
        },
        "terms": {
            "occupation": "Cooks (5120)",
            "job_title": "Cook",
            "province": "AM-GR",
            "workplace": "1 Shore Street, Sevan",
            "weekly_hours": "37,5",
            "days_per_week": "5",
            "gross_wage": "210 000",
            "deduction_housing": "0",
            **boxes("starts_on", starts),
            **boxes("ends_on", ends),
            "contract_states": ["wage", "hours", "place", "signatures"],
            "contract_explained": "yes",
            "penalty_clause": "no",
        },
        "housing": {"provider": "worker"},
        "recruitment": {"used_recruiter": "no", "worker_fee": "0", "permit_cost_payer": "employer"},
    }


def boxes(name: str, day: date) -> dict[str, str]:
    """A date in its three boxes."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
