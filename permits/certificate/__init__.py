"""The printed permit: a PDF that is identical byte for byte each time it is rendered."""

from .face import Bilingual, PermitFace
from .render import render

__all__ = ["Bilingual", "PermitFace", "render"]
