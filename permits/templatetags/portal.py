"""Template tags of the employer's pages: public state of an application, status of a file."""

from django import template
from django.utils.safestring import SafeString

from permits.case_types.new import CASE_TYPE as NEW_PERMIT
from permits.employer.tracker import KIND_OF_PERMIT, public_kind, public_label
from permits.models import Application, ApplicationDocument, Employer, Permit
from permits.parts.catalogue import ASKED
from permits.verify.verdicts import Verdict
from wpis import clock
from wpis.documents.models import State, Upload
from wpis.documents.verdicts import Refusal
from wpis.formatting import numbers
from wpis.languages.reader import reader_language
from wpis.ui.templatetags.wpi import tag

register = template.Library()

FILES = {State.QUARANTINED: "", State.CLEAN: "ok", State.REFUSED: "bad", State.UNCHECKED: "bad"}
"""State of a file -> kind of its tag."""


@register.simple_tag
def public_tag(application: Application) -> SafeString:
    """Where an application stands today: its public state, or that of the permit it led to."""
    today = clock.today()
    return tag(public_label(application, today), public_kind(application, today))


@register.simple_tag
def permit_tag(permit: Permit) -> SafeString:
    """Whether a permit is valid today, in the words of the public check."""
    state = permit.state_on(clock.today())
    return tag(Verdict(state).label, KIND_OF_PERMIT[state])


@register.simple_tag
def parts_of_new() -> list[str]:
    """The parts that an employer fills in for a new permit, in the order of the form."""
    return [str(ASKED[part].title) for part in NEW_PERMIT.parts]


@register.filter
def company_name(employer: Employer) -> str:
    """The company's name in the language of the page."""
    return employer.name(reader_language())


@register.simple_tag
def upload_tag(upload: Upload) -> SafeString:
    """Status of an uploaded file: being checked, checked, cannot be used, could not be checked."""
    state = State(upload.state)
    return tag(state.label, FILES[state])


@register.filter
def refusal_reason(document: ApplicationDocument) -> str:
    """Why a file cannot be used and what to do; nothing for the others."""
    return str(Refusal(document.upload.reason).label) if document.upload.reason else ""


@register.filter
def file_size(document: ApplicationDocument) -> str:
    """The size of a file in words that everybody reads."""
    return numbers.file_size(document.upload.size)
