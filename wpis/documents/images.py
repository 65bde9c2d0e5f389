"""Renders uploads as images; staff see only these, never the original file."""

from . import sandbox

MAX_WIDTH = 2000


def reencode(data: bytes) -> bytes:
    """A JPEG or PNG re-encoded, upright, without metadata or trailing data. Raises Unreadable."""
    return sandbox.run("reencode", data)[1]


def page_image(data: bytes, page: int = 1, width: int = 1200) -> bytes:
    """Page `page` (from 1) of a PDF, or the image itself, as PNG at most `width` pixels wide.

    Raises Unreadable.
    """
    return sandbox.run("draw", data, page, max(1, min(width, MAX_WIDTH)))[1]
