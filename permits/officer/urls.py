"""Addresses of this front door."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from permits.officer.views import decisions, documents, employers, files, queue, review, taking_over

app_name = "officer"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", queue.queue, name="queue"),
    path("take-next/", queue.take_next, name="take_next"),
    path("take/", queue.take_selected, name="take_selected"),
    path("files/<str:reference>/", files.file, name="file"),
    path("files/<str:reference>/show/<str:field>/", files.reveal, name="reveal"),
    path("files/<str:reference>/permit/", files.permit, name="permit"),
    path("files/<str:reference>/permit.pdf", files.permit_pdf, name="permit_pdf"),
    path(
        "files/<str:reference>/documents/<uuid:document>/<int:page>.png",
        documents.document_page,
        name="document_page",
    ),
    path("files/<str:reference>/take/", review.take, name="take"),
    path("files/<str:reference>/take-over/", taking_over.take_over, name="take_over"),
    path("files/<str:reference>/release/", review.release, name="release"),
    path("files/<str:reference>/ask/", review.ask, name="ask"),
    path("files/<str:reference>/checks/<uuid:check>/override/", review.override, name="override"),
    path("files/<str:reference>/decide/", decisions.decide, name="decide"),
    path("files/<str:reference>/decide/<str:outcome>/", decisions.propose, name="propose"),
    path("files/<str:reference>/confirm/", decisions.confirm, name="confirm"),
    path("files/<str:reference>/send-back/", decisions.send_back, name="send_back"),
    path("employers/<str:tax_number>/", employers.employer, name="employer"),
]
