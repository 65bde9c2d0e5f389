"""Checks uploaded files: whose turn it is, the look into a file, and what is written down of it."""
