"""Installs what a new machine lacks: the Python environment, and a browser for the journeys."""
