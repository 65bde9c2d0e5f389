"""Indicators about contact: whether the worker can be reached without a third party."""
