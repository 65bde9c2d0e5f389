"""The permit as a person holds it: one PDF, the same bytes every time it is made."""

from .face import Bilingual, PermitFace
from .render import render

__all__ = ["Bilingual", "PermitFace", "render"]
