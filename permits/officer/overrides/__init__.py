"""Overrides of checks: requested and confirmed on the file, and all of them in one list."""
