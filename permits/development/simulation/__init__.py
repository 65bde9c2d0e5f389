"""Simulates employers, delegates and officers in a synthetic country through the real actions."""

from permits.development.simulation import background_jobs, filing, office
from permits.development.simulation.bulk import load
from permits.models import Application
from wpis.accounts.roles import Role
from wpis.development.simulation.playing.accounts import Account
from wpis.development.simulation.playing.days import Today

__all__ = ["ACCOUNTS", "act", "has_data", "load"]

ACCOUNTS = (
    Account(email="employer@example.am", name="Anna Petrosyan", role=Role.EMPLOYER),
    Account(email="delegate@example.am", name="Tigran Hakobyan", role=Role.DELEGATE),
    Account(email="officer@example.am", name="Lilit Grigoryan", role=Role.OFFICER),
    Account(email="officer2@example.am", name="Gor Sargsyan", role=Role.OFFICER),
    Account(email="supervisor@example.am", name="Narine Avetisyan", role=Role.SUPERVISOR),
    Account(email="manager@example.am", name="Aram Sahakyan", role=Role.MANAGER),
    Account(email="office-admin@example.am", name="Sona Mkhitaryan", role=Role.OFFICE_ADMINISTRATOR),
)


def act(today: Today) -> None:
    """Employers file, the files are checked, officers work, and yesterday's letters become history."""
    filing.file_all(today)
    office.work(today)
    if today.is_busy:
        background_jobs.settle(today)


def has_data() -> bool:
    """Whether anybody has an application already."""
    return Application.objects.exists()
