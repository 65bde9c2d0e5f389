"""Encrypted fields, blind indexes and signed permit codes."""
