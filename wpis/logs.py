"""Structured logs: one JSON line an event, with a request id and without personal data."""

from typing import Any

import structlog
from structlog.typing import EventDict, Processor

# What a request line may carry. Everything else (addresses, user agents, e-mail) is dropped: promise P9.
ALLOWED = frozenset(
    {"event", "level", "logger", "timestamp", "request_id", "code", "request", "exception", "surface"}
)


def keep_allowed(_: Any, __: str, event: EventDict) -> EventDict:
    """Drop every key that is not on the list, and the query of a request line."""
    kept = {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}
    if isinstance(kept.get("request"), str):
        kept["request"] = kept["request"].split("?")[0]
    return kept


foreign_chain: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def render(logger: Any, name: str, event: EventDict) -> str | bytes:
    """The last step of every log line."""
    event.pop("_record", None)
    event.pop("_from_structlog", None)
    event = structlog.processors.format_exc_info(logger, name, event)
    return structlog.processors.JSONRenderer(ensure_ascii=False)(
        logger, name, keep_allowed(logger, name, event)
    )


structlog.configure(
    processors=[*foreign_chain, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
