"""The public permit check."""
