"""The process that looks into uploaded files serves no page; Celery's checks ask for its addresses all the same."""

urlpatterns: list[object] = []
