"""Indicators about the person: whether the worker may be a child."""
