"""One name, no citizenship, a year of birth: filed in three languages, approved, printed, checked and found."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from pypdf import PdfReader

from tests.documents.test_mrz import with_check_digits
from tests.journeys.accounts import HIRING, SUPERVISOR
from tests.journeys.looks import HEIGHT, WIDTHS, page_fits
from tests.journeys.steps.desks import confirm, verify_company
from tests.journeys.walker import Walker
from tests.permits.employer import typed
from tests.smoke import answers, people
from tests.smoke.answers import Answers, three_boxes
from tests.smoke.visitor import wait_for
from wpis.development.embedded.stack import Stack

pytestmark = pytest.mark.browser


def lines(names: str, number: str, *, issuer: str, nationality: str, birth: str) -> str:
    """Passport lines with right check digits."""
    first = f"P<{issuer}{names}".ljust(44, "<")
    return "\n".join(with_check_digits([first, f"{number}<0{nationality}{birth}0F3301010" + "<" * 15 + "0"]))


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, what their passport says, and what everybody on the way has to see of them."""

    language: str
    mrz: str
    read: dict[str, str]  # what the page holds once the lines are read
    only_one_name: bool
    added: Answers  # what the lines do not say
    name: str
    initials: str
    born: str  # as the employer reads it
    born_for_officers: str
    citizenship: str
    citizenship_for_officers: str
    genuine: str
    searches: tuple[str, ...]

    @property
    def year(self) -> str:
        """The year of birth, which is all that a permit prints of the day."""
        return self.read["birth_date_year"]


NOBODY = {"given_names": "", "surname": "", "birth_date_day": "", "birth_date_month": ""}

ONE_NAME = Someone(
    language="hy",
    mrz=lines("SUHARTO", "C1234567", issuer="IDN", nationality="IDN", birth="850102"),
    read=NOBODY
    | {
        "surname": "SUHARTO",
        "nationality": "IDN",
        "birth_date_day": "2",
        "birth_date_month": "1",
        "birth_date_year": "1985",
    },
    only_one_name=True,
    added={"surname_hy": "Սուհարտո", "phone": "+62 812 3456 789", "languages": ["en"]},
    name="SUHARTO",
    initials="S***",
    born="02.01.1985",
    born_for_officers="02.01.1985",
    citizenship="Ինդոնեզիա",
    citizenship_for_officers="Indonesia",
    genuine="Այս թույլտվությունն իսկական է և այսօր վավեր է։",
    searches=("suharto", "Սուհարտո", "Сухарто"),
)
STATELESS = Someone(
    language="ru",
    mrz=lines("AL<HASAN<<LAYLA", "T7654321", issuer="ARM", nationality="XXA", birth="900630"),
    read={"given_names": "LAYLA", "surname": "AL HASAN", "nationality": "XXA", "birth_date_year": "1990"},
    only_one_name=False,
    added={
        "given_names_hy": "Լեյլա",
        "surname_hy": "Ալ Հասան",
        "phone": "+374 91 654321",
        "languages": ["ar"],
    },
    name="LAYLA AL HASAN",
    initials="L*** A*** H***",
    born="30.06.1990",
    born_for_officers="30.06.1990",
    citizenship="Лицо без гражданства (XXA)",
    citizenship_for_officers="Stateless person (XXA)",
    genuine="Это разрешение подлинное и сегодня действует.",
    searches=("Al-Hasan", "Ալ Հասան", "Лейла"),
)
YEAR_OF_BIRTH = Someone(
    language="en",
    mrz=lines("KARIMI<<AHMAD", "P0099887", issuer="AFG", nationality="AFG", birth="85<<<<"),
    read=NOBODY
    | {"given_names": "AHMAD", "surname": "KARIMI", "nationality": "AFG", "birth_date_year": "1985"},
    only_one_name=False,
    added={
        "given_names_hy": "Ահմադ",
        "surname_hy": "Քարիմի",
        "phone": "+93 70 123 4567",
        "languages": ["fa"],
    },
    name="AHMAD KARIMI",
    initials="A*** K***",
    born="1985, day and month not known",
    born_for_officers="1985, day and month not known",
    citizenship="Afghanistan",
    citizenship_for_officers="Afghanistan",
    genuine="This permit is genuine and valid today.",
    searches=("karimi ahmad", "Քարիմի", "Карими"),
)


def fits(walker: Walker, what: str) -> None:
    """The page is no wider than a phone, nor than a desk's screen."""
    for width in WIDTHS:
        walker.page.set_viewport_size({"width": width, "height": HEIGHT})
        page_fits(walker.page)


def register_company(employer: Walker) -> None:
    """The company, unless it was registered for somebody before."""
    employer.go("/")
    employer.speak("en")
    if employer.says("Register your company first"):
        employer.go("/companies/register/")
        employer.send({**answers.COMPANY, "tax_number": "07654321"}, press="Register")
        employer.reads("The company is registered")
        employer.go("/")


def read_passport(employer: Walker, someone: Someone) -> None:
    """Paste the lines; the page holds what they say, and the ticks that belong to it."""
    employer.send({"mrz": someone.mrz}, press="Read the passport lines")
    box = "main [name='{}']".format
    held = {name: employer.page.locator(box(name)).input_value() for name in someone.read}
    assert held == someone.read
    assert employer.page.locator(box("one_name")).is_checked() == someone.only_one_name
    assert employer.page.locator(box("birth_date_partial")).is_checked() == (", " in someone.born)
    fits(employer, f"worker-{someone.language}")


def go_through(employer: Walker, entered: Answers) -> None:
    """Page after page: fill in what it asks, and save, once more where something is noted; until the documents."""
    while employer.page.locator("main input[type=file]").count() == 0:
        before = employer.path
        asked = {
            name: value
            for name, value in entered.items()
            if employer.page.locator(f"main [name='{name}']:visible").count()
        }
        employer.send(asked, press="Save and continue")
        if employer.path == before:
            employer.press("Save and continue")
        assert employer.path != before, employer.page.locator("main").inner_text()


def file(employer: Walker, someone: Someone) -> str:
    """Passport lines, the other pages, the documents, the answers read again, the declaration; the reference."""
    today = date.today()
    employer.speak(someone.language)
    employer.press("Start an application")
    if not employer.path.endswith("/worker/"):
        employer.follow("Worker and passport")
    read_passport(employer, someone)
    parts = typed.parts(today)
    terms = parts["terms"] | {"occupation": "5120", **three_boxes("starts_on", today)}
    entered = {**terms, **parts["housing"], **parts["recruitment"]}
    go_through(employer, {**someone.added, "contact_is_own": "yes"} | entered)
    employer.upload("passport", "passport.pdf", answers.a_pdf())
    employer.upload("contract", "contract.pdf", answers.a_pdf())
    employer.go(employer.path.replace("/documents/", "/check/"))
    employer.reads(*someone.name.split(" "), someone.born, someone.citizenship)
    fits(employer, f"check-{someone.language}")
    employer.send({"declared": "on"}, press="Submit the application")
    reference = employer.page.locator("main .note strong").first.inner_text()
    employer.follow("See the application")
    employer.reads(reference, someone.name)
    return reference


def find(officer: Walker, someone: Someone, reference: str) -> None:
    """By the name as it may be written, in Latin letters and others; then open the file."""
    for written in someone.searches:
        officer.go("/?tab=all")
        officer.send({"q": written}, press="Search")
        officer.reads(reference, someone.name)
    officer.follow(reference)


def approve(officer: Walker, supervisor: Walker, someone: Someone, reference: str) -> None:
    """Read what matters of the person, take the file, wait for the checks, propose; the supervisor confirms."""
    officer.reads(*someone.name.split(" "), someone.born_for_officers, someone.citizenship_for_officers)
    assert not officer.says("the passport zone says")
    fits(officer, f"file-{someone.language}")
    officer.press("Take this file")
    if officer.says("Company not verified"):
        verify_company(officer, reference)

    def checked() -> bool:
        officer.page.goto(f"{officer.base}/files/{reference}/")
        return not officer.says("Not completed yet")

    wait_for(checked, "The checks")
    officer.follow("Decide")
    officer.follow("Propose approval")
    ground = officer.page.locator("[name=ground]").first.get_attribute("value") or ""
    officer.send({"ground": ground}, press="Propose approval")
    officer.reads("The decision is proposed")
    confirm(supervisor, reference)
    supervisor.reads(someone.name)
    fits(supervisor, f"permit-{someone.language}")


def printed(employer: Walker, someone: Someone) -> str:
    """The permit as the employer downloads it says who it is about; its number."""
    employer.page.reload()
    number = employer.page.locator("main .note strong").first.inner_text()
    pages = PdfReader(employer.download("Download the permit (PDF)")).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (number, someone.name, someone.year):
        assert words in text, f"{words} is not printed: {text}"
    assert "None" not in text
    return number


@pytest.mark.parametrize("someone", [ONE_NAME, STATELESS, YEAR_OF_BIRTH], ids=lambda who: who.name)
def test_a_person_whose_passport_says_less_gets_a_permit(
    person: Callable[..., Walker], stranger: Callable[..., Walker], stack: Stack, someone: Someone
) -> None:
    employer = person(HIRING, looking=False)
    officer, supervisor = (person(who, looking=False) for who in (people.OFFICER, SUPERVISOR))
    register_company(employer)
    reference = file(employer, someone)
    find(officer, someone, reference)
    approve(officer, supervisor, someone, reference)
    number = printed(employer, someone)
    code = stack.run([sys.executable, "-m", "tests.smoke.printed", number]).strip()

    anybody = stranger("portal", looking=False)
    for written in (number, code):
        anybody.go("/check/")
        anybody.speak(someone.language)
        anybody.send({"number": written}, press="Check the permit")
        anybody.reads(number, someone.genuine, someone.initials)
        assert not anybody.says(someone.name), "the check page shows first letters only"
    fits(anybody, f"public-{someone.language}")
