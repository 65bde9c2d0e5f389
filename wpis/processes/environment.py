"""Reads variables of the environment; what is wrong with one is said in words that name it and not its value."""

import json
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def flag(name: str) -> bool:
    """Whether the variable is 1. Nothing but 0 and 1 is guessed at: "true" would be taken for no."""
    value = os.environ.get(name) or "0"
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 1 or 0")
    return value == "1"


def words(name: str, default: str = "") -> list[str]:
    """What stands between the commas."""
    return _between_commas(os.environ.get(name, default))


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number within these bounds; the default where nothing is set."""
    text = os.environ.get(name) or str(default)
    try:
        value = int(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number") from None
    if value < least or (most is not None and value > most):
        bounds = f"from {least} to {most}" if most is not None else f"at least {least}"
        raise ImproperlyConfigured(f"{name} must be {bounds}")
    return value


def secret(name: str) -> str:
    """The variable, or else what the file named by `NAME_FILE` holds, as Docker and Kubernetes hand secrets over."""
    value, file = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if value and file:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both")
    if not file:
        return value
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ImproperlyConfigured(
            f"{name}_FILE names a file that cannot be read ({type(problem).__name__})"
        ) from None


def secret_words(name: str) -> list[str]:
    """What stands between the commas of a secret."""
    return _between_commas(secret(name))


def json_object(name: str) -> dict[str, object]:
    """A JSON object, possibly from a file; an empty one where nothing is set."""
    try:
        value = json.loads(secret(name) or "{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ImproperlyConfigured(f"{name} must be a JSON object")
    return value


def secret_names(name: str) -> dict[str, str]:
    """A JSON object of strings, as keys by name."""
    value = json_object(name)
    strings = {key: each for key, each in value.items() if isinstance(each, str)}
    if strings != value:
        raise ImproperlyConfigured(f'{name} must be a JSON object of strings, as {{"name": "value"}}')
    return strings


def _between_commas(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
