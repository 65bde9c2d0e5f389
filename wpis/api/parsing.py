"""Reads JSON bodies up to a limit: Django's own limit does not see what the REST framework reads."""

import io
import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser

from wpis.api.errors import TooLarge
from wpis.languages.signs import one_break

BASE64_GROWTH = 4 / 3


class ShortJSONParser(JSONParser):
    """JSON without a file: far below one megabyte."""

    limit = 1024 * 1024

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The body as data, in UTF-8 whatever the header says (RFC 8259).

        Raises TooLarge before more than the limit is read, ValidationError for what no answer could quote: half of
        a surrogate pair, or lists in lists without end.
        """
        body = stream.read(self.limit + 1)
        if len(body) > self.limit:
            raise TooLarge(_("The request is too large."))
        context = {**(parser_context or {}), "encoding": "utf-8"}
        try:
            sent = _with_one_break(super().parse(io.BytesIO(body), media_type, context))
            if b"\\u" in body:
                json.dumps(sent, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError):
            raise ValidationError(ParseError.default_detail) from None
        return sent


def _with_one_break(sent: Any) -> Any:
    """The same data with one sign for each line break, as on the pages: lengths are counted alike."""
    match sent:
        case str():
            return one_break(sent)
        case list():
            return [_with_one_break(item) for item in sent]
        case dict():
            return {name: _with_one_break(value) for name, value in sent.items()}
    return sent


class FileJSONParser(ShortJSONParser):
    """JSON with one file in base64."""

    limit = int(settings.WPIS_UPLOAD_MAX_BYTES * BASE64_GROWTH) + 64 * 1024
