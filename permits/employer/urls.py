"""Addresses of the employer's pages."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from permits.employer.pages import PAGES
from permits.employer.sections import FURTHER
from permits.employer.views import (
    applications,
    companies,
    company_details,
    delegates,
    documents,
    drafts,
    filing,
    following,
    home,
    invitations,
    occupations,
    parts,
    verification,
)

app_name = "employer"

APPLICATION = "applications/<uuid:pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("applications/", applications.application_list, name="applications"),
    path("occupations/", occupations.suggested, name="occupations"),
    path("applications/start/", applications.start, name="start"),
    path(APPLICATION, applications.application, name="application"),
    *(
        path(f"{APPLICATION}{page.part}/", parts.part, {"part": page.part}, name=page.part)
        for page in PAGES.values()
        if page.form is not None
    ),
    *(
        path(
            f"{APPLICATION}{section.part}/{section.name}/",
            parts.part,
            {"part": section.part, "section": section.name},
            name=f"{section.part}_{section.name}",
        )
        for section in FURTHER
    ),
    path(f"{APPLICATION}documents/", documents.document_list, name="documents"),
    path(
        f"{APPLICATION}documents/<uuid:document>/remove/", documents.remove_document, name="remove_document"
    ),
    path(
        f"{APPLICATION}documents/<uuid:document>/restore/",
        documents.restore_document,
        name="restore_document",
    ),
    path(
        f"{APPLICATION}documents/<uuid:document>/picture.png",
        documents.document_thumbnail,
        name="document_thumbnail",
    ),
    path(f"{APPLICATION}delete/", drafts.delete, name="delete_draft"),
    path(f"{APPLICATION}restore/", drafts.restore, name="restore_draft"),
    path(f"{APPLICATION}check/", filing.review, name="review"),
    path(f"{APPLICATION}submitted/", filing.submitted, name="submitted"),
    path(f"{APPLICATION}answer/", following.answer, name="answer"),
    path(f"{APPLICATION}withdraw/", following.withdraw, name="withdraw"),
    path(f"{APPLICATION}permit.pdf", following.permit_file, name="permit_file"),
    path("companies/", companies.company_list, name="companies"),
    path("companies/register/", companies.register, name="register"),
    path("companies/<uuid:pk>/", companies.company, name="company"),
    path("companies/<uuid:pk>/details/", company_details.change, name="change_company"),
    path("companies/<uuid:pk>/answer/", verification.answer, name="answer_company"),
    path("companies/<uuid:pk>/delegates/", delegates.invite, name="name_delegate"),
    path(
        "companies/<uuid:pk>/delegates/<uuid:person>/dismiss/",
        delegates.dismiss,
        name="dismiss_delegate",
    ),
    path(
        "companies/<uuid:pk>/invitations/<uuid:invitation>/resend/",
        delegates.resend,
        name="resend_invitation",
    ),
    path(
        "companies/<uuid:pk>/invitations/<uuid:invitation>/withdraw/",
        delegates.withdraw,
        name="withdraw_invitation",
    ),
    path("companies/<uuid:pk>/tokens/", companies.issue_token, name="issue_token"),
    path("companies/<uuid:pk>/tokens/<uuid:token>/revoke/", companies.revoke_token, name="revoke_token"),
    path("invitations/", invitations.invitation_list, name="invitations"),
    path("invitations/<uuid:invitation>/accept/", invitations.accept, name="accept_invitation"),
    path("invitations/<uuid:invitation>/decline/", invitations.decline, name="decline_invitation"),
]
