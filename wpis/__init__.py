"""WPIS: work permits of Armenia. This package is the base layer; it imports none of the three apps."""

from wpis.celery import app as celery_app

__all__ = ["celery_app"]
