"""Addresses of the officer's pages."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from permits.officer import figures, home
from permits.officer.decision import views as decision_views
from permits.officer.decision import views_review, views_take_over
from permits.officer.employers import views as employer_views
from permits.officer.employers import views_verification
from permits.officer.file import views as file_views
from permits.officer.file.documents import views as document_views
from permits.officer.overrides import views as override_views
from permits.officer.queue import views as queue_views

app_name = "officer"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.front, name="queue"),
    path("figures/", figures.figures, name="figures"),
    path("take-next/", queue_views.take_next, name="take_next"),
    path("take/", queue_views.take_selected, name="take_selected"),
    path("files/<str:reference>/", file_views.file, name="file"),
    path("files/<str:reference>/show/<str:field>/", file_views.reveal, name="reveal"),
    path("files/<str:reference>/permit/", file_views.permit, name="permit"),
    path("files/<str:reference>/permit.pdf", file_views.permit_pdf, name="permit_pdf"),
    path(
        "files/<str:reference>/documents/<uuid:document>/<int:page>.png",
        document_views.document_page,
        name="document_page",
    ),
    path("files/<str:reference>/take/", views_review.take, name="take"),
    path("files/<str:reference>/take-over/", views_take_over.take_over, name="take_over"),
    path("files/<str:reference>/release/", views_review.release, name="release"),
    path("files/<str:reference>/ask/", views_review.ask, name="ask"),
    path("files/<str:reference>/checks/<uuid:check>/override/", override_views.override, name="override"),
    path(
        "files/<str:reference>/overrides/<uuid:override>/confirm/",
        override_views.confirm,
        name="confirm_override",
    ),
    path(
        "files/<str:reference>/overrides/<uuid:override>/decline/",
        override_views.decline,
        name="decline_override",
    ),
    path("overrides/", override_views.override_list, name="overrides"),
    path("files/<str:reference>/decide/", decision_views.decide, name="decide"),
    path("files/<str:reference>/decide/<str:outcome>/", decision_views.propose, name="propose"),
    path("files/<str:reference>/confirm/", decision_views.confirm, name="confirm"),
    path("files/<str:reference>/send-back/", decision_views.send_back, name="send_back"),
    path("companies/", views_verification.company_list, name="claims"),
    path("companies/<uuid:pk>/", views_verification.claim, name="claim"),
    path("companies/<uuid:pk>/<str:step>/", views_verification.step, name="claim_step"),
    path("employers/<str:tax_number>/", employer_views.employer, name="employer"),
]
