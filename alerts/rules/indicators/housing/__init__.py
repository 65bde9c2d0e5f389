"""Indicators about housing: where the worker sleeps, and with how many."""
