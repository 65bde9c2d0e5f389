"""Drafts that nobody works on: their owners are told, and later they are deleted (`wpis.retention`)."""
