"""What a request may hold: names that nobody reads are refused, in the body and in the address, never passed over."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

HIGHEST_PAGE = 1_000_000
WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


class StrictSerializer(serializers.Serializer[Any]):
    """Base of every request body: refuses names that are no fields, and numbers where a text is asked, as described."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """What was sent. Raises ValidationError with everything that is wrong, known fields and unknown ones."""
        sent: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        wrong: dict[str, Any] = {
            name: [_("There is no such field.")] for name in sorted(set(sent) - set(self.fields))
        }
        for name, field in self.fields.items():
            if isinstance(field, serializers.CharField) and isinstance(sent.get(name), int | float):
                wrong[name] = [field.error_messages["invalid"]]  # the framework would write the number out
        value: dict[str, Any] = {}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            wrong = error.detail | wrong  # type: ignore[operator]  # a serializer's is a dictionary
        if wrong:
            raise serializers.ValidationError(wrong)
        return value


class StrictSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # drf-spectacular is untyped
    """Says in the OpenAPI file what a strict serializer does."""

    target_class = StrictSerializer
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """The serializer's schema, closed to other names."""
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return schema | {"additionalProperties": False}


def demand_known_parameters(request: Request, known: Iterable[str]) -> None:
    """Raises ValidationError with every parameter of the address that this operation has not, or has twice."""
    wrong = {}
    for name, values in request.query_params.lists():
        if name not in known:
            wrong[name] = [_("There is no such parameter.")]
        elif len(values) > 1:
            wrong[name] = [_("Send this parameter once.")]
    if wrong:
        raise serializers.ValidationError(wrong)


class Pages(PageNumberPagination):
    """Pages by number. One that is no number is a fault of the request, one after the last is absent (404)."""

    last_page_strings = ()

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """The rows of the page. Raises ValidationError, NotFound."""
        number = request.query_params.get(self.page_query_param, "1")
        if not WHOLE_NUMBER.fullmatch(number) or int(number) > HIGHEST_PAGE:
            raise serializers.ValidationError(
                {
                    self.page_query_param: [
                        _("Enter a whole number from 1 to %(highest)s.") % {"highest": HIGHEST_PAGE}
                    ]
                }
            )
        return super().paginate_queryset(queryset, request, view) or []
