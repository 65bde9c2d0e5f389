"""The public verification of a permit."""
