"""Generates the OpenAPI file of one surface from the addresses of that surface alone."""

import json
from typing import Any

from django.db.transaction import non_atomic_requests
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.request import Request

from wpis.accounts.powers import View
from wpis.api.strict import demand_known_parameters

ALWAYS_WITH: dict[str, dict[str, Any]] = {
    "401": {"WWW-Authenticate": {"schema": {"type": "string"}, "description": "`Bearer`", "required": True}},
    "429": {
        "Retry-After": {
            "schema": {"type": "integer", "minimum": 1},
            "description": "seconds until there is room again",
            "required": True,
        }
    },
}
"""status -> the headers that each answer with it has"""


class SchemaView(SpectacularJSONAPIView):
    """Writes nothing; outside a transaction, so that readers of one network do not wait for each other.

    It takes no parameters: the library would write `version` into a header, and choose a language by `lang`.
    """

    own_transaction = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what stands after the question mark."""
        super().initial(request, *args, **kwargs)
        demand_known_parameters(request, ())


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
        for operation in (it for path in schema["paths"].values() for it in path.values()):
            for status, headers in ALWAYS_WITH.items():
                operation["responses"][status]["headers"] = headers
        return schema

    @classmethod
    def view(cls) -> View:
        """The view that serves the file; the caller guards it."""
        return non_atomic_requests(SchemaView.as_view(generator_class=cls))

    @classmethod
    def printed(cls) -> str:
        """The OpenAPI file as text, for docs/generated."""
        return json.dumps(cls().get_schema(public=True), indent=2, ensure_ascii=False) + "\n"
