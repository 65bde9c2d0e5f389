"""Dates of which a part may be unknown, and months by their names."""
