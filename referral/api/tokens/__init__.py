"""Tokens with which an agency's own case system signs in."""
