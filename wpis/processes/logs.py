"""Structured logs: one JSON line an event, with a request id and without personal data."""

import re
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

# What a request line may carry. Everything else (addresses, user agents, e-mail) is dropped: promise P9.
ALLOWED = frozenset(
    {"event", "level", "logger", "timestamp", "request_id", "code", "request", "exception", "surface"}
)

# Addresses whose last part is a secret or speaks of a person: the key of a lost password opens the account, a
# permit code holds a worker's name. The log says which page it was, not which one's.
_SPEAKING = re.compile(r"(/accounts/password/reset/key/|/check/)[^/\s?]+")


def _without_secrets(text: str) -> str:
    return _SPEAKING.sub(r"\1...", text)


def keep_allowed(_: Any, __: str, event: EventDict) -> EventDict:
    """Drop every key that is not on the list, and the query of a request line."""
    kept = {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}
    if isinstance(kept.get("request"), str):
        kept["request"] = _without_secrets(kept["request"].split("?")[0])
    kept["event"] = _without_secrets(str(kept.get("event", "")))
    return kept


def where_it_broke(
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None],
) -> str:
    """The lines of code and the class of an error and of its causes, the oldest first.

    Never its message: PostgreSQL quotes the row that it refuses, Python the text that it cannot read.
    """
    told: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        lines = "".join(traceback.format_tb(error.__traceback__))
        told.insert(0, f"{lines}{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(told)


_tell_where = structlog.processors.ExceptionRenderer(where_it_broke)


foreign_chain: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def render(logger: Any, name: str, event: EventDict) -> str | bytes:
    """Render a log line as JSON; the last processor."""
    event.pop("_record", None)
    event.pop("_from_structlog", None)
    event = _tell_where(logger, name, event)
    return structlog.processors.JSONRenderer(ensure_ascii=False)(
        logger, name, keep_allowed(logger, name, event)
    )


structlog.configure(
    processors=[*foreign_chain, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
