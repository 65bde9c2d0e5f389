"""The canonical text of a snapshot: one spelling for equal data, so that a digest can be taken and verified."""

import hashlib
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from wpis.dates.partial import PartialDate


class Encoder(DjangoJSONEncoder):
    """Writes a date of which a part is unknown as ISO 8601 does, and a whole one like any other date."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, PartialDate) else super().default(o)


_ENCODER = Encoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical_text(data: dict[str, Any]) -> str:
    """The data as JSON with sorted keys and no spaces; dates and ids as Django writes them."""
    return _ENCODER.encode(data)


def digest_of(text: str) -> str:
    """SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()
