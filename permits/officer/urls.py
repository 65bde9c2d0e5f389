"""Addresses of this front door."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from permits.officer.decision import views, views_review, views_take_over
from permits.officer.file import views, views_documents, views_employers
from permits.officer.queue import views

app_name = "officer"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="queue"),
    path("take-next/", views.take_next, name="take_next"),
    path("take/", views.take_selected, name="take_selected"),
    path("files/<str:reference>/", views.file, name="file"),
    path("files/<str:reference>/show/<str:field>/", views.reveal, name="reveal"),
    path("files/<str:reference>/permit/", views.permit, name="permit"),
    path("files/<str:reference>/permit.pdf", views.permit_pdf, name="permit_pdf"),
    path(
        "files/<str:reference>/documents/<uuid:document>/<int:page>.png",
        views_documents.document_page,
        name="document_page",
    ),
    path("files/<str:reference>/take/", views_review.take, name="take"),
    path("files/<str:reference>/take-over/", views_take_over.take_over, name="take_over"),
    path("files/<str:reference>/release/", views_review.release, name="release"),
    path("files/<str:reference>/ask/", views_review.ask, name="ask"),
    path("files/<str:reference>/checks/<uuid:check>/override/", views_review.override, name="override"),
    path("files/<str:reference>/decide/", views.decide, name="decide"),
    path("files/<str:reference>/decide/<str:outcome>/", views.propose, name="propose"),
    path("files/<str:reference>/confirm/", views.confirm, name="confirm"),
    path("files/<str:reference>/send-back/", views.send_back, name="send_back"),
    path("employers/<str:tax_number>/", views_employers.employer, name="employer"),
]
