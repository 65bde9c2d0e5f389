"""Generates the OpenAPI file of one surface from the addresses of that surface alone."""

import json
from typing import Any

from django.db.transaction import non_atomic_requests
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularJSONAPIView

from wpis.accounts.powers import View


class SchemaView(SpectacularJSONAPIView):
    """Writes nothing; outside a transaction, so that readers of one network do not wait for each other."""

    own_transaction = True


class SurfaceSchema(SchemaGenerator):
    """Describes the interface of `surface`; a subclass says which, and what it is called.

    It reads that surface's addresses whatever process it runs in, so a file can never show another surface's.
    """

    surface: str
    heading: str
    text: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["urlconf"] = f"wpis.urls.{self.surface}"
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # drf-spectacular is untyped

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        """The file as data."""
        schema: dict[str, Any] = super().get_schema(request, public)  # type: ignore[no-untyped-call]
        schema["info"] |= {"title": self.heading, "description": self.text}
        return schema

    @classmethod
    def view(cls) -> View:
        """The view that serves the file; the caller guards it."""
        return non_atomic_requests(SchemaView.as_view(generator_class=cls))

    @classmethod
    def printed(cls) -> str:
        """The OpenAPI file as text, for docs/generated."""
        return json.dumps(cls().get_schema(public=True), indent=2, ensure_ascii=False) + "\n"
